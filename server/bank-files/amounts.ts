import { type Currency, currencies } from "#contracts/money.ts"
import { stop } from "./parsed.ts"

/** How a file writes numbers: `1,234.56` or `1.234,56`. */
export type NumberStyle = "point" | "comma"

const forms: Record<NumberStyle, RegExp> = {
  point: /^([+-])?(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,8}))?$/,
  comma: /^([+-])?(\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,(\d{1,8}))?$/,
}

/** Without the sign of a currency and spaces; brackets or a minus behind as banks also write what is below zero. */
function bare(text: string): string {
  const plain = text
    .normalize("NFKC")
    .replace(/\s/g, "")
    .replace(/^([+-]?)[¥$€]/, "$1")
    .replace(/−/g, "-")
  const negative = /^\((.+)\)$/.exec(plain) ?? /^([^-+].*)-$/.exec(plain)
  return negative ? `-${negative[1]}` : plain
}

/** The style that all cells have; `point` where both would do. Null where no one style does. */
export function styleOf(cells: readonly string[]): NumberStyle | null {
  const plain = cells.map(bare).filter((cell) => cell !== "")
  for (const style of ["point", "comma"] as const)
    if (plain.every((cell) => forms[style].test(cell))) return style
  return null
}

/** An amount in minor units with its sign; null of an empty cell. */
export function readMinor(text: string, currency: Currency, style: NumberStyle, row: number): bigint | null {
  const plain = bare(text)
  if (plain === "") return null
  const found = forms[style].exec(plain)
  if (!found) return stop("bank_row_amount", row)
  const [, sign, whole = "", part = ""] = found
  const { decimals } = currencies[currency]
  const cents = part.replace(/0+$/, "")
  if (cents.length > decimals) return stop("bank_row_amount", row)
  const digits = whole.replace(/[.,]/g, "") + cents.padEnd(decimals, "0")
  const minor = BigInt(digits)
  if (minor.toString().length > 15) return stop("bank_row_amount", row)
  return sign === "-" ? -minor : minor
}
