import type { Json } from "../canonical-json.ts"
import { type AccountKind, accountKind, type Journal, postingMoney, signed } from "../escrow.ts"
import type { FailureList } from "./failure.ts"
import { credited, minor } from "./replay-payment.ts"

const credit: AccountKind = "buyer_credit"

/** The last movement of a balance that was opened. */
type Moved = { number: number; total: bigint }

/**
 * Replays prepaid balances as far as a reader can. Where the book is there: none is ever overdrawn. Where movements
 * were opened too: they follow each other, and each changes available and reserved together by what the journal of
 * the record before it, which is its cause, credits.
 */
export class BalanceReplay {
  private readonly failures: FailureList
  /** Of each account and currency from its beginning; null where that is not known. */
  private readonly book = new Map<string, bigint | null>()
  private readonly moved = new Map<string, Moved>()
  private cause: { record: number; credit: bigint } | null = null
  private assumeUnseen: boolean

  constructor(failures: FailureList, assumeUnseen: boolean) {
    this.failures = failures
    this.assumeUnseen = assumeUnseen
  }

  forget(): void {
    this.assumeUnseen = true
    this.book.clear()
    this.moved.clear()
    this.cause = null
  }

  /** The journal of a record, which may be the cause of a movement. */
  see(record: number, journal: Journal): void {
    this.cause = { record, credit: credited(journal, credit) }
    for (const posting of journal.postings) {
      if (accountKind(posting.account) !== credit) continue
      const key = `${posting.account} ${postingMoney(posting).currency}`
      const before = this.book.get(key)
      if (before === null || (before === undefined && this.assumeUnseen)) {
        this.book.set(key, null)
        continue
      }
      const balance = (before ?? 0n) - signed(posting)
      this.book.set(key, balance)
      if (balance < 0n)
        this.failures.add("amount_mismatch", { record, detail: `${posting.account} ${balance}` })
    }
  }

  step(record: number, why: string, values: ReadonlyMap<string, Json>): void {
    const [balance, number] = [values.get("/body/balance"), values.get("/body/number")]
    const [available, reserved] = [minor(values, "available"), minor(values, "reserved")]
    if (typeof balance !== "string" || typeof number !== "number" || available === null || reserved === null)
      return
    const total = available + reserved
    const before = this.moved.get(balance)
    this.moved.set(balance, { number, total })
    if (before !== undefined && number <= before.number)
      this.failures.add("version_gap", { record, detail: `${balance} ${before.number} → ${number}` })
    // Movements between may not be opened to the reader: then nothing can be said of this one.
    const from = number === 1 ? 0n : before?.number === number - 1 ? before.total : null
    // Set aside, or freed: neither is in the book. Else the record before is the cause, if it was read with its journal.
    const expected = unbooked.includes(why)
      ? 0n
      : this.cause?.record === record - 1
        ? this.cause.credit
        : null
    if (from !== null && expected !== null && total - from !== expected)
      this.failures.add("amount_mismatch", { record, detail: `${balance} ${total - from} ≠ ${expected}` })
  }
}

const unbooked: readonly string[] = ["reserved", "freed", "contested", "cleared"]
