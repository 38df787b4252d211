import type { MatchKind } from "#contracts/bank-file.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { decimal } from "#contracts/money.ts"
import type { LineWithMatch } from "#server/bank-files/queries.ts"
import { formatMoney } from "../../../../_lib/format.ts"
import { lineTone, bankFiles as words } from "../../../../_lib/messages/bank-files.ts"
import { paths } from "../../../../_lib/paths.ts"
import { StatusChip } from "../../../../_ui/chip.tsx"
import { Link } from "../../../../_ui/link.tsx"

/** What came in plain, what went out with a minus. */
export function SignedAmount({ line, locale }: { line: LineWithMatch; locale: Locale }) {
  const { amount, direction } = line
  const out = direction === "out"
  return (
    <data value={`${out ? "-" : ""}${decimal(amount)} ${amount.currency}`} className="whitespace-nowrap">
      {out ? "−" : ""}
      {formatMoney(amount, locale)}
    </data>
  )
}

/** What became of a line, or what it is. */
export function LineChip({ line, locale }: { line: LineWithMatch; locale: Locale }) {
  const t = words[locale]
  if (line.state === "matched") return <StatusChip tone={lineTone.matched}>{t.confirmed}</StatusChip>
  if (line.state === "aside") return <StatusChip tone={lineTone.aside}>{t.aside}</StatusChip>
  return line.found?.kind === "exact" ? (
    <StatusChip tone={lineTone.exact}>{t.exact}</StatusChip>
  ) : (
    <StatusChip tone={lineTone.doubt}>{t.toDecide}</StatusChip>
  )
}

/** What comes next, in a sentence. */
export function lineNext({ state, found, match, aside }: LineWithMatch, locale: Locale): string {
  const t = words[locale]
  if (state === "matched") return match?.byHand ? t.confirmedTyped : ""
  if (state === "aside") return aside ? `${t.reasons[aside.reason]} · ${aside.note}` : ""
  if (found?.kind === "exact") return t.exactLead
  return found ? t.doubts[found.doubt] : ""
}

const ofPayment: readonly MatchKind[] = ["receipt", "release", "refundLeg", "releaseBack", "refundLegBack"]

/** The thing that a line is, or was: its kind, and the way to its page where it has one. */
export function MatchedThing({ line, locale }: { line: LineWithMatch; locale: Locale }) {
  const t = words[locale]
  const to = paths(locale)
  const item = line.found?.item
  const kind = line.match?.kind ?? item?.kind
  if (!kind) return null
  const payment = line.match
    ? ofPayment.includes(line.match.kind)
      ? line.match.thing
      : null
    : (item?.payment ?? null)
  return payment ? (
    <Link href={to.operatorItem("payments", payment)}>{t.kinds[kind]}</Link>
  ) : (
    <span>{t.kinds[kind]}</span>
  )
}

/** "2026-11-25" in Chinese, "25 Nov 2026" in English: a day of the bank's, in no zone of ours. */
export function formatDay(day: string, locale: Locale): string {
  if (locale === "zh") return day
  const [year, month, date] = day.split("-").map(Number)
  const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  return `${date} ${names[(month ?? 1) - 1]} ${year}`
}

export const formatPeriod = ({ from, to }: { from: string; to: string }, locale: Locale): string =>
  from === to ? formatDay(from, locale) : `${formatDay(from, locale)} – ${formatDay(to, locale)}`
