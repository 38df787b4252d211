import type { Sql } from "postgres"
import { type MapEntry, mapBuckets, type ThreadIndex } from "#contracts/ledger/thread-map.ts"

const keysAtOnce = 5_000

/** The row of the market's one thread index; null before the first `index.sealed`. */
export async function readThreadIndex(sql: Sql): Promise<ThreadIndex | null> {
  const [found] = await sql<{ row: ThreadIndex }[]>`select row from thread_indexes order by id limit 1`
  return found?.row ?? null
}

/** Whether a record other than the index's own lies among those from (included) to `to` (not included). */
export async function hasOtherRecords(sql: Sql, id: string, from: number, to: number): Promise<boolean> {
  const [own] = await sql<{ n: number }[]>`
    select count(*)::int as n from thread_entries where key = ${id} and index >= ${from} and index < ${to}`
  return to - from > (own?.n ?? 0)
}

export type FoundBucket = { readonly bucket: number; readonly entries: readonly MapEntry[] }

/**
 * The buckets of the map over the first `size` records that have keys, in order; a bucket and a page of keys in
 * memory. PostgreSQL reads all thread entries and sorts the keys, which is
 * why indexes become rarer as the log grows.
 */
export async function* readBuckets(sql: Sql, size: number): AsyncGenerator<FoundBucket> {
  const pages = sql<{ bucket: number; key: string; n: number; index: number }[]>`
    select get_byte(hash, 0) * 256 + get_byte(hash, 1) as bucket, key, n, index
    from (select key, max(n) as n, max(index)::float8 as index, sha256(convert_to(key, 'UTF8')) as hash
      from thread_entries where index < ${size} group by key) heads
    order by 1`.cursor(keysAtOnce)
  let bucket = mapBuckets
  let entries: MapEntry[] = []
  for await (const page of pages)
    for (const row of page) {
      if (row.bucket !== bucket && entries.length > 0) yield { bucket, entries: entries.sort(byKey) }
      if (row.bucket !== bucket) [bucket, entries] = [row.bucket, []]
      entries.push([row.key, row.n, row.index])
    }
  if (entries.length > 0) yield { bucket, entries: entries.sort(byKey) }
}

const byKey = ([a]: MapEntry, [b]: MapEntry): number => (a < b ? -1 : 1)
