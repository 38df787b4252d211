import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { Opening } from "#contracts/supervision.ts"
import type { FactRef } from "./opening-rules.ts"

/** The opened values of a fact that one party owns, still encrypted. */
export type SealedDisclosure = FactRef & { readonly owner: Id<"party">; readonly sealed: Uint8Array }

/** What is left to open of these facts: all of it, or what a party may read (`reader`). */
export async function readDisclosures(
  sql: Sql,
  records: readonly FactRef[],
  reader: Id<"party"> | null,
): Promise<SealedDisclosure[]> {
  const subjects = records.map(({ subject }) => subject)
  const versions = records.map(({ version }) => version)
  return sql<SealedDisclosure[]>`
    select d.subject, d.version, d.owner, d.sealed from disclosures d
    join unnest(${subjects}::text[], ${versions}::int[]) as w(subject, version)
      on w.subject = d.subject and w.version = d.version
    where ${reader}::text is null or ${reader}::text = any(d.readers)
    order by d.subject, d.version, d.owner`
}

export async function loadOpening(sql: Sql, id: Id<"command">): Promise<Opening | null> {
  const [found] = await sql<{ row: Opening }[]>`select row from openings where id = ${id}`
  return found?.row ?? null
}

/** The same for single records, and only what a party may read where one is named. */
export async function readDisclosuresOfRecords(
  sql: Sql,
  indexes: readonly number[],
  reader: Id<"party"> | null,
): Promise<IndexedDisclosure[]> {
  return sql<IndexedDisclosure[]>`
    select f.index::float8 as index, d.subject, d.version, d.owner, d.sealed from sealed_facts f
    join disclosures d on d.subject = f.subject and d.version = f.version
    where f.index = any(${[...indexes]}::bigint[]) and (${reader}::text is null or ${reader}::text = any(d.readers))
    order by f.index, d.owner`
}

export type IndexedDisclosure = SealedDisclosure & { readonly index: number }

/** The encrypted openings of a stretch of the log, in its order. */
export async function readDisclosuresOfRange(
  sql: Sql,
  from: number,
  to: number,
): Promise<IndexedDisclosure[]> {
  return sql<IndexedDisclosure[]>`
    select f.index::float8 as index, d.subject, d.version, d.owner, d.sealed from sealed_facts f
    join disclosures d on d.subject = f.subject and d.version = f.version
    where f.index >= ${from} and f.index < ${to} order by f.index, d.owner`
}

/** Whether there are values that the file of value keys is needed for. */
export async function holdsValues(sql: Sql): Promise<boolean> {
  return (await sql`select 1 from disclosures where get_byte(sealed, 0) = 2 limit 1`).length > 0
}
