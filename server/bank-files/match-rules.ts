import {
  type BankLine,
  type MatchDoubt,
  type MatchTarget,
  plainReference,
  referencesIn,
  tellsReversal,
} from "#contracts/bank-file.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { Money } from "#contracts/money.ts"

/** Something that money by bank is, or was, waited for: what a line may be. */
export type OpenItem = MatchTarget & {
  direction: "in" | "out"
  amount: Money
  /** What stands on the transfer, in its plain form. */
  references: readonly string[]
  /** Whether it still waits. */
  waiting: boolean
  /** What somebody has to look at before it is confirmed. */
  doubt: MatchDoubt | null
  /** The payment on whose page it stands; null for what is the platform's own. */
  payment: string | null
  title: LocalizedText | null
  /** Who pays or is paid. */
  party: LocalizedText | null
}

export type LineMatch =
  | { kind: "exact"; item: OpenItem }
  | { kind: "doubt"; doubt: MatchDoubt; item: OpenItem | null }

type Line = Pick<BankLine, "id" | "direction" | "amount" | "text" | "counterparty" | "number"> & {
  used: boolean
}

/** All that may be a reference in what the bank tells of a line. */
export const toldReferences = ({ text }: Pick<BankLine, "text">): string[] => referencesIn(text)

/** The items by what stands on their transfers; a file of ten thousand lines asks that often. */
class References {
  readonly #whole = new Map<string, OpenItem[]>()
  readonly #long: (readonly [string, OpenItem])[] = []

  constructor(items: readonly OpenItem[]) {
    for (const item of items)
      for (const one of item.references) {
        const known = this.#whole.get(one)
        if (known) known.push(item)
        else this.#whole.set(one, [item])
        if (isLong(one)) this.#long.push([one, item])
      }
  }

  /** Those of which one stands among the told references, or in the text itself. */
  of(text: string, told: Iterable<string>): OpenItem[] {
    const found = new Set([...told].flatMap((one) => this.#whole.get(one) ?? []))
    for (const [one, item] of this.#long) if (text.includes(one)) found.add(item)
    return [...found]
  }
}

/**
 * A line is matched where its text has the reference of one thing that waits, and direction, currency and amount are
 * the same. Else it waits for a person, with what does not fit.
 */
function matchLine(line: Line, references: References): LineMatch {
  const doubt = (why: MatchDoubt, item: OpenItem | null = null): LineMatch => ({
    kind: "doubt",
    doubt: why,
    item,
  })
  if (line.used) return doubt("numberUsed")
  const told = new Set(toldReferences(line))
  const same = ({ amount }: OpenItem) =>
    amount.minor === line.amount.minor && amount.currency === line.amount.currency
  // Of what was paid out all comes back or nothing: another sum with its reference is something else.
  const named = references
    .of(plainReference(line.text), told)
    .filter((item) => !comesBack(item) || same(item))
  if (named.length === 0) return doubt(told.size === 0 ? "noReference" : "unknownReference")
  const only = (found: readonly OpenItem[]) => (found.length === 1 ? (found[0] ?? null) : null)
  const steps = [
    ["direction", (item: OpenItem) => item.direction === line.direction],
    ["alreadyConfirmed", (item: OpenItem) => item.waiting],
    ["currency", (item: OpenItem) => item.amount.currency === line.amount.currency],
    ["amount", (item: OpenItem) => item.amount.minor === line.amount.minor],
  ] as const
  let left: readonly OpenItem[] = named
  for (const [why, fits] of steps) {
    const fitting = left.filter(fits)
    if (fitting.length === 0) return doubt(why, only(left))
    left = fitting
  }
  const item = only(left)
  if (item === null) return doubt("several")
  if (item.doubt === "byHand") return doubt("byHand", item)
  if (tellsReversal(line.text)) return doubt("reversed", item)
  return item.doubt ? doubt(item.doubt, item) : { kind: "exact", item }
}

const comesBack = ({ kind }: OpenItem): boolean => kind.endsWith("Back")

/** A number of the provider's has a form of its own, and is long enough to be found in running text. */
const isLong = (reference: string): boolean => reference.length >= 10 && !/^Q[HDCW]/.test(reference)

export const sameTarget = (a: MatchTarget, b: MatchTarget): boolean =>
  a.kind === b.kind && a.id === b.id && a.attempt === b.attempt

/** What a line and the one that takes it back have in common, whichever way the money goes. */
const sumOf = ({ amount, text }: Line): string =>
  `${amount.minor} ${amount.currency} ${toldReferences({ text }).sort().join(" ")}`

/**
 * Several lines at once: two that are the same thing's are both for a person to look at, and so is one whose money goes
 * the other way again in another.
 */
export function matchLines(lines: readonly Line[], items: readonly OpenItem[]): Map<string, LineMatch> {
  const references = new References(items)
  const matches = new Map(lines.map((line) => [line.id as string, matchLine(line, references)]))
  const ways = new Set(lines.map((line) => `${line.direction} ${sumOf(line)}`))
  for (const line of lines) {
    const match = matches.get(line.id)
    const turned = `${line.direction === "in" ? "out" : "in"} ${sumOf(line)}`
    if (match?.kind === "exact" && ways.has(turned))
      matches.set(line.id, { kind: "doubt", doubt: "reversed", item: match.item })
  }
  const byTarget = new Map<string, string[]>()
  for (const [line, match] of matches) {
    if (match.kind !== "exact") continue
    const { kind, id, attempt } = match.item
    const target = `${kind} ${id} ${attempt}`
    byTarget.set(target, [...(byTarget.get(target) ?? []), line])
  }
  for (const same of byTarget.values()) {
    if (same.length < 2) continue
    for (const line of same) {
      const match = matches.get(line)
      if (match?.kind === "exact") matches.set(line, { kind: "doubt", doubt: "several", item: match.item })
    }
  }
  return matches
}
