import type { Metadata } from "next"
import { readText } from "#contracts/localized-text.ts"
import { caller, load } from "../../_lib/caller.ts"
import { fileTone, listingTone, registrationTone, studio } from "../../_lib/messages/studio.ts"
import { localeOf } from "../../_lib/page.ts"
import { paths } from "../../_lib/paths.ts"
import { Refused } from "../../_shell/refused.tsx"
import { ButtonLink } from "../../_ui/button.tsx"
import { StatusChip } from "../../_ui/chip.tsx"
import { Link, QuietLink } from "../../_ui/link.tsx"
import { Pager } from "../../_ui/navigation.tsx"
import { PageHead } from "../../_ui/panel.tsx"
import { EmptyState } from "../../_ui/states.tsx"
import { Table } from "../../_ui/table.tsx"
import { Text } from "../../_ui/values.tsx"
import { MoneyOwed } from "./_parts/money-owed.tsx"
import { Score } from "./_parts/score.tsx"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ after?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: studio[localeOf((await params).locale)].title }
}

/** The party's data products: where each stands, and the next missing thing as a link. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const { after } = await searchParams
  const api = await caller(locale)
  const found = await load(locale, async () => ({
    ...(await api.products.mine({ after: after ?? null })),
    ...(await api.payments.releases()),
    ...(await api.payments.debts()),
  }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const t = studio[locale]
  const to = paths(locale)
  const { products, next } = found.ok
  const add = (
    <ButtonLink variant="primary" icon="upload" href={to.newProduct()}>
      {t.add}
    </ButtonLink>
  )
  return (
    <>
      <PageHead title={t.title} lead={t.lead} actions={products.length > 0 ? add : null} />
      <MoneyOwed locale={locale} releases={found.ok.releases} debts={found.ok.debts} />
      <Table
        caption={t.title}
        rows={products}
        rowKey={(row) => row.id}
        empty={
          <EmptyState icon="upload" title={t.none} actions={add}>
            {t.noneLead}
          </EmptyState>
        }
        columns={[
          {
            key: "title",
            label: t.columns.title,
            heading: true,
            wrap: true,
            cell: (row) => (
              <span className="grid min-w-28 py-0.5 sm:min-w-40">
                <QuietLink href={to.product(row.id)} className="font-medium">
                  {row.title ? <Text text={row.title} locale={locale} /> : t.untitled}
                </QuietLink>
                {row.fileName ? (
                  <span className="text-micro font-normal text-ink-faint">{row.fileName}</span>
                ) : null}
              </span>
            ),
          },
          {
            key: "complete",
            label: t.columns.complete,
            wrap: true,
            cell: (row) => {
              const [first] = row.completeness.missing
              return (
                <span className="grid min-w-24 gap-0.5 py-0.5 sm:min-w-44">
                  <Score {...row.completeness} locale={locale} />
                  {first ? (
                    <Link className="text-small text-accent underline" href={to.product(row.id, first.step)}>
                      {first.words[locale]}
                    </Link>
                  ) : null}
                </span>
              )
            },
          },
          {
            key: "file",
            wide: true,
            label: t.columns.file,
            cell: (row) => <StatusChip tone={fileTone[row.file]}>{t.files[row.file]}</StatusChip>,
          },
          {
            key: "registration",
            wide: true,
            label: t.columns.registration,
            cell: (row) => {
              const state = row.registration?.state ?? "none"
              return <StatusChip tone={registrationTone[state]}>{t.registrations[state]}</StatusChip>
            },
          },
          {
            key: "listing",
            label: t.columns.listing,
            cell: (row) => {
              const state = row.listing?.state ?? "none"
              if (row.listing?.frozenBy) return <StatusChip tone="warn">{t.frozen}</StatusChip>
              const chip = <StatusChip tone={listingTone[state]}>{t.listings[state]}</StatusChip>
              return row.listing ? (
                <Link href={to.listing(row.listing.id)}>
                  {chip}
                  <span className="sr-only">
                    {t.toPublic} {row.title ? readText(row.title, locale).text : ""}
                  </span>
                </Link>
              ) : (
                chip
              )
            },
          },
        ]}
      />
      <Pager
        locale={locale}
        previous={after ? to.studio() : null}
        next={next ? to.studio({ after: next }) : null}
      />
    </>
  )
}
