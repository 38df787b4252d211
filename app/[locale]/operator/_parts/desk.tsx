import type { Locale } from "#contracts/localized-text.ts"
import { formatCount } from "../../../_lib/format.ts"
import { operator as words } from "../../../_lib/messages/operator.ts"
import { type OperatorQueue, operatorQueues, paths } from "../../../_lib/paths.ts"
import { Tabs } from "../../../_ui/navigation.tsx"

type Waiting = { count: number; oldest: string | null }
export type Overview = {
  registrations: Waiting
  parties: Waiting
  payments: Record<"receipts" | "payouts" | "stuck" | "late", Waiting>
  claims: Record<"refunds" | "debts", Waiting>
  bankLines: Waiting
  balances: Record<"topUps" | "withdrawals", Waiting>
  disputes: Waiting
  chargebacks: Waiting
  erasures: Waiting
}

/** What waits for the operator in each queue. Money of trades that ended may never come, so it is not counted as waiting. */
export function waitingIn(overview: Overview, queue: OperatorQueue): Waiting {
  if (queue !== "payments") return overview[queue]
  const parts = [
    overview.payments.receipts,
    overview.payments.payouts,
    overview.payments.stuck,
    ...Object.values(overview.claims),
    overview.bankLines,
    ...Object.values(overview.balances),
  ]
  const times = parts.flatMap(({ oldest }) => (oldest === null ? [] : [oldest])).sort()
  return { count: parts.reduce((sum, { count }) => sum + count, 0), oldest: times[0] ?? null }
}

/** The desk's queues as tabs, each with how many wait. */
export function DeskTabs({
  locale,
  overview,
  current,
}: {
  locale: Locale
  overview: Overview
  current: OperatorQueue
}) {
  const t = words[locale]
  const to = paths(locale)
  return (
    <Tabs
      label={t.title}
      current={current}
      tabs={operatorQueues.map((queue) => ({
        key: queue,
        label: t.queues[queue],
        href: to.operatorQueue(queue),
        count: formatCount(waitingIn(overview, queue).count, locale),
      }))}
    />
  )
}
