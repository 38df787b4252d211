import { toHex } from "../bytes.ts"
import { type LineReader, VerificationStop } from "./bundle.ts"
import type { BundleFiles } from "./bundle-files.ts"
import { decodeLeaf, type Leaf, leafHash } from "./encoding.ts"
import type { ErasedReport } from "./erased-values.ts"
import { bundleFiles } from "./export.ts"
import { type FactBody, isFactType } from "./fact.ts"
import { type KnownFact, problemOfBody } from "./fact-body.ts"
import type { FailureList } from "./failure.ts"
import { KeyTable } from "./key-table.ts"
import type { HashLanes } from "./lanes/hash-lanes.ts"
import { isMalformed } from "./malformed.ts"
import type { Sha256 } from "./ports.ts"
import { Replay } from "./replay.ts"
import type { Rotation } from "./rotation.ts"
import { tileWidth } from "./tiles.ts"
import { BookReader } from "./verify-book.ts"
import { ChainAudit } from "./verify-chain.ts"
import { OpenedValues, RecordTable } from "./verify-companions.ts"
import { EntryAudit } from "./verify-entries.ts"
import { MapAudit } from "./verify-map.ts"
import { QuickPass } from "./verify-quick.ts"
import { checkRotationRecord } from "./verify-rotations.ts"
import type { TreeAudit } from "./verify-tree.ts"

/** Fewer bytes than any record has; a range that cannot fit into its file is not walked through. */
const minLeafBytes = 200

/** Missing records that are passed one by one; a log with more holes is not walked through to its end. */
const maxMissing = 65_536

export type RecordsInput = {
  readonly files: BundleFiles
  readonly failures: FailureList
  readonly sha256: Sha256
  readonly lanes: HashLanes | null
  readonly tree: TreeAudit
  readonly log: string
  /** The signed root. */
  readonly root: Uint8Array
  readonly size: number
  readonly from: number
  readonly to: number
  /** The changes of the log's key that the bundle proves. */
  readonly rotations: readonly Rotation[]
}

/** A leaf that is too long is still named, as far as an entry of a tile can be told of (65,535 bytes). */
const maxRecordLine = 64 * 1024

/** Records whose version or type this verifier does not know: intact as bytes, not understood. */
export type UnknownRecords = { count: number; first: number | null; kinds: string[] }

export type RecordsSummary = {
  readonly records: number
  readonly disclosures: number
  readonly journals: number
  readonly trades: number
  /** Maps of all threads that were built again and compared. */
  readonly maps: number
  readonly unknown: UnknownRecords
  readonly erased: ErasedReport
}

/** Reads records.jsonl once, and what runs beside it, and checks each record in every way. */
export class RecordsAudit {
  private readonly input: RecordsInput
  private readonly keys: KeyTable
  private readonly chain: ChainAudit
  private readonly entries: EntryAudit
  private readonly table: RecordTable
  private readonly opened: OpenedValues
  private readonly book: BookReader
  private readonly replay: Replay
  private readonly map: MapAudit
  private readonly unknown: UnknownRecords = { count: 0, first: null, kinds: [] }
  private readonly lines: LineReader
  private readonly quick: QuickPass
  /** A line that was looked at before its turn. */
  private ahead: Uint8Array | null = null
  /** Whether a line is being looked at, which must stay in memory as it is. */
  private isInHand = false
  private expected: number
  private records = 0
  private missing = 0

  constructor(input: RecordsInput) {
    const { files, failures, sha256, lanes, tree, log, size, from } = input
    this.input = input
    this.keys = new KeyTable(input.root)
    this.chain = new ChainAudit(failures, this.keys, log, from)
    this.entries = new EntryAudit(files, failures, sha256, size)
    this.table = new RecordTable(files, failures)
    this.opened = new OpenedValues(files, failures, sha256)
    this.book = new BookReader(files, failures)
    this.replay = new Replay(failures, this.keys, from)
    this.map = new MapAudit(failures, this.keys, sha256, from)
    this.lines = files.lines(bundleFiles.records, maxRecordLine, true)
    const { keys, chain, entries, table, opened, book, replay, lines } = this
    this.quick = new QuickPass(
      { files, keys, chain, entries, table, opened, book, replay, lines, tree, sha256, lanes },
      log,
    )
    this.expected = from
  }

  async run(): Promise<RecordsSummary> {
    const { files, tree, from, to } = this.input
    const file = bundleFiles.records
    if ((to - from) * minLeafBytes > files.bytesOf(file))
      throw new VerificationStop("manifest_disagrees", {
        file,
        detail: `${to - from} records`,
      })
    await this.startBlock()
    await this.checkAll()
    if (this.lines.unterminated)
      this.input.failures.add("record_malformed", {
        record: this.expected - 1,
        file,
        detail: "no final newline",
      })
    await this.passMissing(to)
    if (to > from && to % tileWidth !== 0) await this.endBlock(to - 1)
    tree.finish()
    await this.table.finish()
    await this.opened.finish()
    await this.book.finish()
    return {
      records: this.records,
      disclosures: this.opened.checked,
      journals: this.book.journals,
      trades: this.replay.trades,
      maps: this.map.checked,
      unknown: this.unknown,
      erased: this.replay.erased.report(),
    }
  }

  private async checkAll(): Promise<void> {
    for (;;) {
      if (this.ahead === null && this.expected < this.input.to && this.quick.pass(this.expected)) {
        this.records += 1
        if (this.goOn()) await this.turnBlock()
        continue
      }
      const line = await this.take()
      if (line === null) return
      await this.check(line)
    }
  }

  private async take(): Promise<Uint8Array | null> {
    const line = this.ahead ?? (await this.lines.next())
    this.ahead = null
    return line
  }

  private async startBlock(): Promise<void> {
    const { expected, ahead } = this
    const { to, tree } = this.input
    if (expected >= to) return
    await tree.load(expected)
    await this.book.gather(expected + tileWidth - (expected % tileWidth))
    if (!this.isInHand && ahead === null && expected % tileWidth === 0 && expected + tileWidth <= to)
      await this.quick.prepare(expected)
  }

  private endBlock(record: number): Promise<void> {
    const { from, to, tree } = this.input
    return this.entries.flush(record, from, to, (index) => tree.hashAt(index))
  }

  /** Goes on to the next position; `hash` is what the record after must name. */
  private async advance(hash: Uint8Array | null): Promise<void> {
    this.chain.follow(hash)
    if (this.goOn()) await this.turnBlock()
  }

  /** True when a block of records has ended. */
  private goOn(): boolean {
    this.expected += 1
    return this.expected % tileWidth === 0
  }

  private async turnBlock(): Promise<void> {
    await this.endBlock(this.expected - 1)
    await this.startBlock()
  }

  private async passMissing(until: number): Promise<void> {
    this.missing += until - this.expected
    if (this.missing > maxMissing)
      throw new VerificationStop("record_missing", { record: this.expected, detail: `${until}` })
    while (this.expected < until) {
      this.input.failures.add("record_missing", { record: this.expected, detail: `${until}` })
      this.input.tree.add(this.expected, null)
      await this.passNotUnderstood(this.expected, null)
      await this.advance(this.input.tree.hashAt(this.expected))
    }
  }

  /** The line's place, or null when it has none: a record that stands twice, too late, or beyond the range. */
  private async placeOf(said: number | undefined): Promise<number | null> {
    const { failures, to } = this.input
    if (this.expected >= to) {
      failures.add("record_beyond_range", { record: said ?? this.expected, detail: `${to}` })
      return null
    }
    if (said === undefined || said === this.expected) return this.expected
    if (await this.nextFollows()) {
      failures.add("record_index_wrong", { record: this.expected, detail: `${said}` })
      return this.expected
    }
    if (said >= to) failures.add("record_beyond_range", { record: said, detail: `${to}` })
    else if (said < this.expected)
      failures.add("record_out_of_order", { record: said, detail: `${this.expected}` })
    else {
      await this.passMissing(said)
      return said
    }
    return null
  }

  /** Whether the line after this one goes on as if this one were the expected record. */
  private async nextFollows(): Promise<boolean> {
    this.ahead ??= await this.lines.next()
    const next = this.ahead === null ? null : decodeLeaf(this.ahead)
    if (next === null || isMalformed(next)) return false
    return ("leaf" in next ? next.leaf.index : next.unknownVersion.index) === this.expected + 1
  }

  private async check(line: Uint8Array): Promise<void> {
    const { failures, sha256, tree } = this.input
    this.isInHand = true
    const decoded = decodeLeaf(line)
    const record = isMalformed(decoded) ? null : "leaf" in decoded ? decoded.leaf : decoded.unknownVersion
    const index = await this.placeOf(record?.index)
    if (index === null) {
      this.isInHand = false
      return
    }
    this.records += 1
    const hash = leafHash(line, sha256)
    if (isMalformed(decoded)) failures.add("record_malformed", { record: index, detail: decoded.malformed })
    if (record !== null) this.chain.checkEnvelope(record)
    const inTree = tree.add(index, hash)
    if (!inTree) failures.add("not_in_tree", { record: index })
    this.entries.add(index, line, 0, line.length)
    if (isMalformed(decoded) || record?.index !== index) await this.passNotUnderstood(index, null)
    else if ("leaf" in decoded) await this.checkLeaf(decoded.leaf, toHex(hash))
    else {
      this.countUnknown(index, `v${decoded.unknownVersion.v}`)
      await this.passNotUnderstood(index, null)
    }
    this.isInHand = false
    await this.advance(inTree ? hash : tree.hashAt(index))
  }

  private async checkLeaf(leaf: Leaf, hash: string): Promise<void> {
    this.chain.checkLeaf(leaf)
    await this.table.check(leaf, hash)
    const values = await this.opened.of(leaf)
    const { index, type, body } = leaf
    const known = isFactType(type)
    const problem = known ? problemOfBody(type, body) : null
    if (type === "index.sealed@1" && problem === null)
      this.map.check(index, body as FactBody<"index.sealed@1">)
    checkRotationRecord(leaf, this.input.rotations, this.input.failures)
    if (known && problem === null)
      return this.replay.step(leaf, { type, body } as KnownFact, values, await this.book.journalOf(leaf))
    if (problem !== null) this.input.failures.add("body_malformed", { record: index, detail: problem })
    else this.countUnknown(index, type)
    await this.passNotUnderstood(index, leaf)
  }

  /**
   * A record that is missing, damaged, or of a version or type not known here: what it concerns may have changed,
   * so that the state after it is assumed, and what belongs to it in the files beside is let pass.
   */
  private async passNotUnderstood(index: number, leaf: Leaf | null): Promise<void> {
    this.replay.forget(leaf === null ? null : leaf.threads.map(([key]) => key))
    await this.book.pass(index)
    if (leaf !== null) return
    this.map.forget()
    this.chain.forget()
    this.keys.clear()
    await this.table.skipTo(index, false)
    await this.opened.skipTo(index + 1, index)
  }

  private countUnknown(index: number, kind: string): void {
    this.unknown.count += 1
    this.unknown.first ??= index
    if (this.unknown.kinds.length < 20 && !this.unknown.kinds.includes(kind)) this.unknown.kinds.push(kind)
  }
}
