import type { Sql } from "postgres"
import { canonicalJson } from "#contracts/canonical-json.ts"
import { agreementFile, bundleFiles, recordColumns } from "#contracts/ledger/export.ts"
import { tileWidth } from "#contracts/ledger/tiles.ts"
import type { KeyRing } from "../../commit/key-ring.ts"
import type { IndexedDisclosure } from "../disclosure-store.ts"
import { openDisclosure } from "../open-disclosure.ts"
import type { BookWriter, NamingRecord } from "./book.ts"
import type { BundleFile, BundleFolder } from "./bundle-folder.ts"
import { writeEntries } from "./entries.ts"
import type { LogRange } from "./range.ts"
import { ahead, partOf, type RecordBlock, readBlocks, readChosenBlocks } from "./record-block.ts"
import { renderBlock } from "./render-block.ts"
import { Scratch } from "./scratch.ts"
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

type Tables = { records: BundleFile; table: BundleFile; disclosures: BundleFile }

/**
 * One pass over the range, a block in memory: entry bundles, records.jsonl, records.csv, disclosures.jsonl, the
 * certified journals and the agreements that the records name.
 */
export function writeRecords(input: RecordsInput, range: LogRange): Promise<void> {
  const { sql, size } = input
  // No bundle that the range does not touch, but each one whole.
  const first = range.from - (range.from % tileWidth)
  const last = Math.min(Math.ceil(range.to / tileWidth) * tileWidth, size)
  const blocks = range.from < range.to ? readBlocks(sql, first, last) : []
  const scratch = new Scratch()
  return withTables(input, async (write) => {
    for await (const block of blocks) {
      const inside = partOf(block, range)
      await settled([writeEntries(input, block, scratch), write(inside)])
      await input.progress((inside.indexes.at(-1) ?? range.from - 1) + 1 - range.from)
    }
  })
}

/** The same for single records, in their order, without entry bundles. */
export function writeChosen(input: RecordsInput, positions: readonly number[]): Promise<void> {
  return withTables(input, async (write) => {
    let done = 0
    for await (const block of readChosenBlocks(input.sql, positions)) {
      await write(block)
      done += block.indexes.length
      await input.progress(done)
    }
  })
}

/**
 * Gives `write`, which writes a block. What the records name is asked for while the next block is read and rendered,
 * and written in its order.
 */
async function withTables(
  input: RecordsInput,
  work: (write: (block: RecordBlock) => Promise<void>) => Promise<void>,
): Promise<void> {
  const { bundle } = input
  const tables: Tables = {
    records: await bundle.begin(bundleFiles.records),
    table: await bundle.begin(bundleFiles.recordsTable),
    disclosures: await bundle.begin(bundleFiles.disclosures),
  }
  const files = Object.values(tables)
  const written = new Set<string>()
  const scratch = new Scratch()
  let behind: Promise<unknown> = Promise.resolve()
  try {
    await tables.table.write(`${recordColumns.join()}\n`)
    await work(async (block) => {
      const { rows, naming } = renderBlock(block, scratch)
      await Promise.all([tables.records.write(block.lines), tables.table.write(rows), behind])
      behind = ahead(writeNamed(input, tables.disclosures, block.indexes, naming, written))
    })
    await behind
    for (const file of files) await file.end()
  } catch (error) {
    await behind.catch(() => undefined)
    for (const file of files) await file.abandon()
    throw error
  }
}

/** What of the bundle a block's records name. */
function writeNamed(
  input: RecordsInput,
  disclosures: BundleFile,
  indexes: readonly number[],
  naming: readonly NamingRecord[],
  written: Set<string>,
): Promise<unknown> {
  return settled([
    writeDisclosures(input, disclosures, indexes),
    input.book?.addCertified(naming) ?? Promise.resolve(),
    writeAgreements(input, naming, written),
  ])
}

/** All are done, also when one has failed: then nothing writes on into what is given up. */
async function settled(works: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(works)
  await Promise.all(works)
}

async function writeDisclosures(
  { keys, within, disclosuresOf }: RecordsInput,
  file: BundleFile,
  indexes: readonly number[],
): Promise<void> {
  if (indexes.length === 0) return
  const found = await disclosuresOf(indexes)
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
  naming: readonly NamingRecord[],
  written: Set<string>,
): Promise<void> {
  const named = naming.flatMap(({ body }) =>
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
