import type { BlockText } from "./lanes/block-text.ts"
import { layoutOf } from "./leaf-pattern.ts"
import type { BodyScan } from "./scan-body.ts"
import { countIn, isTimeThere } from "./scan-bytes.ts"
import type { LeafScan } from "./scan-leaf.ts"

/** Where the parts of a record lie, counted from its start: what a `LeafScan` notes, of the record it was learnt from. */
type LeafPattern = {
  /** Where it lies in the memory of the lanes. */
  readonly address: number
  readonly rowLength: number
  readonly bodyScan: BodyScan
  readonly places: Readonly<Record<Place, number>>
  readonly system: boolean
  readonly versionAt: number
  readonly versionEnd: number
  readonly threads: readonly { key: number; keyEnd: number; nEnd: number; prevEnd: number }[]
}

const places = [
  "journalHash",
  "state",
  "stateEnd",
  "payment",
  "paymentEnd",
  "actor",
  "role",
  "roleEnd",
  "at",
  "body",
  "bodyEnd",
  "indexAt",
  "indexEnd",
  "occurredAt",
  "prev",
] as const
type Place = (typeof places)[number]

/** More records of one length have been of other forms. */
const mostOfLength = 24

/**
 * The forms of the records that were read last. Nearly every record has the form of one before it, and is then read
 * in a twentieth of the time: `LeafScan` has shown of the first what a pattern shows of the others, and what a pattern
 * cannot show of numbers and times is looked at here. What fits none is left to `LeafScan`.
 */
export class LeafPatterns {
  private readonly text: BlockText
  private byLength = new Map<number, LeafPattern[]>()

  constructor(text: BlockText) {
    this.text = text
  }

  /**
   * Whether the record at this place of the block is known to be a leaf that names the hash before it and has the row
   * from `row` to `rowEnd` (-1: there are no rows); then the scan is as if it had read it.
   */
  read(
    scan: LeafScan,
    bytes: Uint8Array,
    start: number,
    end: number,
    place: number,
    row: number,
    rowEnd: number,
  ): boolean {
    const candidates = this.byLength.get(end - start)
    if (candidates === undefined) return false
    for (let i = 0; i < candidates.length; i++) {
      const pattern = candidates[i] as LeafPattern
      if (row >= 0 && rowEnd - row !== pattern.rowLength) continue
      if (!this.text.fits(pattern.address, place, row)) continue
      if (i > 0) {
        candidates[i] = candidates[i - 1] as LeafPattern
        candidates[i - 1] = pattern
      }
      return take(scan, pattern, bytes, start)
    }
    return false
  }

  /** Remembers the form of a record that the scan has read. */
  learn(scan: LeafScan, start: number, end: number): void {
    const { bodyScan } = scan
    if (bodyScan === null) return
    const { bytes, rowLength } = layoutOf(scan, start, end)
    let address = this.text.addPattern(bytes)
    if (address < 0) {
      this.text.dropPatterns()
      this.byLength = new Map()
      address = this.text.addPattern(bytes)
    }
    const version = bodyScan.members.findIndex(({ name }) => name === "version")
    const pattern: LeafPattern = {
      address,
      rowLength,
      bodyScan,
      places: Object.fromEntries(places.map((name) => [name, scan[name] - start])) as LeafPattern["places"],
      system: scan.system,
      versionAt: (scan.member[version] as number) - start,
      versionEnd: (scan.memberEnd[version] as number) - start,
      threads: Array.from({ length: scan.threads }, (_, i) => ({
        key: (scan.key[i] as number) - start,
        keyEnd: (scan.keyEnd[i] as number) - start,
        nEnd: (scan.nEnd[i] as number) - start,
        prevEnd: (scan.prevIndex[i] as number) < 0 ? -1 : (scan.prevEnd[i] as number) - start,
      })),
    }
    const others = this.byLength.get(end - start)
    if (others === undefined) this.byLength.set(end - start, [pattern])
    else others[Math.min(others.length, mostOfLength - 1)] = pattern
  }
}

/** Sets the scan to this record, which fits the pattern, and looks at what its numbers and times say. */
function take(scan: LeafScan, pattern: LeafPattern, bytes: Uint8Array, start: number): boolean {
  const { places: from } = pattern
  scan.bytes = bytes
  scan.bodyScan = pattern.bodyScan
  scan.system = pattern.system
  scan.journalHash = start + from.journalHash
  scan.state = start + from.state
  scan.stateEnd = start + from.stateEnd
  scan.payment = start + from.payment
  scan.paymentEnd = start + from.paymentEnd
  scan.actor = start + from.actor
  scan.role = start + from.role
  scan.roleEnd = start + from.roleEnd
  scan.at = start + from.at
  scan.body = start + from.body
  scan.bodyEnd = start + from.bodyEnd
  scan.indexAt = start + from.indexAt
  scan.indexEnd = start + from.indexEnd
  scan.occurredAt = start + from.occurredAt
  scan.prev = start + from.prev
  scan.index = countIn(bytes, scan.indexAt, scan.indexEnd)
  scan.version = countIn(bytes, start + pattern.versionAt, start + pattern.versionEnd)
  if (!isTimeThere(bytes, scan.at) || !isTimeThere(bytes, scan.occurredAt)) return false
  scan.threads = pattern.threads.length
  for (let i = 0; i < pattern.threads.length; i++) {
    const thread = pattern.threads[i] as LeafPattern["threads"][number]
    const [keyEnd, nEnd] = [start + thread.keyEnd, start + thread.nEnd]
    const n = countIn(bytes, keyEnd + 2, nEnd)
    const prevIndex = thread.prevEnd < 0 ? -1 : countIn(bytes, nEnd + 1, start + thread.prevEnd)
    if ((n === 1) !== prevIndex < 0 || prevIndex >= scan.index) return false
    scan.key[i] = start + thread.key
    scan.keyEnd[i] = keyEnd
    scan.nEnd[i] = nEnd
    scan.n[i] = n
    scan.prevIndex[i] = prevIndex
    if (i > 0 && !scan.isAfter(i - 1, i)) return false
  }
  return true
}
