import type { Journal } from "../escrow.ts"
import type { LineReader } from "./bundle.ts"
import type { BundleFiles } from "./bundle-files.ts"
import { leafHash, maxLeafBytes } from "./encoding.ts"
import type { KeyTable } from "./key-table.ts"
import { BlockText } from "./lanes/block-text.ts"
import type { HashLanes } from "./lanes/hash-lanes.ts"
import { LeafPatterns } from "./leaf-patterns.ts"
import type { Sha256 } from "./ports.ts"
import { readMeaning } from "./read-meaning.ts"
import type { Replay } from "./replay.ts"
import type { BodyScan } from "./scan-body.ts"
import { isHexOf, sameBytes } from "./scan-bytes.ts"
import { LeafScan } from "./scan-leaf.ts"
import { hashBytes, tileWidth } from "./tiles.ts"
import type { BookReader } from "./verify-book.ts"
import type { ChainAudit } from "./verify-chain.ts"
import type { OpenedValues, RecordTable } from "./verify-companions.ts"
import type { EntryAudit } from "./verify-entries.ts"
import type { TreeAudit } from "./verify-tree.ts"

type Parts = {
  readonly files: Pick<BundleFiles, "leaves">
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
  readonly lanes: HashLanes | null
}

const decoder = new TextDecoder()
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

  /** Where the lines of the block that was hashed at once begin and end, and its hashes. */
  private readonly starts = new Int32Array(tileWidth)
  private readonly ends = new Int32Array(tileWidth)
  private readonly hashes = new Uint8Array(tileWidth * hashBytes)
  /** The first record of that block; its records are those of the signed tree. -1: there is none. */
  private block = -1
  /** How many of them have been passed. */
  private passed = 0
  private readonly text: BlockText | null
  private readonly patterns: LeafPatterns | null

  constructor(parts: Parts, log: string) {
    this.parts = parts
    this.scan = new LeafScan(log)
    parts.entries.isBlock = (bundle) => this.isEntryBundle(bundle)
    this.text = parts.lanes === null ? null : new BlockText(parts.lanes)
    this.patterns = this.text === null ? null : new LeafPatterns(this.text)
  }

  /** Hashes the next 256 lines at once, as the records of the block that begins there. */
  async prepare(first: number): Promise<void> {
    const { lanes, lines, tree, chain, table } = this.parts
    this.block = -1
    this.passed = 0
    this.text?.clear()
    if (lanes === null || (await lines.gather(this.starts, this.ends)) < tileWidth) return
    for (let i = 0; i < tileWidth; i++)
      if ((this.ends[i] as number) - (this.starts[i] as number) > maxLeafBytes) return
    const isHere = this.hashBlock(lanes)
    if (!tree.isBlock(this.hashes)) return
    this.block = first
    const { previous } = chain
    if (!isHere || previous === null) return
    this.text?.begin(this.starts, this.ends, tileWidth, this.hashes, previous)
    const rows = await table.gather()
    if (rows !== null)
      this.text?.placeRows(rows, table.starts[0] as number, table.ends[tileWidth - 1] as number)
  }

  /** True: the text of all lines lies in the memory of the lanes. */
  private hashBlock(lanes: HashLanes): boolean {
    const { files, lines } = this.parts
    const { starts, ends, hashes } = this
    const [from, to] = [starts[0] as number, ends[tileWidth - 1] as number]
    return files.leaves?.take(lines.base + from, lines.base + to, hashes) === true
      ? lanes.placeText(lines.bytes, from, to)
      : lanes.hashLeaves(lines.bytes, starts, ends, tileWidth, hashes)
  }

  /** Whether all records of the block were passed, and the bundle holds exactly them. */
  private isEntryBundle(bundle: Uint8Array): boolean {
    return this.passed === tileWidth && this.text !== null && this.text.isEntryBundle(bundle)
  }

  /** Whether the record, which was hashed with its block, has the form of one before it, and its row fits. */
  private isAlike(place: number): boolean {
    const { lines, table } = this.parts
    const { text, patterns, scan } = this
    if (text === null || patterns === null || !text.hasText) return false
    const { bytes, start, end } = lines
    if (!table.exists) return patterns.read(scan, bytes, start, end, place, -1, -1)
    if (!text.hasRows || !table.isNext(place)) return false
    const [row, rowEnd] = [table.starts[place] as number, table.ends[place] as number]
    return patterns.read(scan, bytes, start, end, place, row, rowEnd)
  }

  /** Whether the line that is next was hashed with its block, and its hash is that of the record. */
  private isKnown(expected: number): boolean {
    const place = expected - this.block
    return this.block >= 0 && place < tileWidth && this.starts[place] === this.parts.lines.start
  }

  /** Checks the next line as record `expected` and goes on after it; false when the slow way has to. */
  pass(expected: number): boolean {
    const { lines, chain, table, opened, book, entries, tree, sha256 } = this.parts
    const isKnown = this.isKnown(expected)
    if (isKnown) lines.end = this.ends[expected - this.block] as number
    else if (!lines.peek()) return false
    const { scan } = this
    const { bytes, start, end } = lines
    const place = expected - this.block
    const isAlike = isKnown && this.isAlike(place)
    if (!isAlike && !scan.scan(bytes, start, end)) return false
    if (scan.index !== expected || scan.bodyScan?.isOfLog !== false) return false
    if (!isAlike && !this.isChained()) return false
    if (!this.isInTime() || !opened.hasNoneFor(expected)) return false
    const journal = this.journalOf(expected, scan.bodyScan)
    if (journal === undefined) return false
    if (!isAlike) {
      const hash = (isKnown ? tree.hashAt(expected) : null) ?? leafHash(bytes.subarray(start, end), sha256)
      if ((!isKnown && !tree.fits(expected, hash)) || !table.fits(scan, hash)) return false
      if (!isKnown) {
        tree.add(expected, hash)
        chain.follow(hash)
      }
      table.pass()
      this.patterns?.learn(scan, start, end)
    } else table.passGathered(place)
    if (isKnown) {
      tree.addKnown(expected)
      chain.followAt(tree.tileBytes, place * hashBytes)
      this.passed += 1
    }
    entries.add(expected, bytes, start, end)
    lines.skip()
    if (journal !== null) book.take()
    chain.lastAt = this.lastAtText
    readMeaning(scan, this.parts, journal)
    return true
  }

  private isChained(): boolean {
    const { previous } = this.parts.chain
    return previous === null || isHexOf(this.scan.bytes, this.scan.prev, previous)
  }

  /** Null: it has none, or there is no book. Undefined: the slow way has to look. */
  private journalOf(record: number, { hasJournal }: BodyScan): Journal | null | undefined {
    const { book } = this.parts
    if (!hasJournal) return book.hasNoneFor(record) ? null : undefined
    const { journalHash } = this.scan
    return book.journalNow(record, this.textOf(journalHash, journalHash + 64))
  }

  private isInTime(): boolean {
    const { chain } = this.parts
    const { bytes, at } = this.scan
    if (this.lastAtText === chain.lastAt && sameBytes(bytes, at, this.lastAt, 0, timeLength)) return true
    const text = this.textOf(at, at + timeLength)
    if (text < chain.lastAt) return false
    this.lastAt = bytes.slice(at, at + timeLength)
    this.lastAtText = text
    return true
  }

  private textOf(start: number, end: number): string {
    return decoder.decode(this.scan.bytes.subarray(start, end))
  }
}
