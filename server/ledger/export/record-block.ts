import type { PendingQuery, Row, Sql } from "postgres"
import { must } from "#contracts/assert.ts"
import { tileWidth } from "#contracts/ledger/tiles.ts"
import type { LogRange } from "./range.ts"

/** Records as they are stored, side by side: each leaf with a line feed after it, and the hash of each. */
export type RecordBlock = {
  readonly indexes: readonly number[]
  readonly lines: Buffer
  /** Where each line begins, and last where all end. */
  readonly starts: Int32Array
  /** Lower-case hex, 64 characters a record. */
  readonly hashes: Buffer
}

/** Four entry bundles: a megabyte or so, at most 32. */
export const blockRecords = 4 * tileWidth

const lineFeed = 0x0a

/** Enough that the database always has one to gather, and one to send. */
const blocksAhead = 3

/**
 * The blocks that hold the positions from (included) to `to` (not included). The database gathers the next ones
 * while one is worked on.
 */
export async function* readBlocks(sql: Sql, from: number, to: number): AsyncGenerator<RecordBlock> {
  const read = (start: number): Promise<RecordBlock> => {
    const end = Math.min(start + blockRecords, to)
    return readBlock(
      sql`index >= ${start} and index < ${end}`,
      Array.from({ length: end - start }, (_, i) => start + i),
      sql,
    )
  }
  const coming: Promise<RecordBlock>[] = []
  let start = from
  for (;;) {
    for (; start < to && coming.length < blocksAhead; start += blockRecords) coming.push(ahead(read(start)))
    const next = coming.shift()
    if (next === undefined) return
    yield await next
  }
}

/** The same for single records, in their order. */
export async function* readChosenBlocks(sql: Sql, positions: readonly number[]): AsyncGenerator<RecordBlock> {
  for (let i = 0; i < positions.length; i += blockRecords) {
    const indexes = positions.slice(i, i + blockRecords)
    yield await readBlock(sql`index = any(${indexes}::bigint[])`, indexes, sql)
  }
}

/** Begun before it is needed: that it failed is told to whoever waits for it. */
export function ahead<T>(answer: Promise<T>): Promise<T> {
  answer.catch(() => undefined)
  return answer
}

/** Those of its records that lie in the range. */
export function partOf(block: RecordBlock, { from, to }: LogRange): RecordBlock {
  const { indexes, lines, starts, hashes } = block
  const count = indexes.length
  const first = indexes.findIndex((index) => index >= from)
  const last = indexes.findLastIndex((index) => index < to) + 1
  if (first === 0 && last === count) return block
  const begin = starts[first] as number
  return {
    indexes: indexes.slice(first, last),
    lines: lines.subarray(begin, starts[last]),
    starts: starts.slice(first, last + 1).map((start) => start - begin),
    hashes: hashes.subarray(64 * first, 64 * last),
  }
}

/** One row however many records there are: the driver's work is for the rows, and for bytes there is hardly any. */
async function readBlock(
  where: PendingQuery<Row[]>,
  indexes: readonly number[],
  sql: Sql,
): Promise<RecordBlock> {
  const [row] = await sql`
    select convert_from(string_agg(leaf, '\\x0a'::bytea order by index), 'UTF8') || chr(10) as lines,
      encode(string_agg(hash, ''::bytea order by index), 'hex') as hashes
    from sealed_facts where ${where}`.raw()
  const [lines, hashes] = must(row, "a row") as unknown as [Buffer | null, Buffer | null]
  const starts = new Int32Array(indexes.length + 1)
  let [count, end] = [0, 0]
  // No leaf holds a line feed: one that did would make another number of lines.
  for (; lines !== null && end < lines.length && count < indexes.length; count++) {
    end = lines.indexOf(lineFeed, end) + 1
    starts[count + 1] = end
  }
  if (lines === null || hashes === null || count < indexes.length || end !== lines.length)
    throw new Error(`not all records from ${indexes[0]} to ${indexes.at(-1)} can be read`)
  return { indexes, lines, starts, hashes }
}
