import type { Metadata } from "next"
import type { Chargeback } from "#contracts/chargeback.ts"
import { word } from "#contracts/ledger/sentences/words.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { formatDeadline } from "../../../_lib/format-time.ts"
import { chargebackTone, chargeback as words } from "../../../_lib/messages/chargeback.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Link } from "../../../_ui/link.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Money, Text } from "../../../_ui/values.tsx"
import { DeskTabs } from "../_parts/desk.tsx"

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].title }
}

/** Chargebacks, those to be answered first. */
export default async function Page({ params }: Props) {
  const locale = localeOf((await params).locale)
  const api = await caller(locale)
  const found = await load(locale, async () => ({
    overview: await api.operations.overview(),
    queue: await api.chargebacks.queue(),
  }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { overview, queue } = found.ok
  const t = words[locale]
  const to = paths(locale)
  const due = ({ state, dueBy }: Pick<Chargeback, "state" | "dueBy">): string | null =>
    state === "opened" && dueBy ? formatDeadline(dueBy, queue.now, locale) : null
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <DeskTabs locale={locale} overview={overview} current="chargebacks" />
      <Table
        caption={t.title}
        rows={queue.chargebacks}
        rowKey={({ chargeback }) => chargeback.id}
        empty={<EmptyState title={t.none}>{t.noneLead}</EmptyState>}
        columns={[
          {
            key: "title",
            label: t.product,
            heading: true,
            wrap: true,
            cell: ({ chargeback, title }) => (
              <>
                <Link href={to.operatorItem("chargebacks", chargeback.id)}>
                  <Text text={title} locale={locale} />
                </Link>
                <span className="block font-normal sm:hidden">
                  <Money amount={chargeback.amount} locale={locale} />
                </span>
              </>
            ),
          },
          {
            key: "state",
            label: t.state,
            cell: ({ chargeback }) => (
              <>
                <StatusChip tone={chargebackTone[chargeback.state]}>{t.states[chargeback.state]}</StatusChip>
                <span className="block text-small sm:hidden">{due(chargeback)}</span>
              </>
            ),
          },
          {
            key: "reason",
            label: t.reason,
            wide: true,
            cell: ({ chargeback }) => word(chargeback.reason, locale),
          },
          {
            key: "amount",
            label: t.amount,
            wide: true,
            align: "right",
            cell: ({ chargeback }) => <Money amount={chargeback.amount} locale={locale} />,
          },
          {
            key: "buyer",
            label: t.buyer,
            wide: true,
            cell: ({ buyerName }) => <Text text={buyerName} locale={locale} />,
          },
          {
            key: "seller",
            label: t.seller,
            wide: true,
            cell: ({ sellerName }) => <Text text={sellerName} locale={locale} />,
          },
          {
            key: "due",
            label: t.dueBy,
            align: "right",
            wide: true,
            cell: ({ chargeback }) => due(chargeback) ?? "—",
          },
        ]}
      />
    </>
  )
}
