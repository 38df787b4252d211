import type { Metadata } from "next"
import { type Locale, readText } from "#contracts/localized-text.ts"
import { sentence } from "#contracts/refusal.ts"
import type { Delivery } from "#server/delivery/queries.ts"
import type { ShownCheck } from "#server/trades/queries.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { delivery as words } from "../../../../_lib/messages/delivery.ts"
import { trade as tradeText } from "../../../../_lib/messages/trade.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { ButtonLink } from "../../../../_ui/button.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel } from "../../../../_ui/panel.tsx"
import { Callout, EmptyState } from "../../../../_ui/states.tsx"
import { Text } from "../../../../_ui/values.tsx"
import { CheckPanel } from "../../_parts/delivery-check.tsx"
import { FilePanel, GrantPanel } from "../../_parts/delivery-panels.tsx"
import { Watch } from "../../_parts/watch.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].title }
}

/** How the buyer gets the data: the check of delivered against listed, the files with their lines, the grant. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.trades.page({ trade: id as never })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const got = orNotFound(await load(locale, () => api.delivery.ofTrade({ trade: id as never })))
  if (!got.ok && got.refused) return <Refused failure={got.refused} locale={locale} />
  const page = found.ok
  const delivered = (got.ok ?? null) as Delivery | null
  const t = words[locale]
  const to = paths(locale)
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: tradeText[locale].all, href: to.trades() },
          { label: readText(page.title, locale).text, href: to.trade(page.trade.id) },
          { label: t.title },
        ]}
      />
      <PageHead title={t.title} lead={<Text text={page.title} locale={locale} />} />
      {delivered ? (
        <Delivered delivered={delivered} page={page} locale={locale} />
      ) : (
        <EmptyState
          icon="clock"
          title={t.notYet}
          actions={<ButtonLink href={to.trade(page.trade.id)}>{t.toTrade}</ButtonLink>}
        >
          {t.notYetLead}
          <Watch />
        </EmptyState>
      )}
    </>
  )
}

type Shown = {
  delivered: Delivery
  page: {
    trade: { id: string; state: string }
    side: "buyer" | "seller" | null
    check: ShownCheck | null
  }
  locale: Locale
}

function Delivered({ delivered, page, locale }: Shown) {
  const t = words[locale]
  const { grant, files, refusal } = delivered
  const waits = page.trade.state === "delivered" && page.side === "buyer"
  return (
    <Columns
      side={
        <>
          {waits ? (
            <Panel title={t.acceptTitle}>
              <p className="mb-3 text-ink-soft">{t.acceptLead}</p>
              <ButtonLink variant="primary" href={paths(locale).trade(page.trade.id)}>
                {t.toAccept}
              </ButtonLink>
            </Panel>
          ) : null}
          <GrantPanel grant={grant} fetchesLeft={delivered.fetchesLeft} locale={locale} />
        </>
      }
    >
      {refusal ? (
        <Callout tone="warn" title={t.cannot}>
          {sentence(refusal, locale)}
        </Callout>
      ) : null}
      {page.side === "seller" ? <Callout>{t.sellerOnly}</Callout> : null}
      <CheckPanel check={page.check} locale={locale} />
      {files.map((file) => (
        <FilePanel key={file.name} file={file} refused={refusal !== null} locale={locale} />
      ))}
    </Columns>
  )
}
