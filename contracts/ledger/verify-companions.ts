import { CanonicalJsonError, type Json, parseCanonical } from "../canonical-json.ts"
import type { LineReader } from "./bundle.ts"
import type { BundleFiles } from "./bundle-files.ts"
import { checkDisclosure, type Disclosure, saltBytes } from "./commitment.ts"
import type { Leaf } from "./encoding.ts"
import { bundleFiles, recordColumns, recordRow } from "./export.ts"
import type { FailureList } from "./failure.ts"
import type { Sha256 } from "./ports.ts"
import type { LeafScan } from "./scan-leaf.ts"
import { afterRowOf } from "./scan-row.ts"
import { tileWidth } from "./tiles.ts"

/** Files that run beside records.jsonl, in the order of its records, and are read in step with it. */

const maxTableLine = 256 * 1024
const mostGathered = 1024 * 1024
const maxDisclosureLine = 4 * 1024 * 1024
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

export const textOf = (bytes: Uint8Array): string | null => {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

/** records.csv must say of each record what the record says. */
export class RecordTable {
  private readonly lines: LineReader | null
  private readonly failures: FailureList
  private waiting: { index: number; text: string } | null = null
  private started = false
  /** Where the rows begin and end that were gathered. */
  readonly starts = new Int32Array(tileWidth)
  readonly ends = new Int32Array(tileWidth)

  constructor(files: BundleFiles, failures: FailureList) {
    const file = bundleFiles.recordsTable
    this.lines = files.has(file) ? files.lines(file, maxTableLine) : null
    this.failures = failures
  }

  /** The bytes in which the rows of the next block lie, where there is a table and they are at hand. */
  async gather(): Promise<Uint8Array | null> {
    if (this.lines === null || !this.started || this.waiting !== null) return null
    const count = await this.lines.gather(this.starts, this.ends, mostGathered)
    return count === tileWidth ? this.lines.bytes : null
  }

  /** Whether the row that was gathered at this place is the next. */
  isNext(place: number): boolean {
    return this.lines !== null && this.waiting === null && this.lines.start === this.starts[place]
  }

  /** Goes on after the row at this place, which is the next and was found to fit. */
  passGathered(place: number): void {
    if (this.lines === null) return
    this.lines.end = this.ends[place] as number
    this.lines.skip()
  }

  get exists(): boolean {
    return this.lines !== null
  }

  /** Whether there is no table, or its next row is at hand and is the one of the record that was scanned. */
  fits(scan: LeafScan, hash: Uint8Array): boolean {
    if (this.lines === null) return true
    if (!this.started || this.waiting !== null) return false
    const end = afterRowOf(this.lines.bytes, this.lines.start, scan, hash)
    if (end >= 0) this.lines.end = end
    return end >= 0
  }

  /** Goes on after the row that fitted. */
  pass(): void {
    this.lines?.skip()
  }

  async check(leaf: Leaf, hash: string): Promise<void> {
    if (this.lines === null) return
    await this.skipTo(leaf.index)
    if (this.waiting?.index !== leaf.index || this.waiting.text !== recordRow(leaf, hash))
      this.fail(leaf.index)
    if (this.waiting?.index === leaf.index) this.waiting = null
  }

  /** Rows before the record belong to no record; rows of records that this version cannot read are let pass. */
  async skipTo(index: number, understood = true): Promise<void> {
    for (;;) {
      this.waiting ??= await this.row()
      if (this.waiting === null || this.waiting.index > index) return
      if (this.waiting.index === index && understood) return
      if (this.waiting.index < index) this.fail(this.waiting.index)
      this.waiting = null
    }
  }

  private async row(): Promise<{ index: number; text: string } | null> {
    if (!this.started) {
      this.started = true
      const header = await this.lines?.next()
      if (header && textOf(header) !== recordColumns.join()) this.fail(undefined)
    }
    const line = await this.lines?.next()
    if (!line) return null
    const text = textOf(line) ?? ""
    const index = /^[0-9]{1,16},/.test(text) ? Number.parseInt(text, 10) : Number.NaN
    if (Number.isNaN(index)) this.fail(undefined)
    return { index: Number.isNaN(index) ? -1 : index, text }
  }

  async finish(): Promise<void> {
    if (this.lines !== null) await this.skipTo(Number.POSITIVE_INFINITY)
  }

  private fail(record: number | undefined): void {
    const file = bundleFiles.recordsTable
    this.failures.add("csv_mismatch", record === undefined || record < 0 ? { file } : { file, record })
  }
}

/** An opened value with the canonical text of `[path, value]`, which is what was committed to. */
export type ReadDisclosure = Disclosure & { readonly text: string }

const saltForm = new RegExp(`^[0-9a-f]{${2 * saltBytes}}$`)

/** One line of disclosures.jsonl, canonical JSON with exactly the members of a disclosure, or why it is none. */
export function parseDisclosure(line: Uint8Array): ReadDisclosure | string {
  const text = textOf(line)
  if (text === null) return "not UTF-8"
  try {
    const made = parseCanonical(text)
    if (!isDisclosure(made)) return "not index, path, salt and value"
    const { index, path, salt } = made
    const beforeValue = `{"index":${index},"path":${JSON.stringify(path)},"salt":"${salt}","value":`
    return { ...made, text: `[${JSON.stringify(path)},${text.slice(beforeValue.length, -1)}]` }
  } catch (error) {
    if (error instanceof CanonicalJsonError) return error.message
    throw error
  }
}

function isDisclosure(made: unknown): made is Disclosure {
  if (typeof made !== "object" || made === null || Object.keys(made).join() !== "index,path,salt,value")
    return false
  const { index, path, salt } = made as Disclosure
  return (
    typeof index === "number" &&
    index >= 0 &&
    typeof path === "string" &&
    path.length <= 200 &&
    typeof salt === "string" &&
    saltForm.test(salt)
  )
}

/** disclosures.jsonl, sorted by record: each opened value must be the one that its record committed to. */
export class OpenedValues {
  private readonly lines: LineReader | null
  private readonly failures: FailureList
  private readonly sha256: Sha256
  private waiting: ReadDisclosure | null = null
  private ended: boolean
  checked = 0

  constructor(files: BundleFiles, failures: FailureList, sha256: Sha256) {
    const file = bundleFiles.disclosures
    this.lines = files.has(file) ? files.lines(file, maxDisclosureLine) : null
    this.ended = this.lines === null
    this.failures = failures
    this.sha256 = sha256
  }

  /** Whether it is already known that no value of this record or one before it follows. */
  hasNoneFor(index: number): boolean {
    return this.waiting === null ? this.ended : this.waiting.index > index
  }

  /** The record's opened values that fit, by path ("/body/amount"). */
  async of(leaf: Leaf): Promise<ReadonlyMap<string, Json>> {
    const values = new Map<string, Json>()
    await this.skipTo(leaf.index)
    while (this.waiting?.index === leaf.index) {
      const { path, value, text } = this.waiting
      const verdict = checkDisclosure(this.waiting, leaf, this.sha256, text)
      if (verdict === "fits") values.set(path, value)
      else this.fail("disclosure_wrong", leaf.index, path)
      this.checked += 1
      this.waiting = await this.read()
    }
    return values
  }

  /** Opened values before the record belong to none, except to one whose version is `notUnderstood`. */
  async skipTo(index: number, notUnderstood: number | null = null): Promise<void> {
    this.waiting ??= await this.read()
    while (this.waiting !== null && this.waiting.index < index) {
      if (this.waiting.index !== notUnderstood)
        this.fail("disclosure_stray", this.waiting.index, this.waiting.path)
      this.waiting = await this.read()
    }
  }

  private async read(): Promise<ReadDisclosure | null> {
    for (;;) {
      const line = await this.lines?.next()
      if (!line) {
        this.ended = true
        return null
      }
      const disclosure = parseDisclosure(line)
      if (typeof disclosure !== "string") return disclosure
      this.fail("disclosure_malformed", undefined, disclosure)
    }
  }

  finish(): Promise<void> {
    return this.skipTo(Number.POSITIVE_INFINITY)
  }

  private fail(
    code: "disclosure_wrong" | "disclosure_stray" | "disclosure_malformed",
    record: number | undefined,
    detail: string,
  ): void {
    const file = bundleFiles.disclosures
    this.failures.add(code, record === undefined ? { file, detail } : { file, record, detail })
  }
}
