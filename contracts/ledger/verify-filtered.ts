import { equalBytes, fromHex, toHex } from "../bytes.ts"
import type { LineReader } from "./bundle.ts"
import type { BundleFiles } from "./bundle-files.ts"
import { decodeLeaf, type Leaf, leafHash, maxLeafBytes } from "./encoding.ts"
import { ErasedValues } from "./erased-values.ts"
import { bundleFiles, type Filter } from "./export.ts"
import { type FactBody, isFactType } from "./fact.ts"
import { type KnownFact, problemOfBody } from "./fact-body.ts"
import type { FailureList } from "./failure.ts"
import { KeyTable } from "./key-table.ts"
import { isMalformed } from "./malformed.ts"
import type { Sha256 } from "./ports.ts"
import { Replay } from "./replay.ts"
import type { Rotation } from "./rotation.ts"
import { decodeEntries, maxEntryBundleBytes, tileOfSize, tilePath, tileWidth } from "./tiles.ts"
import { BookReader } from "./verify-book.ts"
import { ChainAudit } from "./verify-chain.ts"
import { OpenedValues, RecordTable } from "./verify-companions.ts"
import { checkThreadCounts } from "./verify-counts.ts"
import type { RecordsSummary, UnknownRecords } from "./verify-records.ts"
import { checkRotationRecord } from "./verify-rotations.ts"
import type { TreeAudit } from "./verify-tree.ts"
import { WantedThreads } from "./wanted-threads.ts"

export type FilteredInput = {
  readonly files: BundleFiles
  readonly failures: FailureList
  readonly sha256: Sha256
  /** Opened without a range. */
  readonly tree: TreeAudit
  readonly log: string
  readonly root: Uint8Array
  readonly size: number
  readonly filter: Filter
  readonly rotations: readonly Rotation[]
}

export type FilteredSummary = RecordsSummary & { readonly threads: number; readonly scanned: number }

type Line = { readonly bytes: Uint8Array; readonly index: number; readonly leaf: Leaf | null }

/**
 * Checks a bundle that holds all records of some threads and no others: each record against the tree, each thread
 * link by link; that no thread has more before the sealed index ends, by the index; and that none has more after
 * it, by reading every record that follows. Nothing else of the log is there to be read, so that the index counts
 * rightly is not shown here but by an audit of the whole log.
 */
export class FilteredAudit {
  private readonly input: FilteredInput
  private readonly keys: KeyTable
  private readonly wanted: WantedThreads
  private readonly chain: ChainAudit
  private readonly table: RecordTable
  private readonly opened: OpenedValues
  private readonly book: BookReader
  private readonly replay: Replay
  private readonly lines: LineReader
  private readonly erased = new ErasedValues()
  private readonly unknown: UnknownRecords = { count: 0, first: null, kinds: [] }
  private line: Line | null = null
  private last = -1
  private records = 0
  private scanned = 0
  private isIndexSeen = false

  constructor(input: FilteredInput) {
    const { files, failures, sha256, log, filter } = input
    this.input = input
    this.keys = new KeyTable(input.root)
    this.wanted = new WantedThreads(filter.keys, this.keys)
    this.chain = new ChainAudit(failures, this.keys, log, 0)
    // The records are no neighbours; the tree holds their bytes, not the chain.
    this.chain.follow(null)
    this.table = new RecordTable(files, failures)
    this.opened = new OpenedValues(files, failures, sha256)
    this.book = new BookReader(files, failures)
    this.replay = new Replay(failures, this.keys, 0, false)
    this.lines = files.lines(bundleFiles.records, maxLeafBytes, true)
  }

  async run(): Promise<FilteredSummary> {
    const { files, failures, sha256, filter, size } = this.input
    const { index } = filter
    const counted = index?.size ?? 0
    await this.read()
    while (this.line !== null && this.line.index < Math.min(counted, size)) await this.checkNext()
    this.wanted.noteCounted()
    await this.scanTail(counted)
    for (; this.line !== null; await this.read())
      failures.add("record_beyond_range", { record: this.line.index, detail: `${size}` })
    if (index !== null) {
      if (!this.isIndexSeen) failures.add("index_not_named", { record: index.record })
      await checkThreadCounts(this.wanted, {
        files,
        failures,
        sha256,
        root: fromHex(index.root),
        notUnderstood: this.chain.notUnderstood,
      })
    }
    await this.table.finish()
    await this.opened.finish()
    await this.book.finish()
    return {
      records: this.records,
      disclosures: this.opened.checked,
      journals: this.book.journals,
      trades: this.replay.trades,
      maps: 0,
      unknown: this.unknown,
      erased: this.erased.report(),
      threads: this.wanted.count,
      scanned: this.scanned,
    }
  }

  /** Reads the next line that stands in its order. One that cannot be read has no place, and is told of and passed. */
  private async read(): Promise<void> {
    const { failures } = this.input
    for (this.line = null; this.line === null; ) {
      const bytes = await this.lines.next()
      if (bytes === null) return
      const decoded = decodeLeaf(bytes)
      if (isMalformed(decoded)) {
        failures.add("record_malformed", { file: bundleFiles.records, detail: decoded.malformed })
        continue
      }
      const record = "leaf" in decoded ? decoded.leaf : decoded.unknownVersion
      const { index } = record
      if (index <= this.last) failures.add("record_out_of_order", { record: index, detail: `> ${this.last}` })
      else {
        this.last = index
        this.chain.checkEnvelope(record)
        this.line = { bytes, index, leaf: "leaf" in decoded ? decoded.leaf : null }
        if (!("leaf" in decoded)) this.countUnknown(index, `v${decoded.unknownVersion.v}`)
      }
    }
  }

  private async checkNext(): Promise<void> {
    const { failures, sha256, tree } = this.input
    const { bytes, index, leaf } = this.line as Line
    const hash = leafHash(bytes, sha256)
    await tree.seek(index)
    if (!tree.fits(index, hash)) failures.add("not_in_tree", { record: index })
    this.records += 1
    if (leaf !== null) await this.checkLeaf(leaf, toHex(hash))
    else await this.passNotUnderstood(index)
    await this.read()
  }

  /** It is one of the threads, as is known of whoever exported it, but which it is and what it says is not. */
  private async passNotUnderstood(index: number): Promise<void> {
    this.chain.notUnderstood.add(index)
    this.replay.forgetStates()
    await this.book.pass(index)
    await this.table.skipTo(index, false)
    await this.opened.skipTo(index + 1, index)
  }

  private async checkLeaf(leaf: Leaf, hash: string): Promise<void> {
    const { failures } = this.input
    const { index, type, body } = leaf
    if (leaf.at < this.chain.lastAt) failures.add("time_backwards", { record: index })
    this.chain.lastAt = leaf.at
    const threads = this.wanted.threadsOf(leaf)
    // A trade may be wanted for what a record said that is not understood.
    if (threads.length === 0 && this.chain.notUnderstood.size === 0)
      failures.add("record_not_asked_for", { record: index })
    for (const [key, n, prevIndex] of threads)
      this.chain.checkThread(index, this.keys.idOfText(key), n, prevIndex ?? -1)
    await this.table.check(leaf, hash)
    const values = await this.opened.of(leaf)
    const problem = isFactType(type) ? problemOfBody(type, body) : null
    if (type === "data.erased@1" && problem === null)
      this.erased.add(index, body as FactBody<"data.erased@1">)
    if (problem !== null) failures.add("body_malformed", { record: index, detail: problem })
    else if (!isFactType(type)) this.countUnknown(index, type)
    else if (this.wanted.hasWholeSubject(leaf))
      return this.replay.step(leaf, { type, body } as KnownFact, values, await this.book.journalOf(leaf))
    else return
    this.replay.forget(leaf.threads.map(([key]) => key))
    await this.book.pass(index)
  }

  /** Reads every record from `start` on, out of the entry bundles: those of the threads must be in the bundle. */
  private async scanTail(start: number): Promise<void> {
    const { files, failures, size } = this.input
    for (let from = start - (start % tileWidth); from < size; from += tileWidth) {
      const tile = tileOfSize("entries", from / tileWidth, size)
      if (tile === null) return
      const file = tilePath(tile)
      const bytes = await files.read(file, maxEntryBundleBytes)
      const entries = bytes === null ? null : decodeEntries(bytes, tile.width)
      if (isMalformed(entries)) failures.add("tile_malformed", { file, detail: entries.malformed })
      if (entries === null || isMalformed(entries)) continue
      await this.input.tree.seek(from)
      for (const [i, entry] of entries.entries()) await this.scanEntry(from + i, entry, file, start)
    }
  }

  private async scanEntry(index: number, entry: Uint8Array, file: string, start: number): Promise<void> {
    const { failures, tree, sha256 } = this.input
    if (!tree.fits(index, leafHash(entry, sha256))) failures.add("entry_mismatch", { record: index, file })
    if (index < start) return
    this.scanned += 1
    // A line before this one stands in a bundle that could not be read.
    while (this.line !== null && this.line.index < index) await this.checkNext()
    const isHere = this.line?.index === index
    if (isHere && !equalBytes((this.line as Line).bytes, entry))
      failures.add("entry_mismatch", { record: index, file })
    if (isHere) await this.checkNext()
    this.readEntry(index, entry, isHere)
  }

  private readEntry(index: number, entry: Uint8Array, isHere: boolean): void {
    const { failures, filter } = this.input
    const decoded = decodeLeaf(entry)
    if (isMalformed(decoded)) {
      failures.add("record_malformed", { record: index, detail: decoded.malformed })
      return
    }
    if (!("leaf" in decoded)) {
      if (!isHere) this.countUnknown(index, `v${decoded.unknownVersion.v}`)
      return
    }
    const { leaf } = decoded
    const [missing] = isHere ? [] : this.wanted.threadsOf(leaf)
    if (missing !== undefined) failures.add("thread_record_missing", { record: index, detail: missing[0] })
    checkRotationRecord(leaf, this.input.rotations, failures)
    if (filter.index?.record !== index || leaf.type !== "index.sealed@1") return
    this.isIndexSeen = leaf.body.size === filter.index.size && leaf.body.root === filter.index.root
  }

  private countUnknown(index: number, kind: string): void {
    this.unknown.count += 1
    this.unknown.first ??= index
    if (this.unknown.kinds.length < 20 && !this.unknown.kinds.includes(kind)) this.unknown.kinds.push(kind)
  }
}
