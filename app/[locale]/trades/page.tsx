import type { Metadata } from "next"
import { caller, load } from "../../_lib/caller.ts"
import { trade as words } from "../../_lib/messages/trade.ts"
import { stateWord, tradeTone } from "../../_lib/messages/trade-words.ts"
import { localeOf } from "../../_lib/page.ts"
import { paths } from "../../_lib/paths.ts"
import { Refused } from "../../_shell/refused.tsx"
import { ButtonLink } from "../../_ui/button.tsx"
import { StatusChip } from "../../_ui/chip.tsx"
import { Link } from "../../_ui/link.tsx"
import { Pager, Tabs } from "../../_ui/navigation.tsx"
import { PageHead } from "../../_ui/panel.tsx"
import { EmptyState } from "../../_ui/states.tsx"
import { Table } from "../../_ui/table.tsx"
import { Money, Text, Time } from "../../_ui/values.tsx"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ side?: string; after?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].mine }
}

/** A party's trades, bought and sold, newest first. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const query = await searchParams
  const side = query.side === "buyer" || query.side === "seller" ? query.side : null
  const api = await caller(locale)
  const found = await load(locale, () => api.trades.mine({ side, after: query.after ?? null }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const t = words[locale]
  const to = paths(locale)
  const { trades, next } = found.ok
  return (
    <>
      <PageHead title={t.mine} lead={t.lead} />
      <Tabs
        label={t.mine}
        current={side ?? "all"}
        tabs={[
          { key: "all", label: t.either, href: to.trades() },
          { key: "buyer", label: t.asBuyer, href: to.trades({ side: "buyer" }) },
          { key: "seller", label: t.asSeller, href: to.trades({ side: "seller" }) },
        ]}
      />
      <div className="mt-4 grid gap-4">
        <Table
          caption={t.mine}
          rows={trades}
          rowKey={(row) => row.trade.id}
          empty={
            <EmptyState title={t.none} actions={<ButtonLink href={to.search()}>{t.find}</ButtonLink>}>
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
                <>
                  <Link href={to.trade(row.trade.id)}>
                    <Text text={row.title} locale={locale} />
                  </Link>
                  <span className="block font-normal sm:hidden">
                    <Money amount={row.trade.price} locale={locale} />
                  </span>
                </>
              ),
            },
            { key: "side", wide: true, label: t.columns.side, cell: (row) => t.side[row.side ?? "operator"] },
            {
              key: "with",
              wide: true,
              label: t.columns.counterparty,
              cell: (row) => (
                <Text text={row.side === "buyer" ? row.sellerName : row.buyerName} locale={locale} />
              ),
            },
            {
              key: "price",
              wide: true,
              label: t.columns.price,
              align: "right",
              cell: (row) => <Money amount={row.trade.price} locale={locale} />,
            },
            {
              key: "state",
              label: t.columns.state,
              cell: (row) => (
                <StatusChip tone={tradeTone[row.trade.state]}>{stateWord(row.trade, locale)}</StatusChip>
              ),
            },
            {
              key: "next",
              wide: true,
              label: t.columns.next,
              cell: (row) => (row.trade.deadline ? <Time time={row.trade.deadline} locale={locale} /> : "—"),
            },
          ]}
        />
        <Pager
          locale={locale}
          previous={query.after ? to.trades({ side }) : null}
          next={next ? to.trades({ side, after: next }) : null}
        />
      </div>
    </>
  )
}
