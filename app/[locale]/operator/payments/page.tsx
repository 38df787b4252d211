import type { Metadata } from "next"
import type { Locale } from "#contracts/localized-text.ts"
import type { Money as Amount } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import { toMs } from "#contracts/time.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { formatCount } from "../../../_lib/format.ts"
import { formatDuration } from "../../../_lib/format-time.ts"
import { operator as words } from "../../../_lib/messages/operator.ts"
import { paymentWords } from "../../../_lib/messages/payment-words.ts"
import { tradeWords } from "../../../_lib/messages/trade-words.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { ButtonLink } from "../../../_ui/button.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Pager } from "../../../_ui/navigation.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Money, Text } from "../../../_ui/values.tsx"
import { type BalanceKind, BalanceLinks, BalancePanel, balanceKind } from "../_parts/balance-queue.tsx"
import { ClaimLinks, ClaimPanel } from "../_parts/claim-queue.tsx"
import { DeskTabs } from "../_parts/desk.tsx"
import { MoneyLinks } from "../_parts/money-links.tsx"
import type { WithdrawalList } from "../_parts/withdrawal-queue.tsx"

type Props = {
  params: Promise<{ locale: string }>
  searchParams: Promise<{ queue?: string; after?: string } & Partial<Record<WithdrawalList, string>>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].queues.payments }
}

const queues = ["receipts", "payouts", "stuck", "late"] as const

/** Payments that the operator looks after, in four kinds. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const query = await searchParams
  if (query.queue === "refunds" || query.queue === "debts")
    return <Claims locale={locale} kind={query.queue} />
  const ofBalances = balanceKind(query.queue)
  if (ofBalances) return <Balances locale={locale} kind={ofBalances} query={query} />
  const kind = queues.find((one) => one === query.queue) ?? "receipts"
  const after = query.after ?? null
  const api = await caller(locale)
  const found = await load(locale, async () => ({
    overview: await api.operations.overview(),
    page: await api.payments.queue({ queue: kind, after }),
  }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { overview, page } = found.ok
  const t = words[locale]
  const y = paymentWords[locale]
  const to = paths(locale)
  const address = (from: string | null = null) =>
    to.operatorQueue("payments", { queue: kind === "receipts" ? null : kind, after: from })
  return (
    <>
      <QueueHead locale={locale} overview={overview} current={kind} />
      <p className="mb-4 max-w-3xl text-ink-soft">{y.paymentLeads[kind]}</p>
      <Table
        caption={y.paymentQueues[kind]}
        rows={page.payments}
        rowKey={({ payment }) => payment.id}
        empty={<EmptyState title={y.noPayments}>{t.nothingWaitsLead}</EmptyState>}
        columns={[
          {
            key: "reference",
            label: t.reference,
            heading: true,
            cell: ({ payment }) => (
              <Link href={to.operatorItem("payments", payment.id)}>
                <code className="font-mono text-small">{payment.reference}</code>
              </Link>
            ),
          },
          {
            key: "amount",
            label: t.amount,
            align: "right",
            cell: (row) =>
              kind === "payouts" ? (
                <Payable {...row} locale={locale} />
              ) : (
                <Money amount={row.payment.amount} locale={locale} />
              ),
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
            key: "title",
            label: t.product,
            wide: true,
            cell: ({ title }) => <Text text={title} locale={locale} />,
          },
          {
            key: "state",
            label: y.tradeState,
            wide: true,
            cell: ({ tradeState }) => tradeWords[locale].states[tradeState],
          },
          {
            key: "waits",
            label: t.waitsSince,
            align: "right",
            cell: ({ payment }) => formatDuration(toMs(page.now) - toMs(payment.updatedAt), locale),
          },
        ]}
      />
      <Pager
        locale={locale}
        previous={after ? address() : null}
        next={page.next ? address(page.next) : null}
      />
    </>
  )
}

/** Top-ups to confirm, or withdrawals to check and to pay. */
async function Balances(props: { locale: Locale; kind: BalanceKind; query: Awaited<Props["searchParams"]> }) {
  const { locale, kind, query } = props
  const { after = null, approvals = null, payments = null, paid = null } = query
  const api = await caller(locale)
  const found = await load(locale, async () => ({
    overview: await api.operations.overview(),
    page: await api.balances.queues({ after, approvals, payments, paid }),
  }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { overview, page } = found.ok
  const address = (places: Record<string, string | null>) =>
    paths(locale).operatorQueue("payments", { queue: kind, ...places })
  // Each list of withdrawals turns its own pages, and leaves the others where they are.
  const places = { approvals, payments, paid }
  const turn = (list: WithdrawalList) => ({
    previous: places[list] ? address({ ...places, [list]: null }) : null,
    next: page.next[list] ? address({ ...places, [list]: page.next[list] }) : null,
  })
  return (
    <>
      <QueueHead locale={locale} overview={overview} current={kind} />
      <BalancePanel
        kind={kind}
        page={page}
        pages={{ approvals: turn("approvals"), payments: turn("payments"), paid: turn("paid") }}
        locale={locale}
      />
      {kind === "topUps" ? (
        <Pager
          locale={locale}
          previous={after ? address({}) : null}
          next={page.next.topUps ? address({ after: page.next.topUps }) : null}
        />
      ) : null}
    </>
  )
}

/** Refunds that wait for a person, or what sellers owe. */
async function Claims({ locale, kind }: { locale: Locale; kind: "refunds" | "debts" }) {
  const api = await caller(locale)
  const found = await load(locale, async () => ({
    overview: await api.operations.overview(),
    page: await api.payments.claims(),
  }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { overview, page } = found.ok
  return (
    <>
      <QueueHead locale={locale} overview={overview} current={kind} />
      <ClaimPanel kind={kind} page={page} locale={locale} />
    </>
  )
}

type Row = { payment: Payment; due: Record<"release" | "refund", Amount | null> }

/** What is still to be paid out of it, to each side. */
function Payable({ payment, due, locale }: Row & { locale: Locale }) {
  const legs = (["release", "refund"] as const).filter((leg) => payment[leg]?.state === "pending")
  return legs.map((leg) => (
    <div key={leg}>
      <span className="block text-small text-ink-faint sm:inline">{paymentWords[locale].legs[leg]}</span>{" "}
      <Money amount={due[leg] ?? payment.amount} locale={locale} />
    </div>
  ))
}

type Overview = Parameters<typeof DeskTabs>[0]["overview"] & {
  payments: Record<(typeof queues)[number], { count: number }>
}

type Current = (typeof queues)[number] | "refunds" | "debts" | BalanceKind

/** The head of all these queues, with how much waits in each. */
function QueueHead(props: { locale: Locale; overview: Overview; current: Current }) {
  const { locale, overview, current } = props
  const t = words[locale]
  const y = paymentWords[locale]
  const to = paths(locale)
  return (
    <>
      <PageHead
        title={t.queues.payments}
        lead={t.queueLeads.payments}
        actions={<MoneyLinks locale={locale} bankLines={overview.bankLines.count} />}
      />
      <DeskTabs locale={locale} overview={overview} current="payments" />
      <nav aria-label={t.queues.payments} className="mb-2 flex flex-wrap gap-2">
        {queues.map((one) => (
          <ButtonLink
            key={one}
            size="small"
            variant={one === current ? "secondary" : "quiet"}
            aria-current={one === current ? "page" : undefined}
            href={to.operatorQueue("payments", { queue: one === "receipts" ? null : one })}
          >
            {y.paymentQueues[one]}
            <span className="font-normal text-ink-faint">
              {formatCount(overview.payments[one].count, locale)}
            </span>
          </ButtonLink>
        ))}
        <ClaimLinks
          locale={locale}
          current={current === "refunds" || current === "debts" ? current : null}
          waiting={overview.claims}
        />
        <BalanceLinks
          locale={locale}
          current={current === "topUps" || current === "withdrawals" ? current : null}
          waiting={overview.balances}
        />
      </nav>
    </>
  )
}
