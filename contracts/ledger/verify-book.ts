import {
  type Account,
  type AccountKind,
  accountKind,
  accountKinds,
  balanced,
  type Journal,
  journalHash,
  type Posting,
} from "../escrow.ts"
import { isMoney, minorOf } from "../money.ts"
import type { LineReader } from "./bundle.ts"
import type { BundleFiles } from "./bundle-files.ts"
import { csvRow, parseCsvRow } from "./csv.ts"
import type { Leaf } from "./encoding.ts"
import { bookColumns, bundleFiles, oldBookColumns, trialBalanceColumns } from "./export.ts"
import type { FailureList } from "./failure.ts"
import { isMalformed } from "./malformed.ts"
import { textOf } from "./verify-companions.ts"

const maxLine = 4096
const maxLegs = 1000
const maxTrialBalanceBytes = 1024 * 1024
/** Journals of a block of 256 records that are kept until their turn; one has at most one. */
const maxAhead = 256

type Row = {
  readonly record: number | null
  readonly source: { readonly type: string; readonly id: string }
  readonly trade: string | null
  readonly occurredAt: string
  readonly posting: Posting
  readonly nonce: string
}

type Entry = { readonly record: number | null; readonly journal: Journal }

/** One row of book.csv, or null when it is none; `leg` is the number that it must have. Old books have no nonces. */
export function parseBookRow(line: string, leg: number): Row | null {
  const fields = parseCsvRow(line)
  if (isMalformed(fields)) return null
  if (fields.length === oldBookColumns.length) fields.push("")
  if (fields.length !== bookColumns.length) return null
  const [record, type, id, trade, occurredAt, number, account, debit, credit, currency, nonce] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  if (!/^(?:0|[1-9][0-9]{0,15})?$/.test(record) || number !== String(leg)) return null
  if (!/^(?:[0-9a-f]{32})?$/.test(nonce)) return null
  if (!Object.hasOwn(accountKinds, accountKind(account as Account))) return null
  const amount = { minor: debit === "" ? credit : debit, currency }
  if (!isMoney(amount) || (debit === "") === (credit === "")) return null
  const posting: Posting =
    debit === ""
      ? { account: account as Account, credit: amount }
      : { account: account as Account, debit: amount }
  const source = { type, id }
  return {
    record: record === "" ? null : Number(record),
    source,
    trade: trade || null,
    occurredAt,
    posting,
    nonce,
  }
}

/** The rows of a journal in book.csv: what an exporter writes and `parseBookRow` reads. */
export function bookRows(journal: Journal, record: number | null): string[] {
  return journal.postings.map((posting, i) =>
    csvRow([
      record === null ? "" : String(record),
      journal.source.type,
      journal.source.id,
      journal.trade ?? "",
      journal.occurredAt,
      String(i + 1),
      posting.account,
      "debit" in posting ? posting.debit.minor : "",
      "credit" in posting ? posting.credit.minor : "",
      "debit" in posting ? posting.debit.currency : posting.credit.currency,
      journal.nonce ?? "",
    ]),
  )
}

/** Sums of the book by kind of account and currency, and their table. */
export class TrialBalance {
  private readonly sums = new Map<string, { debit: bigint; credit: bigint }>()

  add(journal: Journal): void {
    for (const posting of journal.postings) {
      const amount = "debit" in posting ? posting.debit : posting.credit
      const key = csvRow([accountKind(posting.account) satisfies AccountKind, amount.currency])
      const sum = this.sums.get(key) ?? { debit: 0n, credit: 0n }
      sum["debit" in posting ? "debit" : "credit"] += minorOf(amount)
      this.sums.set(key, sum)
    }
  }

  /** trial-balance.csv. */
  table(): string {
    const rows = [...this.sums].map(([key, { debit, credit }]) => `${key},${debit},${credit}`).sort()
    return `${[trialBalanceColumns.join(), ...rows].join("\n")}\n`
  }
}

/** book.csv, read in step with the records: each certified journal whole, unchanged and balanced. */
export class BookReader {
  private readonly files: BundleFiles
  private readonly failures: FailureList
  private readonly lines: LineReader | null
  private readonly balance = new TrialBalance()
  private row: Row | null = null
  private entry: Entry | null = null
  /** Those after it that were read before their turn. */
  private ahead: Entry[] = []
  private started = false
  private ended: boolean
  journals = 0

  constructor(files: BundleFiles, failures: FailureList) {
    const file = bundleFiles.book
    this.files = files
    this.failures = failures
    this.lines = files.has(file) ? files.lines(file, maxLine) : null
    this.ended = this.lines === null
  }

  /** Whether it is already known that no journal of this record or one before it follows. */
  hasNoneFor(index: number): boolean {
    if (this.entry === null) return this.ended
    return this.entry.record === null || this.entry.record > index
  }

  /** Reads what belongs to records before this one, as far as that is not very much, so that `journalNow` has it. */
  async gather(before: number): Promise<void> {
    this.entry ??= await this.read()
    for (let last = this.ahead.at(-1) ?? this.entry; this.ahead.length < maxAhead; ) {
      if (last === null || last.record === null || last.record >= before) return
      last = await this.readEntry()
      if (last !== null) this.ahead.push(last)
    }
  }

  /** The journal that the record certifies, where it is at hand and right; null when there is no book. */
  journalNow(record: number, certified: string): Journal | null | undefined {
    if (this.lines === null) return null
    if (this.entry?.record !== record) return undefined
    const { journal } = this.entry
    return journalHash(journal) === certified ? journal : undefined
  }

  /** Goes on after the journal that `journalNow` answered. */
  take(): void {
    this.entry = this.ahead.shift() ?? null
  }

  /** The journal that the record certifies: null when it has none, or the book is not in the bundle or wrong. */
  async journalOf(leaf: Leaf): Promise<Journal | null> {
    if (this.lines === null) return null
    await this.skipTo(leaf.index)
    const { journalHash: certified } = leaf.body
    const record = leaf.index
    const file = bundleFiles.book
    if (this.entry?.record !== record) {
      if (typeof certified === "string") this.failures.add("journal_missing", { record, file })
      return null
    }
    if (typeof certified !== "string") return null
    const { journal } = this.entry
    this.entry = null
    if (journalHash(journal) === certified) return journal
    this.failures.add("journal_changed", { record, file })
    return null
  }

  /** Lets pass what belongs to a record that is not understood here. */
  async pass(record: number): Promise<void> {
    if (this.lines === null) return
    await this.skipTo(record)
    while (this.entry?.record === record) this.entry = await this.read()
  }

  private async skipTo(record: number): Promise<void> {
    this.entry ??= await this.read()
    while (this.entry !== null && this.entry.record !== null && this.entry.record < record) {
      const { journal } = this.entry
      this.failures.add("journal_stray", {
        record: this.entry.record,
        file: bundleFiles.book,
        detail: `${journal.source.type} ${journal.source.id}`,
      })
      this.entry = await this.read()
    }
  }

  /** After the last record: journals that nothing certifies may not touch held funds; then the trial balance. */
  async finish(): Promise<void> {
    if (this.lines === null) return
    await this.skipTo(Number.POSITIVE_INFINITY)
    for (; this.entry !== null; this.entry = await this.read()) {
      const { record, journal } = this.entry
      const held = journal.postings.some(({ account }) => accountKind(account) === "held")
      if (record !== null || held)
        this.failures.add("journal_stray", {
          file: bundleFiles.book,
          detail: `${journal.source.type} ${journal.source.id}`,
        })
    }
    const file = bundleFiles.trialBalance
    if (!this.files.has(file)) return
    const bytes = await this.files.read(file, maxTrialBalanceBytes)
    if (bytes !== null && textOf(bytes) !== this.balance.table())
      this.failures.add("trial_balance_wrong", { file })
  }

  private async read(): Promise<Entry | null> {
    return this.ahead.shift() ?? (await this.readEntry())
  }

  /** The next journal: neighbouring rows of one source. */
  private async readEntry(): Promise<Entry | null> {
    this.row ??= await this.readRow(1)
    if (this.row === null) {
      this.ended = true
      return null
    }
    const { record, source, trade, occurredAt, posting, nonce } = this.row
    const postings = [posting]
    this.row = await this.readRow(2)
    while (this.row !== null && this.row.source.type === source.type && this.row.source.id === source.id) {
      postings.push(this.row.posting)
      this.row = await this.readRow(postings.length + 1)
    }
    const journal: Journal = { ...(nonce === "" ? {} : { nonce }), source, trade, occurredAt, postings }
    this.journals += 1
    this.balance.add(journal)
    if (!balanced(journal))
      this.failures.add("journal_unbalanced", {
        ...(record === null ? {} : { record }),
        file: bundleFiles.book,
        detail: `${source.type} ${source.id}`,
      })
    return { record, journal }
  }

  /** Reads on over rows that are not rows. A new journal begins again with leg 1. */
  private async readRow(leg: number): Promise<Row | null> {
    for (;;) {
      const line = await this.lines?.next()
      if (!line) return null
      const text = textOf(line) ?? ""
      if (!this.started) {
        this.started = true
        if (text === bookColumns.join() || text === oldBookColumns.join()) continue
      }
      const row = (leg <= maxLegs ? parseBookRow(text, leg) : null) ?? parseBookRow(text, 1)
      if (row !== null) return row
      this.failures.add("book_malformed", { file: bundleFiles.book, detail: text.slice(0, 80) })
    }
  }
}
