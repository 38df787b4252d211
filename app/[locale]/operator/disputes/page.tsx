import type { Metadata } from "next"
import { caller, load } from "../../../_lib/caller.ts"
import { formatDeadline } from "../../../_lib/format-time.ts"
import { disputeWords } from "../../../_lib/messages/dispute-words.ts"
import { operator as words } from "../../../_lib/messages/operator.ts"
import { type DisputeReason, tradeWords } from "../../../_lib/messages/trade-words.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Pager } from "../../../_ui/navigation.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Money, Text } from "../../../_ui/values.tsx"
import { DeskTabs } from "../_parts/desk.tsx"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ after?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].queues.disputes }
}

/** Open disputes, the nearest deadline first. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const { after = null } = await searchParams
  const api = await caller(locale)
  const found = await load(locale, async () => ({
    overview: await api.operations.overview(),
    queue: await api.trades.disputes({ after }),
  }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { overview, queue } = found.ok
  const t = words[locale]
  const d = disputeWords[locale]
  const w = tradeWords[locale]
  const to = paths(locale)
  return (
    <>
      <PageHead title={t.queues.disputes} lead={t.queueLeads.disputes} />
      <DeskTabs locale={locale} overview={overview} current="disputes" />
      <Table
        caption={t.queues.disputes}
        rows={queue.disputes}
        rowKey={({ trade }) => trade.id}
        empty={<EmptyState title={d.noneDisputed}>{t.nothingWaitsLead}</EmptyState>}
        columns={[
          {
            key: "title",
            label: t.product,
            heading: true,
            wrap: true,
            cell: ({ trade, title }) => (
              <>
                <Link href={to.operatorItem("disputes", trade.id)}>
                  <Text text={title} locale={locale} />
                </Link>
                <span className="block font-normal sm:hidden">
                  <Money amount={trade.price} locale={locale} />
                </span>
              </>
            ),
          },
          {
            key: "reason",
            label: d.disputed,
            wide: true,
            cell: ({ trade }) =>
              w.disputeReasons[trade.disputeReason as DisputeReason] ?? trade.disputeReason,
          },
          {
            key: "held",
            label: d.heldFunds,
            wide: true,
            align: "right",
            cell: ({ trade }) => <Money amount={trade.price} locale={locale} />,
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
            key: "deadline",
            label: t.deadline,
            align: "right",
            cell: ({ trade }) =>
              trade.deadline ? (
                formatDeadline(trade.deadline, queue.now, locale)
              ) : (
                <StatusChip tone="bad">{t.frozen}</StatusChip>
              ),
          },
        ]}
      />
      <Pager
        locale={locale}
        previous={after ? to.operatorQueue("disputes") : null}
        next={queue.next ? to.operatorQueue("disputes", { after: queue.next }) : null}
      />
    </>
  )
}
