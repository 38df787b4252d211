import type { Json } from "../canonical-json.ts"
import { type AccountKind, accountKind, type Journal, postingMoney, signed } from "../escrow.ts"
import type { FailureList } from "./failure.ts"
import { credited, minor } from "./replay-payment.ts"

const credit: AccountKind = "buyer_credit"

/** What moves a balance: a thing, by its number in the table of keys, at its version. */
type Cause = { key: number; version: number }

/** The last movement of a balance that was opened. */
type Moved = { number: number; total: bigint }

/**
 * Replays prepaid balances as far as a reader can. Where the book is there: none is ever overdrawn. Where movements
 * were opened too: they follow each other, and each changes available and reserved together by what the journal of
 * its cause credits, which its thread and version name; other records may stand between the two.
 */
export class BalanceReplay {
  private readonly failures: FailureList
  /** Of each account and currency from its beginning; null where that is not known. */
  private readonly book = new Map<string, bigint | null>()
  private readonly moved = new Map<string, Moved>()
  /** What the last journal of each thing credits to balances, and at which of its versions. */
  private readonly causes = new Map<number, { version: number; credit: bigint }>()
  /** The version of each thing's last journal that moves no balance, as most do. */
  private readonly others = new Map<number, number>()
  private assumeUnseen: boolean

  constructor(failures: FailureList, assumeUnseen: boolean) {
    this.failures = failures
    this.assumeUnseen = assumeUnseen
  }

  forget(): void {
    this.assumeUnseen = true
    this.book.clear()
    this.moved.clear()
    this.causes.clear()
    this.others.clear()
  }

  /** The journal of a record, which may be the cause of a movement: of what thing, and at which version. */
  see(record: number, { key, version }: Cause, journal: Journal): void {
    if (journal.postings.some(({ account }) => accountKind(account) === credit))
      this.causes.set(key, { version, credit: credited(journal, credit) })
    else this.others.set(key, version)
    for (const posting of journal.postings) {
      if (accountKind(posting.account) !== credit) continue
      const account = `${posting.account} ${postingMoney(posting).currency}`
      const before = this.book.get(account)
      if (before === null || (before === undefined && this.assumeUnseen)) {
        this.book.set(account, null)
        continue
      }
      const balance = (before ?? 0n) - signed(posting)
      this.book.set(account, balance)
      if (balance < 0n)
        this.failures.add("amount_mismatch", { record, detail: `${posting.account} ${balance}` })
    }
  }

  step(record: number, why: string, { key, version }: Cause, values: ReadonlyMap<string, Json>): void {
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
    // Set aside, or freed: neither is in the book. Else its cause says, if that was read with its journal.
    const expected = unbooked.includes(why) ? 0n : this.creditBy(key, version)
    if (from !== null && expected !== null && total - from !== expected)
      this.failures.add("amount_mismatch", { record, detail: `${balance} ${total - from} ≠ ${expected}` })
  }

  /** What the journal of a thing at that version credits to balances; null where it was not read. */
  private creditBy(key: number, version: number): bigint | null {
    const cause = this.causes.get(key)
    if (cause?.version === version) return cause.credit
    return this.others.get(key) === version ? 0n : null
  }
}

const unbooked: readonly string[] = ["reserved", "freed", "contested", "cleared"]
