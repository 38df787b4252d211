import type { HashLanes } from "./hash-lanes.ts"
import { hashBytes } from "./lane-stream.ts"
import { givenAt, givenBytes, leavesRoom, messagesAt } from "./memory.ts"

const most = 256
const hexLength = 2 * hashBytes
const rowsAt = messagesAt
const bundleAt = rowsAt + leavesRoom
const hashesAt = givenAt
/** The hex of the hash before the first, then of each. */
const hexAt = hashesAt + (1 + most) * hashBytes
const placesAt = hexAt + (1 + most) * hexLength
const patternsAt = placesAt + most * 8
const patternsEnd = givenAt + givenBytes

/**
 * The text of a block of leaves as it lies in the memory of the lanes that have just hashed it, compared there with
 * patterns, with its rows of a table and with its entry bundle.
 */
export class BlockText {
  private readonly lanes: HashLanes
  private readonly places: Int32Array
  private patternsTo = patternsAt
  /** Where the text of the block begins; -1: none lies here. */
  private text = -1
  /** Where the bytes of its rows begin. */
  private rows = 0
  hasRows = false
  private count = 0

  constructor(lanes: HashLanes) {
    this.lanes = lanes
    this.places = new Int32Array(lanes.memory.buffer, placesAt, 2 * most)
  }

  clear(): void {
    this.text = -1
    this.hasRows = false
  }

  /** The block that `hashLeaves` has left in the lanes; `before` is the hash that its first record has to name. */
  begin(starts: Int32Array, ends: Int32Array, count: number, hashes: Uint8Array, before: Uint8Array): void {
    const { memory, code } = this.lanes
    const from = starts[0] as number
    memory.set(before, hashesAt)
    memory.set(hashes.subarray(0, count * hashBytes), hashesAt + hashBytes)
    code.hex(hashesAt, hexAt, ((1 + count) * hashBytes) / 16)
    for (let i = 0; i < count; i++) {
      const start = starts[i] as number
      this.places[2 * i] = start - from
      this.places[2 * i + 1] = (ends[i] as number) - start
    }
    this.text = this.lanes.text
    this.hasRows = false
    this.count = count
  }

  /** The rows of the block, which lie in `bytes` from `start` to `end`. */
  placeRows(bytes: Uint8Array, start: number, end: number): void {
    const isHere = this.lanes.holds(bytes)
    this.hasRows = isHere || end - start <= leavesRoom
    this.rows = isHere ? bytes.byteOffset : rowsAt - start
    if (this.hasRows && !isHere) this.lanes.memory.set(bytes.subarray(start, end), rowsAt)
  }

  get hasText(): boolean {
    return this.text >= 0
  }

  /** Where a pattern was put, or -1 when there is no room. */
  addPattern(bytes: Uint8Array): number {
    const at = this.patternsTo
    if (at + bytes.length > patternsEnd) return -1
    this.lanes.memory.set(bytes, at)
    this.patternsTo = at + bytes.length
    return at
  }

  dropPatterns(): void {
    this.patternsTo = patternsAt
  }

  /**
   * Whether the record at a place of the block fits the pattern, names the hash before it, and has this row, which
   * begins at `row` of the bytes of `placeRows`; -1: there are no rows.
   */
  fits(pattern: number, place: number, row: number): boolean {
    const text = this.text + (this.places[2 * place] as number)
    const rowAt = row < 0 ? 0 : this.rows + row
    return this.lanes.code.record(pattern, text, rowAt, hexAt + (1 + place) * hexLength) === 1
  }

  /** Whether this is the entry bundle of the block. */
  isEntryBundle(bytes: Uint8Array): boolean {
    if (this.text < 0 || bytes.length > leavesRoom) return false
    this.lanes.memory.set(bytes, bundleAt)
    const end = this.lanes.code.entries(bundleAt, placesAt, this.count, this.text)
    return end === bundleAt + bytes.length
  }
}
