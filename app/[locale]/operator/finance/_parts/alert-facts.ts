import type { Locale } from "#contracts/localized-text.ts"
import { isCurrency, isMoney } from "#contracts/money.ts"
import { isTime } from "#contracts/time.ts"
import type { Alert } from "#server/alerts/store.ts"
import { formatMoney } from "../../../../_lib/format.ts"
import { formatTime } from "../../../../_lib/format-time.ts"
import { alertFacts } from "../../../../_lib/messages/alert-facts.ts"
import { paymentWords } from "../../../../_lib/messages/payment-words.ts"

type Value = Alert["detail"][string]

/** What an alert tells beside its sentence, for a reader: each thing's name, and amounts and times as they are said. */
export function readFacts(
  { kind, subject, detail }: Pick<Alert, "kind" | "subject" | "detail">,
  locale: Locale,
): { name: string; value: string }[] {
  const names: Record<string, string> = alertFacts[locale].names
  // Where the two books' balances differ it is about a currency, and all that it tells are sums of it.
  const ofBalance = kind === "balance"
  const named = ofBalance ? subject : detail.currency
  const currency = typeof named === "string" && isCurrency(named) ? named : null
  const said = (name: string, value: Value): string => {
    if (typeof value === "string") {
      if (isTime(value)) return formatTime(value, locale)
      if (currency && (ofBalance || inMinorUnits.has(name)) && /^-?\d+$/.test(value))
        return sayMoney(value, currency, locale)
      if (name === "what") return (paymentWords[locale].callKinds as Record<string, string>)[value] ?? value
      return value
    }
    if (isMoneyValue(value)) return sayMoney(value.minor, value.currency, locale)
    return typeof value === "object" ? JSON.stringify(value) : String(value)
  }
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => ({ name: names[name] ?? name, value: said(name, value) }))
}

/** Sums of the book, in the smallest unit of the currency that is named beside them. */
const inMinorUnits: ReadonlySet<string> = new Set([
  "amount",
  "available",
  "awaited",
  "booked",
  "captured",
  "clawed",
  "held",
  "lost",
  "net",
  "payable",
  "refunded",
  "released",
  "reserved",
  "sum",
])

type Amount = { minor: string; currency: string }

const isMoneyValue = (value: Value): value is Amount & { [member: string]: Value } =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  typeof value.minor === "string" &&
  typeof value.currency === "string"

function sayMoney(minor: string, currency: string, locale: Locale): string {
  const [sign, digits] = minor.startsWith("-") ? ["−", minor.slice(1)] : ["", minor]
  const amount = { minor: digits, currency }
  return isMoney(amount) ? `${sign}${formatMoney(amount, locale)}` : `${minor} ${currency}`
}
