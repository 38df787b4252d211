import type { LineReader } from "./bundle.ts"
import { leafHash, type Thread } from "./encoding.ts"
import type { KnownFact } from "./fact-body.ts"
import type { KeyTable } from "./key-table.ts"
import type { Sha256 } from "./ports.ts"
import type { Replay } from "./replay.ts"
import { afterLiteral, isHexOf, sameBytes } from "./scan-bytes.ts"
import { LeafScan } from "./scan-leaf.ts"
import type { BookReader } from "./verify-book.ts"
import type { ChainAudit } from "./verify-chain.ts"
import type { OpenedValues, RecordTable } from "./verify-companions.ts"
import type { EntryAudit } from "./verify-entries.ts"
import type { TreeAudit } from "./verify-tree.ts"

type Parts = {
  readonly lines: LineReader
  readonly keys: KeyTable
  readonly chain: ChainAudit
  readonly entries: EntryAudit
  readonly table: RecordTable
  readonly opened: OpenedValues
  readonly book: BookReader
  readonly replay: Replay
  readonly tree: TreeAudit
  readonly sha256: Sha256
}

const decoder = new TextDecoder()
const noValues = new Map<string, never>()
const timeLength = 24

/**
 * The way of nearly all records: everything that `RecordsAudit` checks of one, on its bytes, without waiting and
 * nearly without making anything. It finds only that all is right up to the meaning of the record; in every other
 * case it has changed nothing and the slow way goes over the same line, finds the same and names it.
 */
export class QuickPass {
  private readonly parts: Parts
  private readonly scan: LeafScan
  /** `chain.lastAt` as bytes, and the text that they were made from. */
  private lastAt = new Uint8Array(timeLength)
  private lastAtText = ""

  constructor(parts: Parts, log: string) {
    this.parts = parts
    this.scan = new LeafScan(log)
  }

  /** Checks the next line as record `expected`; answers its hash, or null when the slow way has to. */
  pass(expected: number): Uint8Array | null {
    const { lines, chain, table, opened, book, entries, tree, sha256 } = this.parts
    if (!lines.peek()) return null
    const { scan } = this
    const { bytes, start, end } = lines
    if (!scan.scan(bytes, start, end) || scan.index !== expected || scan.bodyScan?.needsMore !== false)
      return null
    if (chain.previous !== null && !isHexOf(bytes, scan.prev, chain.previous)) return null
    if (!this.isInTime() || !opened.hasNoneFor(expected) || !book.hasNoneFor(expected)) return null
    const hash = leafHash(bytes.subarray(start, end), sha256)
    if (!tree.fits(expected, hash) || !table.fits(scan, hash)) return null
    tree.add(expected, hash)
    entries.add(expected, bytes, start, end)
    table.pass()
    lines.skip()
    this.readMeaning()
    return hash
  }

  private isInTime(): boolean {
    const { chain } = this.parts
    const { bytes, at } = this.scan
    if (this.lastAtText === chain.lastAt && sameBytes(bytes, at, this.lastAt, 0, timeLength)) return true
    const text = this.text(at, at + timeLength)
    if (text < chain.lastAt) return false
    this.lastAt = bytes.slice(at, at + timeLength)
    this.lastAtText = text
    return true
  }

  private readMeaning(): void {
    const { chain, replay, keys } = this.parts
    const { bytes, index, bodyScan, body, bodyEnd, threads, key, keyEnd, n, prevIndex } = this.scan
    if (bodyScan === null) return
    chain.lastAt = this.lastAtText
    let subjects = 0
    let subject = 0
    for (let i = 0; i < threads; i++) {
      const id = keys.idOf(bytes, key[i] as number, keyEnd[i] as number)
      chain.checkThread(index, id, n[i] as number, prevIndex[i] as number)
      if (afterLiteral(bytes, key[i] as number, bodyScan.subjectPrefix) < 0) continue
      subject = id
      subjects += 1
    }
    if (!bodyScan.hasSteps) {
      if (subjects === 1) replay.checkVersion(index, subject, this.scan.version)
      return
    }
    const fact = { type: bodyScan.type, body: JSON.parse(this.text(body, bodyEnd)) }
    replay.step({ index, threads: this.threads() }, fact as KnownFact, noValues, null)
  }

  /** The keys are cut out of one short text, so that a key which is kept keeps nothing long alive. */
  private threads(): Thread[] {
    const { threads: count, key, keyEnd, n, prevIndex } = this.scan
    if (count === 0) return []
    const first = key[0] as number
    const text = this.text(first, keyEnd[count - 1] as number)
    const threads: Thread[] = []
    for (let i = 0; i < count; i++) {
      const before = prevIndex[i] as number
      const name = text.slice((key[i] as number) - first, (keyEnd[i] as number) - first)
      threads.push([name, n[i] as number, before < 0 ? null : before])
    }
    return threads
  }

  private text(start: number, end: number): string {
    return decoder.decode(this.scan.bytes.subarray(start, end))
  }
}
