import type { Sql } from "postgres"
import { toBase64 } from "#contracts/bytes.ts"
import { readPublished } from "../witnesses/store.ts"

/** A signed checkpoint with the witnesses' signatures that came in for it, and when it was signed. */
export type StoredHead = { readonly size: number; readonly note: string; readonly at: string }

const columns = (sql: Sql) => sql`c.size::float8 as size,
  c.note || coalesce((select string_agg(s.line, '' order by s.created_at, s.key_id)
    from cosignatures s where s.size = c.size), '') as note,
  to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`

/** Published checkpoints of a size below this, the largest first. */
export async function readHeadsBefore(sql: Sql, before: number, limit: number): Promise<StoredHead[]> {
  const last = (await readPublished(sql))?.size ?? -1
  return sql<StoredHead[]>`
    select ${columns(sql)} from checkpoints c where c.size < ${before} and c.size <= ${last}
    order by c.size desc limit ${limit}`
}

/** The published checkpoint of exactly this size. */
export async function readHeadOfSize(sql: Sql, size: number): Promise<StoredHead | null> {
  const [head] = await readHeadsBefore(sql, size + 1, 1)
  return head?.size === size ? head : null
}

export const hasCheckpoint = async (sql: Sql, size: number): Promise<boolean> =>
  (await readHeadOfSize(sql, size)) !== null

/** The size of the next published checkpoint, or null at the newest. */
export async function readNextSize(sql: Sql, size: number): Promise<number | null> {
  const last = (await readPublished(sql))?.size ?? -1
  const [row] = await sql<{ size: number }[]>`
    select c.size::float8 as size from checkpoints c where c.size > ${size} and c.size <= ${last}
    order by c.size limit 1`
  return row?.size ?? null
}

/** The size of the published checkpoint with this root, by the third line of its note. */
export async function findCheckpointOfRoot(sql: Sql, root: Uint8Array): Promise<number | null> {
  const [row] = await sql<{ size: number }[]>`
    select c.size::float8 as size from checkpoints c
    where split_part(c.note, chr(10), 3) = ${toBase64(root)} order by c.size limit 1`
  return row !== undefined && (await hasCheckpoint(sql, row.size)) ? row.size : null
}

/** The checkpoint that was the first to cover a record, and when it was signed. */
export type Fixing = { readonly size: number; readonly at: string }

export async function readFixing(sql: Sql, index: number): Promise<Fixing | null> {
  const [row] = await sql<Fixing[]>`
    select c.size::float8 as size, to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from checkpoints c where c.size > ${index} order by c.size limit 1`
  return row ?? null
}
