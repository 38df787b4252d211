import { toHex } from "../bytes.ts"
import type { Envelope, Leaf } from "./encoding.ts"
import type { FailureList } from "./failure.ts"
import type { KeyTable } from "./key-table.ts"
import { hashBytes } from "./tiles.ts"

/**
 * What each record says about those before it: the hash chain, sealing times, and its place in every thread it
 * belongs to. Keeps two numbers per thread key in `keys`: the memory grows with the number of things, not of records.
 */
export class ChainAudit {
  private readonly failures: FailureList
  private readonly log: string
  /** A key not met yet may continue a record before this position, which was not read or not understood. */
  private assumedBefore: number
  private readonly keys: KeyTable
  /** Records at hand that are not understood: a thread may go on after one of them, as they say nothing of theirs. */
  readonly notUnderstood = new Set<number>()
  lastAt = ""
  /** Bytes that hold the hash which the next record must name, and where; null: it is not known. */
  private followed: Uint8Array | null
  private followedAt = 0

  constructor(failures: FailureList, keys: KeyTable, log: string, from: number) {
    this.keys = keys
    this.failures = failures
    this.log = log
    this.assumedBefore = from
    this.followed = from === 0 ? new Uint8Array(hashBytes) : null
  }

  /** `hash` is what the following record has to name, or null when that is not known. */
  follow(hash: Uint8Array | null): void {
    this.followAt(hash, 0)
  }

  /** The same of a hash that lies in other bytes: nearly every one is never looked at by itself. */
  followAt(bytes: Uint8Array | null, at: number): void {
    this.followed = bytes
    this.followedAt = at
  }

  /** The hash that the next record must name; null where it is not known, as at the start of a range. */
  get previous(): Uint8Array | null {
    return this.followed?.subarray(this.followedAt, this.followedAt + hashBytes) ?? null
  }

  /**
   * A record that is not understood may continue any thread: what follows is assumed once per key. Whoever calls
   * this also clears the keys.
   */
  forget(): void {
    this.assumedBefore = Number.POSITIVE_INFINITY
  }

  checkEnvelope(record: Envelope | Leaf): void {
    if (record.log !== this.log)
      this.failures.add("record_of_other_log", { record: record.index, detail: record.log })
    const { previous } = this
    if (previous !== null && toHex(previous) !== record.prev)
      this.failures.add("chain_broken", { record: record.index })
  }

  checkLeaf(leaf: Leaf): void {
    if (leaf.at < this.lastAt) this.failures.add("time_backwards", { record: leaf.index })
    this.lastAt = leaf.at
    for (const [key, n, prevIndex] of leaf.threads)
      this.checkThread(leaf.index, this.keys.idOfText(key), n, prevIndex ?? -1)
  }

  /** `key` is its number in the table; `prevIndex` is -1 for the first record of a thread. */
  checkThread(record: number, key: number, n: number, prevIndex: number): void {
    const { keys } = this
    const before = keys.n[key] as number
    // The first record of a key in a range may continue one before the range; that is assumed.
    const fits =
      before > 0 ? n === before + 1 && prevIndex === keys.index[key] : prevIndex < this.assumedBefore
    if (!fits && !this.followsUnknown(key, n, prevIndex))
      this.failures.add("thread_broken", { record, detail: keys.textOf(key) })
    keys.n[key] = n
    keys.index[key] = record
    keys.markMoved(key)
  }

  private followsUnknown(key: number, n: number, prevIndex: number): boolean {
    const { keys, notUnderstood } = this
    const before = keys.n[key] as number
    return (
      notUnderstood.has(prevIndex) &&
      n > before + 1 &&
      (before === 0 || prevIndex > (keys.index[key] as number))
    )
  }
}
