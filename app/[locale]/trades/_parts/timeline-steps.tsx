import { recordSentence } from "#contracts/ledger/sentences.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { isProcessing, isWaiting, type Trade, type TradeState, tradeTransitions } from "#contracts/trade.ts"
import { isFinal } from "#contracts/transition.ts"
import { trade as words } from "../../../_lib/messages/trade.ts"
import { tradeWords } from "../../../_lib/messages/trade-words.ts"
import { paths } from "../../../_lib/paths.ts"
import { Link } from "../../../_ui/link.tsx"
import type { TimelineStep } from "../../../_ui/timeline.tsx"
import { CertificateFiles } from "../../certificates/_parts/certificate-files.tsx"

export type ShownRecord = {
  subject: string
  version: number
  index: number | null
  type: string
  at: string
  body: unknown
}
type Shown = Pick<Trade, "payment" | "processing"> & {
  state: TradeState
  deadline: string | null
  price: { minor: string }
}

const stoppedBy = new Set([
  "trade.disputed",
  "trade.frozen",
  "trade.cancelled",
  "trade.expired",
  "payment.failed",
  "payment.releaseReturned",
  "payment.refundReturned",
  "chargeback.opened",
  "chargeback.lost",
  "trade.chargedBack",
])

/** What has happened (one step a record), what is waited for, and what comes on the straight way. */
export function timelineSteps(
  trade: Shown,
  records: readonly ShownRecord[],
  now: string,
  locale: Locale,
  /** Whether the reader is a side of the trade, so that its certificates hold what it may read. */
  own: boolean,
): TimelineStep[] {
  const past = records.map((record) => pastStep(record, locale, own))
  if (isFinal(tradeTransitions, trade.state)) return past
  return [...past, currentStep(trade, now, locale), ...upcomingSteps(trade, locale)]
}

function pastStep(record: ShownRecord, locale: Locale, own: boolean): TimelineStep {
  const t = words[locale]
  const to = paths(locale)
  const name = record.type.split("@")[0] ?? record.type
  return {
    key: `${record.subject}@${record.version}`,
    state: stoppedBy.has(name) ? "stopped" : "done",
    title: tradeWords[locale].facts[name] ?? name,
    sentence: recordSentence(record, {}, locale),
    at: record.at,
    record:
      record.index === null ? (
        t.waitingSeal
      ) : (
        <Link href={to.record(record.index)}>{t.record(record.index)}</Link>
      ),
    verify: record.index === null ? null : <Link href={to.verify({ record: record.index })}>{t.verify}</Link>,
    files: record.index === null ? null : <CertificateFiles index={record.index} own={own} locale={locale} />,
  }
}

function currentStep(trade: Shown, now: string, locale: Locale): TimelineStep {
  const w = tradeWords[locale]
  const { state, deadline } = trade
  const processing = isProcessing(trade)
  return {
    key: "now",
    state: "current",
    title: processing ? w.processing.state : w.states[state],
    sentence: processing ? w.processing.wait : w.waits[state],
    deadline: deadline && isWaiting(state) ? { at: deadline, now, outcome: w.defaults[state] } : null,
  }
}

const straight = ["agreed", "funded", "delivered", "accepted", "settled"] as const

function upcomingSteps(trade: Shown, locale: Locale): TimelineStep[] {
  const at: Partial<Record<TradeState, number>> = {
    proposed: 0,
    agreed: 1,
    funding: 1,
    funded: 2,
    delivered: 3,
    accepted: 4,
    disputed: 4,
    resolved: 4,
  }
  const free = trade.price.minor === "0"
  return straight
    .slice(at[trade.state] ?? straight.length)
    .filter((step) => !(free && step === "funded"))
    .map((step) => ({ key: step, state: "upcoming" as const, title: words[locale].upcoming[step] }))
}
