import type { ReactNode } from "react"
import { domainWords } from "#contracts/listing.ts"
import { type Locale, readText } from "#contracts/localized-text.ts"
import { session } from "../../../_lib/caller.ts"
import { formatCount } from "../../../_lib/format.ts"
import { formatDate } from "../../../_lib/format-time.ts"
import { catalogue, formatNames } from "../../../_lib/messages/catalogue.ts"
import { listing as words } from "../../../_lib/messages/listing.ts"
import { type ListingTab, listingTabs, paths } from "../../../_lib/paths.ts"
import { Badge, StatusChip } from "../../../_ui/chip.tsx"
import { QuietLink } from "../../../_ui/link.tsx"
import { Breadcrumbs, Tabs } from "../../../_ui/navigation.tsx"
import { Columns, PageHead } from "../../../_ui/panel.tsx"
import { Callout } from "../../../_ui/states.tsx"
import { Text } from "../../../_ui/values.tsx"
import type { ListingPage } from "./load-listing.ts"
import { PriceBox } from "./price-box.tsx"

type FrameProps = { page: ListingPage; tab: ListingTab; locale: Locale; children: ReactNode }

const tones = { forSale: "good", withdrawn: "neutral", frozen: "warn" } as const

/** What all tabs of a listing share: its name, where it stands, the tabs, and the box to buy. */
export async function ListingFrame({ page, tab, locale, children }: FrameProps) {
  const t = words[locale]
  const to = paths(locale)
  const { listing, state } = page
  const reader = (await session())?.acting ?? null
  const counts: Partial<Record<ListingTab, number>> = {
    quality: page.profile.columns.length,
    ledger: page.history.length,
  }
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: catalogue[locale].title, href: to.search() },
          { label: domainWords[listing.domain][locale], href: to.search({ domain: listing.domain }) },
          { label: readText(listing.title, locale).text },
        ]}
      />
      <Head page={page} locale={locale} />
      {state === "forSale" ? null : (
        <div className="mb-6">
          <Callout
            tone="warn"
            title={page.erasedAt ? t.erasedTitle : state === "frozen" ? t.frozenTitle : t.withdrawnTitle}
          >
            {page.erasedAt
              ? t.erasedLead(formatDate(page.erasedAt, locale))
              : state === "frozen"
                ? t.frozenLead
                : t.withdrawnLead(formatDate(listing.withdrawnAt ?? listing.updatedAt, locale))}
          </Callout>
        </div>
      )}
      <Tabs
        label={t.tabsLabel}
        current={tab}
        tabs={listingTabs.map((key) => ({
          key,
          label: t.tabs[key],
          href: to.listing(listing.id, key),
          ...(counts[key] === undefined ? {} : { count: formatCount(counts[key], locale) }),
        }))}
      />
      <Columns sideFirst={tab === "overview"} side={<PriceBox page={page} reader={reader} locale={locale} />}>
        {children}
      </Columns>
    </>
  )
}

function Head({ page, locale }: { page: ListingPage; locale: Locale }) {
  const t = words[locale]
  const { listing, state, seller, registration } = page
  return (
    <PageHead
      title={<Text text={listing.title} locale={locale} />}
      chips={
        <>
          <StatusChip tone={tones[state]}>{t.states[state]}</StatusChip>
          <Badge>{formatNames[listing.format]}</Badge>
          {registration.number ? (
            <Badge>
              {t.registered} {registration.number}
            </Badge>
          ) : null}
        </>
      }
      lead={
        <span className="flex flex-wrap items-center gap-x-2 text-base">
          <QuietLink href={paths(locale).party(seller.id)} className="font-medium">
            <Text text={seller.name} locale={locale} />
          </QuietLink>
          {seller.verified ? (
            <StatusChip tone="good" icon="seal">
              {catalogue[locale].verified}
            </StatusChip>
          ) : null}
        </span>
      }
    />
  )
}
