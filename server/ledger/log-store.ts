import type { Sql } from "postgres"
import type { HashReader } from "#contracts/ledger/merkle.ts"
import { tileHashReader } from "#contracts/ledger/tiles.ts"
import { nodeCrypto } from "./node-crypto.ts"
import { readHead, readLeaves, readLeavesAt, readLog, readTile } from "./seal-store.ts"
import { tileReader } from "./tree.ts"

export type { PublishedHead, StoredLeaf } from "./seal-store.ts"
export { readHead, readLeaves, readLeavesAt, readLog, readTile }

/** Node hashes of the published tree of this size, for proofs. */
export const hashReaderOf = (sql: Sql, size: number): HashReader =>
  tileHashReader(
    size,
    tileReader((level, index) => readTile(sql, level, index)),
    nodeCrypto.sha256,
  )

/** Where a fact lies in the log: its index, or whether it still waits; null when there is no such fact. */
export async function findFact(
  sql: Sql,
  subject: string,
  version: number,
): Promise<{ index: number } | { waiting: true } | null> {
  // One statement and so one snapshot: in it a fact is sealed or waits. Between two it could be missed by both.
  const [found] = await sql<{ index: number | null; waits: boolean | null }[]>`
    select f.index, case when f.index is null
        then exists (select from pending_facts where subject = ${subject} and version = ${version}) end as waits
      from (select (select index::float8 from sealed_facts
        where subject = ${subject} and version = ${version}) as index) f`
  if (found && found.index !== null) return { index: found.index }
  return found?.waits ? { waiting: true } : null
}

/** How far sealing is behind: facts that wait (counted up to 10,000) and the decision time of the first of them. */
export async function readSealingLag(sql: Sql): Promise<{ waiting: number; since: string | null }> {
  const [row] = await sql<{ waiting: number; since: string | null }[]>`
    select (select count(*) from (select 1 from pending_facts limit 10000) w)::int as waiting,
      (select fact::json->>'occurredAt' from pending_facts
        where batch = (select min(id) from pending_batches) order by id limit 1) as since`
  return row ?? { waiting: 0, since: null }
}

/** The records of a thread in order, a page at a time: positions after the n-th. */
export async function readThread(
  sql: Sql,
  key: string,
  afterN: number,
  limit: number,
): Promise<{ n: number; index: number }[]> {
  return sql<{ n: number; index: number }[]>`
    select n, index::float8 as index from thread_entries
    where key = ${key} and n > ${afterN} order by n limit ${limit}`
}
