import { hash } from "node:crypto"
import type { FileLine } from "./parsed.ts"

export type KeyedLine = FileLine & { key: string; number: string }

/** The bank's number as commands take it; null where it has another form. */
function plainNumber(reference: string | null): string | null {
  const plain =
    reference
      ?.normalize("NFKC")
      .trim()
      .toUpperCase()
      .replace(/[^\w./-]+/g, "-") ?? ""
  return /^[\w./-]{4,64}$/.test(plain) ? plain : null
}

/** Several transfers of one number, as of a batch: those after the first have their place behind it, so that each confirms. */
const placed = (reference: string, n: number): string =>
  n === 1 ? reference : `${reference.slice(0, 58)}/${n}`

/**
 * What makes a line the same line in another file: the bank's own number with day, direction and amount (a transfer and
 * its fee may share a number), and without one all that the line says. Lines that are alike in this are counted within
 * the file: two equal transfers of a day are two lines, in whichever files they are told.
 */
export function keyLines(lines: readonly FileLine[]): KeyedLine[] {
  const counts = new Map<string, number>()
  const count = (what: string): number => {
    const n = (counts.get(what) ?? 0) + 1
    counts.set(what, n)
    return n
  }
  return lines.map((line) => {
    const { date, direction, amount, counterparty, counterAccount, text } = line
    const money = `${direction} ${amount.minor} ${amount.currency}`
    const reference = plainNumber(line.reference)
    const told = reference
      ? ["number", reference, date, money]
      : ["line", date, money, counterAccount, counterparty, text]
    const alike = told.join("\n")
    const key = hash("sha256", `${alike}\n${count(alike)}`, "hex")
    const number = reference
      ? placed(reference, count(`${reference} ${direction}`))
      : `L${key.slice(0, 20).toUpperCase()}`
    return { ...line, reference, key, number }
  })
}
