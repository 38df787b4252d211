import type { Sql } from "postgres"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Time } from "#contracts/time.ts"

/** A record as it stands in the log, or as it waits for its seal (`index` and `sealedAt` null). */
export type StoredRecord = {
  subject: string
  version: number
  index: number | null
  type: string
  occurredAt: Time
  sealedAt: Time | null
  role: string
  body: Record<string, Json>
}

/** As many records as one opening may name (server/ledger/opening-rules.ts). */
export const largestThread = 500

/** What a leaf and a waiting fact have in common. */
type FactText = {
  type: string
  occurredAt: Time
  at?: Time
  actor: { role: string }
  body: Record<string, Json>
}

/** The records of a thread in the order of the log, then those that wait; at most `limit` of each. */
export async function loadThread(sql: Sql, key: string, limit: number): Promise<StoredRecord[]> {
  // One statement and so one snapshot: in it a fact is sealed or waits. Between two it could be missed by both.
  // Pending facts are few and short-lived; their threads are the only place that names all their keys.
  const rows = await sql<{ subject: string; version: number; index: number | null; fact: string }[]>`
    (select f.subject, f.version, f.index::float8 as index, convert_from(f.leaf, 'UTF8') as fact, e.n as place
      from thread_entries e join sealed_facts f on f.index = e.index
      where e.key = ${key} order by e.n limit ${limit})
    union all
    (select subject, version, null, fact, id from pending_facts
      where strpos(fact, ${JSON.stringify(key)}) > 0 and fact::jsonb->'threads' @> to_jsonb(${key}::text)
      order by id limit ${limit})
    order by index nulls last, place`
  return rows.map(({ index, fact, ...row }) => readRecord(row, index, fact))
}

function readRecord(
  { subject, version }: { subject: string; version: number },
  index: number | null,
  text: string,
): StoredRecord {
  const { type, occurredAt, at, actor, body } = JSON.parse(text) as FactText
  return { subject, version, index, type, occurredAt, sealedAt: at ?? null, role: actor.role, body }
}

/** Where the first record of each of these things is sealed; what still waits is not in the answer. */
export async function loadFirstIndexes(sql: Sql, subjects: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql<{ subject: string; index: number }[]>`
    select subject, index::float8 as index from sealed_facts where subject = any(${[...subjects]}) and version = 1`
  return new Map(rows.map(({ subject, index }) => [subject, index]))
}

/** What the record at this position is about; null beyond the end of the log. */
export async function loadHolder(
  sql: Sql,
  index: number,
): Promise<{ subject: string; version: number } | null> {
  const [row] = await sql<{ subject: string; version: number }[]>`
    select subject, version from sealed_facts where index = ${index}`
  return row ?? null
}
