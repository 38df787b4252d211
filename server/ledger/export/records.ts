import type { Sql } from "postgres"
import { toHex } from "#contracts/bytes.ts"
import { canonicalJson } from "#contracts/canonical-json.ts"
import { decodeLeaf, type Leaf } from "#contracts/ledger/encoding.ts"
import { agreementFile, bundleFiles, recordColumns, recordRow } from "#contracts/ledger/export.ts"
import { LeafScan } from "#contracts/ledger/scan-leaf.ts"
import { mostRowBytes, writeRowOf } from "#contracts/ledger/scan-row.ts"
import { encodeEntries, tileOfSize, tilePath, tileWidth } from "#contracts/ledger/tiles.ts"
import type { KeyRing } from "../../commit/key-ring.ts"
import type { IndexedDisclosure } from "../disclosure-store.ts"
import { readLeaves, readLeavesAt, type StoredLeaf } from "../log-store.ts"
import { openDisclosure } from "../open-disclosure.ts"
import type { BookWriter } from "./book.ts"
import type { BundleFile, BundleFolder } from "./bundle-folder.ts"
import type { LogRange } from "./range.ts"
import { readAgreements } from "./store.ts"

export type RecordsInput = {
  readonly sql: Sql
  readonly keys: KeyRing
  readonly bundle: BundleFolder
  /** Null where its reader may not see it. */
  readonly book: BookWriter | null
  /** Of the tree: the last entry bundle holds all of its records, also those after the range. */
  readonly size: number
  /** Told how many records have been written. */
  readonly progress: (done: number) => Promise<void>
  /** Of these ids of things, those whose values and agreements the reader may have. */
  readonly within: (ids: readonly string[]) => Promise<(id: string) => boolean>
  /** The encrypted openings of these records that the bundle's reader may have, in the order of the records. */
  readonly disclosuresOf: (indexes: readonly number[]) => Promise<IndexedDisclosure[]>
}

/** Four entry bundles: a megabyte or so, at most 32. */
const blockRecords = 4 * tileWidth

/** What a block's records are written as, and those of them that name more: a journal or an agreement. */
type WrittenBlock = { readonly lines: Buffer; readonly rows: Buffer; readonly naming: readonly Leaf[] }

type Tables = { records: BundleFile; table: BundleFile; disclosures: BundleFile }

/**
 * One pass over the range, a block in memory: entry bundles, records.jsonl, records.csv, disclosures.jsonl, the
 * certified journals and the agreements that the records name.
 */
export async function writeRecords(input: RecordsInput, range: LogRange): Promise<void> {
  const { size } = input
  const written = new Set<string>()
  await withTables(input, async (tables) => {
    const first = range.from - (range.from % tileWidth)
    // No bundle that the range does not touch, but each one whole.
    const endOf = (start: number): number =>
      Math.min(start + blockRecords, Math.ceil(range.to / tileWidth) * tileWidth, size)
    // The database looks for the next block while this one is written.
    let next = first < range.to ? readLeaves(input.sql, first, endOf(first)) : null
    for (let start = first; start < range.to && next !== null; start += blockRecords) {
      const end = endOf(start)
      const stored = await next
      next = end < range.to ? ahead(readLeaves(input.sql, end, endOf(end))) : null
      await writeEntries(input, stored, start)
      const inside = stored.filter(({ index }) => index >= range.from && index < range.to)
      await writeBlock(input, tables, inside, written)
      await input.progress(Math.min(end, range.to) - range.from)
    }
  })
}

/** Asked for before it is needed: that it failed is told to whoever waits for it. */
function ahead<T>(answer: Promise<T>): Promise<T> {
  answer.catch(() => undefined)
  return answer
}

/** The same for single records, in their order, without entry bundles. */
export async function writeChosen(input: RecordsInput, positions: readonly number[]): Promise<void> {
  const written = new Set<string>()
  await withTables(input, async (tables) => {
    for (let i = 0; i < positions.length; i += blockRecords) {
      const block = positions.slice(i, i + blockRecords)
      await writeBlock(input, tables, await readLeavesAt(input.sql, block), written)
      await input.progress(i + block.length)
    }
  })
}

/** The entry bundles from the one that holds the record `from` to the end of the log. */
export async function writeEntriesOf(
  input: Pick<RecordsInput, "sql" | "bundle" | "size">,
  from: number,
): Promise<void> {
  for (let start = from - (from % tileWidth); start < input.size; start += blockRecords)
    await writeEntries(
      input,
      await readLeaves(input.sql, start, Math.min(start + blockRecords, input.size)),
      start,
    )
}

async function withTables({ bundle }: RecordsInput, write: (tables: Tables) => Promise<void>): Promise<void> {
  const tables: Tables = {
    records: await bundle.begin(bundleFiles.records),
    table: await bundle.begin(bundleFiles.recordsTable),
    disclosures: await bundle.begin(bundleFiles.disclosures),
  }
  const files = Object.values(tables)
  try {
    await tables.table.write(`${recordColumns.join()}\n`)
    await write(tables)
    for (const file of files) await file.end()
  } catch (error) {
    for (const file of files) await file.abandon()
    throw error
  }
}

async function writeEntries(
  { bundle, size }: Pick<RecordsInput, "bundle" | "size">,
  stored: StoredLeaf[],
  start: number,
): Promise<void> {
  for (let i = 0; i < stored.length; i += tileWidth) {
    const tile = tileOfSize("entries", (start + i) / tileWidth, size)
    const leaves = stored.slice(i, i + tileWidth).map(({ leaf }) => leaf)
    if (tile !== null && tile.width === leaves.length)
      await bundle.write(tilePath(tile), encodeEntries(leaves))
  }
}

async function writeBlock(
  input: RecordsInput,
  { records, table, disclosures }: Tables,
  stored: readonly StoredLeaf[],
  writtenAgreements: Set<string>,
): Promise<void> {
  const { lines, rows, naming } = renderBlock(stored)
  await records.write(lines)
  await table.write(rows)
  await writeDisclosures(input, disclosures, stored)
  await input.book?.addCertified(naming)
  await writeAgreements(input, naming, writtenAgreements)
}

/** Nearly all rows are made from the bytes of their leaves, without making anything else of these. */
function renderBlock(stored: readonly StoredLeaf[]): WrittenBlock {
  const lineBytes = stored.reduce((sum, { leaf }) => sum + leaf.length + 1, 0)
  const lines = Buffer.allocUnsafe(lineBytes)
  let rows = Buffer.allocUnsafe(stored.reduce((sum, { leaf }) => sum + mostRowBytes(leaf.length), 0))
  const naming: Leaf[] = []
  let scan: LeafScan | null = null
  let [line, row] = [0, 0]
  for (const { index, leaf: bytes, hash } of stored) {
    lines.set(bytes, line)
    line += bytes.length
    lines[line++] = 0x0a
    const isQuick = scan?.scan(bytes, 0, bytes.length) === true
    if (scan !== null && isQuick) row = writeRowOf(rows, row, scan, hash)
    if (isQuick && !scan?.bodyScan?.members.some(({ name }) => namingMembers.includes(name))) continue
    const leaf = readLeaf(index, bytes)
    scan ??= new LeafScan(leaf.log)
    naming.push(leaf)
    if (isQuick) continue
    const text = Buffer.from(`${recordRow(leaf, toHex(hash))}\n`)
    // What is escaped in a leaf can be longer in a row than it was.
    if (row + text.length > rows.length) rows = Buffer.concat([rows], 2 * rows.length + text.length)
    rows.set(text, row)
    row += text.length
  }
  return { lines, rows: rows.subarray(0, row), naming }
}

const namingMembers = ["journalHash", "agreementHash"]

function readLeaf(index: number, bytes: Uint8Array): Leaf {
  const decoded = decodeLeaf(bytes)
  if (!("leaf" in decoded)) throw new Error(`record ${index} cannot be read`)
  return decoded.leaf
}

async function writeDisclosures(
  { keys, within, disclosuresOf }: RecordsInput,
  file: BundleFile,
  stored: readonly StoredLeaf[],
): Promise<void> {
  if (stored.length === 0) return
  const found = await disclosuresOf(stored.map(({ index }) => index))
  const may = await within(found.map(({ subject }) => subject))
  const rows = found.filter(({ subject }) => may(subject))
  await keys.load(rows.map(({ owner }) => owner))
  const opened = rows.flatMap((row) =>
    openDisclosure(row, keys.of(row.owner)).map(([path, salt, value]) => ({
      index: row.index,
      path,
      salt,
      value,
    })),
  )
  opened.sort((a, b) => a.index - b.index || (a.path < b.path ? -1 : 1))
  for (const disclosure of opened) await file.write(`${canonicalJson(disclosure)}\n`)
}

async function writeAgreements(
  { sql, bundle, within }: RecordsInput,
  leaves: readonly Leaf[],
  written: Set<string>,
): Promise<void> {
  const named = leaves.flatMap(({ body }) =>
    typeof body.agreementHash === "string" && !written.has(body.agreementHash) ? [body.agreementHash] : [],
  )
  if (named.length === 0) return
  const agreements = await readAgreements(sql, [...new Set(named)])
  const may = await within(agreements.map(({ trade }) => trade))
  for (const { hash, text, trade } of agreements) {
    if (!may(trade)) continue
    await bundle.write(agreementFile(hash), text)
    written.add(hash)
  }
}
