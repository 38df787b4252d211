import type { Locale } from "#contracts/localized-text.ts"
import { decimal, type Money } from "#contracts/money.ts"
import { languageTag } from "./locale.ts"

/** "¥1,299.00", "CN¥1,299.00", "JP¥500": from the decimal digits, never through a float. */
export function formatMoney(amount: Money, locale: Locale): string {
  const digits = decimal(amount) as `${number}`
  const fraction = digits.split(".")[1]?.length ?? 0
  return new Intl.NumberFormat(languageTag[locale], {
    style: "currency",
    currency: amount.currency,
    minimumFractionDigits: fraction,
    maximumFractionDigits: fraction,
  }).format(digits)
}

/** "12,345"; counts above 2^53 come as decimal strings and stay exact. */
export function formatCount(count: number | bigint | string, locale: Locale): string {
  const value = typeof count === "string" ? BigInt(count) : count
  return new Intl.NumberFormat(languageTag[locale], { maximumFractionDigits: 0 }).format(value)
}

/** A share of 0 to 1 as "0%", "<0.1%", "12.5%"; a share that is not whole never rounds to 0% or 100%. */
export function formatShare(share: number, locale: Locale): string {
  if (share > 0 && share < 0.001) return "<0.1%"
  if (share < 1 && share > 0.999) return ">99.9%"
  return new Intl.NumberFormat(languageTag[locale], { style: "percent", maximumFractionDigits: 1 }).format(
    share,
  )
}

const units = ["B", "KiB", "MiB", "GiB", "TiB"] as const

/** "812 B", "1.4 MiB": binary units, one decimal below ten. */
export function formatBytes(bytes: number, locale: Locale): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  const digits = unit > 0 && value < 10 ? 1 : 0
  const text = new Intl.NumberFormat(languageTag[locale], { maximumFractionDigits: digits }).format(value)
  return `${text} ${units[unit]}`
}

/** First and last characters of a hash or an id, for eyes only; the whole always stays in the page. */
export function shorten(text: string, head = 10, tail = 6): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`
}
