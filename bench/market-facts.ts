import { randomBytes } from "node:crypto"
import { readFileSync } from "node:fs"
import { type Journal, journalHash, type Posting } from "#contracts/escrow.ts"
import type { Leaf } from "#contracts/ledger/encoding.ts"
import { parseBookRow } from "#contracts/ledger/verify-book.ts"
import { toTime } from "#contracts/time.ts"

/** A fact that waits to be sealed, and the journal that it certifies. */
export type MarketFact = {
  readonly subject: string
  readonly version: number
  readonly text: string
  readonly journal: Journal | null
}

/** A text with places for values that are others each time: what stands before each, and which one. */
type Pattern = { readonly before: readonly string[]; readonly slots: readonly number[]; readonly end: string }

type PatternFact = {
  readonly start: string
  readonly threads: readonly Pattern[]
  readonly rest: Pattern
  readonly subject: Pattern
  readonly version: number
  readonly journal: { readonly pattern: Pattern; readonly slot: number } | null
}

const folder = new URL("../docs/bundle/", import.meta.url)
const lines = (name: string): string[] => readFileSync(new URL(name, folder), "utf8").trimEnd().split("\n")

/**
 * The records of the example bundle (docs/bundle) over and over: their types, their sizes and their order are those
 * of a market that ran, while all ids, keys, hashes and commitments are fresh each time.
 */
export class MarketFacts {
  private readonly values: string[] = []
  private readonly slotOf = new Map<string, number>()
  private readonly facts: readonly PatternFact[]

  constructor() {
    const journals = this.readJournals()
    // The sequencer makes the indexes of threads itself; one that is about other records would be a false one.
    this.facts = lines("records.jsonl")
      .map((line) => JSON.parse(line) as Leaf)
      .filter(({ type }) => type !== "index.sealed@1")
      .map((leaf) => this.patternFact(leaf, journals))
  }

  /** All of the example's facts once more, about new things. */
  round(): MarketFact[] {
    const occurredAt = toTime(Date.now())
    const values = this.freshValues()
    return this.facts.map(({ start, threads, rest, subject, version, journal: certified }) => {
      let journal: Journal | null = null
      if (certified !== null) {
        journal = { ...(JSON.parse(filled(certified.pattern, values)) as Journal), occurredAt }
        values[certified.slot] = journalHash(journal)
      }
      const keys = threads.map((thread) => filled(thread, values)).sort()
      const text = `${start}"occurredAt":"${occurredAt}","threads":${JSON.stringify(keys)},${filled(rest, values)}`
      return { subject: filled(subject, values), version, text, journal }
    })
  }

  private readJournals(): ReadonlyMap<string, Journal> {
    const journals = new Map<string, { journal: Journal; postings: Posting[] }>()
    for (const line of lines("book.csv").slice(1)) {
      const leg = Number(line.split(",")[5])
      const row = parseBookRow(line, leg)
      if (row === null) throw new Error(`docs/bundle/book.csv: ${line}`)
      const key = JSON.stringify(row.source)
      const known = journals.get(key)
      const postings = known?.postings ?? []
      postings.push(row.posting)
      const { source, trade, occurredAt, nonce } = row
      const journal = { source, trade, occurredAt, postings, ...(nonce === "" ? {} : { nonce }) }
      if (known === undefined) journals.set(key, { journal, postings })
    }
    return new Map([...journals.values()].map(({ journal }) => [journalHash(journal), journal]))
  }

  private patternFact(leaf: Leaf, journals: ReadonlyMap<string, Journal>): PatternFact {
    const { type, actor, body, threads } = leaf
    const hash = typeof body.journalHash === "string" ? body.journalHash : null
    const journal = hash === null ? undefined : journals.get(hash)
    const [subject] = threads.map(([key]) => key).toSorted((a, b) => rank(a, type) - rank(b, type))
    if (subject === undefined) throw new Error(`record ${leaf.index} has no thread`)
    return {
      start: `{"type":"${type}",`,
      threads: threads.map(([key]) => this.pattern(key)),
      rest: this.pattern(`"actor":${JSON.stringify(actor)},"body":${JSON.stringify(body)}}`),
      subject: this.pattern(subject),
      version: body.version as number,
      journal:
        hash === null || journal === undefined
          ? null
          : { pattern: this.pattern(JSON.stringify(journal)), slot: this.slot(hash) },
    }
  }

  private pattern(text: string): Pattern {
    const before: string[] = []
    const slots: number[] = []
    let end = 0
    for (const found of text.matchAll(/\b[a-z]{3}_[0-9a-z]{26}\b|\b[0-9a-f]{64}\b/g)) {
      before.push(text.slice(end, found.index))
      slots.push(this.slot(found[0]))
      end = found.index + found[0].length
    }
    return { before, slots, end: text.slice(end) }
  }

  private slot(value: string): number {
    const known = this.slotOf.get(value)
    if (known !== undefined) return known
    this.slotOf.set(value, this.values.length)
    return this.values.push(value) - 1
  }

  /** Ids keep their kind and their time. */
  private freshValues(): string[] {
    const random = randomBytes(32 * this.values.length).toString("hex")
    return this.values.map((value, i) => {
      const hex = random.slice(64 * i, 64 * i + 64)
      return value.length === 64 ? hex : value.slice(0, 14) + hex.slice(0, 16)
    })
  }
}

/** The subject's own thread first: the one whose prefix is that of the fact's noun, or the party's. */
function rank(key: string, type: string): number {
  if (key.startsWith(`${type.slice(0, 3)}_`)) return 0
  return { lis: "lst_", req: "req_", rou: "rnd_", reg: "reg_", tra: "trd_", gra: "gra_", pay: "pay_" }[
    type.slice(0, 3)
  ] === key.slice(0, 4)
    ? 0
    : 1
}

function filled({ before, slots, end }: Pattern, values: readonly string[]): string {
  let text = ""
  for (let i = 0; i < slots.length; i++) text += (before[i] as string) + values[slots[i] as number]
  return text + end
}
