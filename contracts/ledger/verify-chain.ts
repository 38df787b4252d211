import { type Envelope, firstPrev, type Leaf } from "./encoding.ts"
import type { FailureList } from "./failure.ts"

type Place = { n: number; index: number }

/**
 * What each record says about those before it: the hash chain, sealing times, and its place in every thread it
 * belongs to. Keeps two numbers per thread key: the memory grows with the number of things, not of records.
 */
export class ChainAudit {
  private readonly failures: FailureList
  private readonly log: string
  /** A key not met yet may continue a record before this position, which was not read or not understood. */
  private assumedBefore: number
  private readonly threads = new Map<string, Place>()
  private lastAt = ""
  /** The hash that the next record must name; null where it is not known, as at the start of a range. */
  private previous: string | null

  constructor(failures: FailureList, log: string, from: number) {
    this.failures = failures
    this.log = log
    this.assumedBefore = from
    this.previous = from === 0 ? firstPrev : null
  }

  /** `hash` (hex) is what the following record has to name, or null when that is not known. */
  follow(hash: string | null): void {
    this.previous = hash
  }

  /** A record that is not understood may continue any thread: what follows is assumed once per key. */
  forget(): void {
    this.threads.clear()
    this.assumedBefore = Number.POSITIVE_INFINITY
  }

  checkEnvelope(record: Envelope | Leaf): void {
    if (record.log !== this.log)
      this.failures.add("record_of_other_log", { record: record.index, detail: record.log })
    if (this.previous !== null && this.previous !== record.prev)
      this.failures.add("chain_broken", { record: record.index })
  }

  checkLeaf(leaf: Leaf): void {
    if (leaf.at < this.lastAt) this.failures.add("time_backwards", { record: leaf.index })
    this.lastAt = leaf.at
    for (const [key, n, prevIndex] of leaf.threads) {
      if (!this.fits(key, n, prevIndex))
        this.failures.add("thread_broken", { record: leaf.index, detail: key })
      this.threads.set(key, { n, index: leaf.index })
    }
  }

  /** The first record of a key in a range may continue one before the range; that is assumed. */
  private fits(key: string, n: number, prevIndex: number | null): boolean {
    const before = this.threads.get(key)
    if (before !== undefined) return n === before.n + 1 && prevIndex === before.index
    return prevIndex === null || prevIndex < this.assumedBefore
  }
}
