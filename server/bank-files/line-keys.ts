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

/**
 * What makes a line the same line in another file: the bank's own number with day, direction and amount (a transfer and
 * its fee may share a number), and without one all that the line says. Lines that are alike in this are counted within
 * the file: two equal transfers of a day are two lines, in whichever files they are told.
 */
export function keyLines(lines: readonly FileLine[]): KeyedLine[] {
  const counts = new Map<string, number>()
  return lines.map((line) => {
    const { date, direction, amount, counterparty, counterAccount, text } = line
    const money = `${direction} ${amount.minor} ${amount.currency}`
    const reference = plainNumber(line.reference)
    const told = reference
      ? ["number", reference, date, money]
      : ["line", date, money, counterAccount, counterparty, text]
    const alike = told.join("\n")
    const n = (counts.get(alike) ?? 0) + 1
    counts.set(alike, n)
    const key = hash("sha256", `${alike}\n${n}`, "hex")
    return { ...line, reference, key, number: reference ?? `L${key.slice(0, 20).toUpperCase()}` }
  })
}
