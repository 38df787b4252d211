import type { Sql } from "postgres"
import { must } from "#contracts/assert.ts"
import type { Id } from "#contracts/ids.ts"
import { bundleFiles, type Filter } from "#contracts/ledger/export.ts"
import { bucketOfText, formatMapBucket, type MapEntry } from "#contracts/ledger/thread-map.ts"
import { type Tile, tilePath, tilesOfRange, tileWidth } from "#contracts/ledger/tiles.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import type { ExportSubject } from "#contracts/supervision.ts"
import type { KeyRing } from "../../commit/key-ring.ts"
import { readDisclosuresOfRecords } from "../disclosure-store.ts"
import { buildMap } from "../index/build.ts"
import { readBuckets } from "../index/store.ts"
import { nodeCrypto } from "../node-crypto.ts"
import { BookWriter } from "./book.ts"
import type { BundleFolder } from "./bundle-folder.ts"
import { writeEntriesOf } from "./entries.ts"
import { writeHashTiles } from "./hash-tiles.ts"
import { type RecordsInput, writeChosen } from "./records.ts"
import { keysOfSubject, positionsOf, sealedIndexOf, wantedKeys } from "./threads.ts"

export type FilteredInput = {
  readonly sql: Sql
  readonly keys: KeyRing
  readonly bundle: BundleFolder
  readonly subject: ExportSubject
  /** The party whose right to read the values goes by; null for supervision and the operator. */
  readonly reader: Id<"party"> | null
  /** Whether its reader gets the book of these records too. */
  readonly book: boolean
  readonly within: RecordsInput["within"]
  readonly size: number
  readonly progress: (done: number, total: number) => Promise<void>
}

const { sha256 } = nodeCrypto

/**
 * Writes all records of some threads, what proves each, and what proves that there are no others: the sealed index's
 * lines, and every entry of the log from where the index ends. Refuses `not_found`.
 */
export async function writeFiltered(input: FilteredInput): Promise<Filter | Refusal> {
  const { sql, keys, subject, size } = input
  const roots = await keysOfSubject(sql, keys, subject)
  if (roots === null) return refuse("not_found")
  const index = await sealedIndexOf(sql, size)
  const wanted = await wantedKeys(sql, roots, size)
  const positions = await positionsOf(sql, wanted, size)
  await writeHashTiles(sql, input.bundle, tilesAbove(positions, index?.size ?? 0, size))
  await writeEntriesOf({ sql, bundle: input.bundle, size }, index?.size ?? 0)
  await writeThreadRecords(input, positions)
  if (index !== null) await writeCounts(input, wanted, index)
  return { kind: subject.kind, keys: roots, index }
}

/** The tiles above each record and above the tail; neighbours share most of theirs. */
function* tilesAbove(positions: readonly number[], tail: number, size: number): Generator<Tile> {
  const given = new Set<string>()
  function* once(from: number, to: number): Generator<Tile> {
    for (const tile of tilesOfRange(from, to, size)) {
      if (given.has(tilePath(tile))) continue
      given.add(tilePath(tile))
      yield tile
    }
  }
  let block = -1
  for (const position of positions) {
    if (Math.floor(position / tileWidth) === block) continue
    block = Math.floor(position / tileWidth)
    yield* once(position, position + 1)
  }
  yield* once(tail, size)
}

async function writeThreadRecords(input: FilteredInput, positions: number[]): Promise<void> {
  const { sql, keys, bundle, reader, within, size } = input
  const book = input.book ? await BookWriter.begin(sql, bundle) : null
  try {
    await writeChosen(
      {
        sql,
        keys,
        bundle,
        book,
        size,
        within,
        progress: (done) => input.progress(done, positions.length),
        disclosuresOf: (indexes) => readDisclosuresOfRecords(sql, indexes, reader),
      },
      positions,
    )
    await book?.end()
  } catch (error) {
    await book?.abandon()
    throw error
  }
}

/** threads.jsonl: the bucket of each wanted key with its proof. The map is read twice, so that it is never in memory. */
async function writeCounts(
  { sql, bundle }: FilteredInput,
  wanted: readonly string[],
  index: NonNullable<Filter["index"]>,
): Promise<void> {
  const { head, tree } = await buildMap(sql, index.size)
  if (head.root !== index.root)
    throw new Error(
      `the threads before record ${index.size} are not those of the index sealed in ${index.record}`,
    )
  const buckets = [...new Set(wanted.map((key) => bucketOfText(key, sha256)))].sort((a, b) => a - b)
  const file = await bundle.begin(bundleFiles.threads)
  try {
    let next = 0
    const write = (bucket: number, entries: readonly MapEntry[]) =>
      file.write(`${formatMapBucket({ bucket, entries, proof: tree.proof(bucket) })}\n`)
    for await (const { bucket, entries } of readBuckets(sql, index.size)) {
      for (; next < buckets.length && must(buckets[next], "a bucket") < bucket; next++)
        await write(must(buckets[next], "a bucket"), [])
      if (buckets[next] === bucket) {
        await write(bucket, entries)
        next += 1
      }
    }
    for (; next < buckets.length; next++) await write(must(buckets[next], "a bucket"), [])
    await file.end()
  } catch (error) {
    await file.abandon()
    throw error
  }
}
