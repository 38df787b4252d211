import type { Sql } from "postgres"
import type { FactRef } from "./opening-rules.ts"

export type SealedRow = FactRef & { readonly index: number; readonly leaf: Uint8Array }

const columns = (sql: Sql) => sql`f.index::float8 as index, f.subject, f.version, f.leaf`

/** Signed records before a position, newest first; of subjects with these prefixes, or of all. */
export async function readNewest(
  sql: Sql,
  before: number,
  prefixes: readonly string[] | null,
  limit: number,
): Promise<SealedRow[]> {
  return sql<SealedRow[]>`
    select ${columns(sql)} from sealed_facts f where f.index < ${before}
      ${prefixes ? sql`and left(f.subject, 3) = any(${[...prefixes]})` : sql``}
    order by f.index desc limit ${limit}`
}

/** The records at these positions, in order. */
export async function readRecords(sql: Sql, indices: readonly number[]): Promise<SealedRow[]> {
  return sql<SealedRow[]>`
    select ${columns(sql)} from sealed_facts f where f.index = any(${[...indices]}::bigint[]) order by f.index`
}

/** Every record about these subjects, oldest first. */
export async function readRecordsOfSubjects(
  sql: Sql,
  subjects: readonly string[],
  limit: number,
): Promise<SealedRow[]> {
  return sql<SealedRow[]>`
    select ${columns(sql)} from sealed_facts f where f.subject = any(${[...subjects]})
    order by f.index limit ${limit}`
}

export async function countThread(sql: Sql, key: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select coalesce(max(n), 0)::int as count from thread_entries where key = ${key}`
  return row?.count ?? 0
}

/** When the checkpoint of this size was signed. */
export async function readHeadTime(sql: Sql, size: number): Promise<string | null> {
  const [row] = await sql<{ at: string }[]>`
    select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from checkpoints where size = ${size}`
  return row?.at ?? null
}
