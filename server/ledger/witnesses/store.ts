import type { Sql } from "postgres"
import { formatCosignerKey } from "#contracts/ledger/cosignature.ts"
import type { WitnessTrouble } from "#contracts/ledger/witness-trouble.ts"
import type { PublishedHead } from "../seal-store.ts"
import type { WitnessTarget } from "./targets.ts"

/** How far each witness has cosigned, by its key's id. */
export async function readCosignedSizes(sql: Sql): Promise<Map<string, number>> {
  const rows = await sql<{ keyId: string; size: number }[]>`
    select key_id as "keyId", max(size)::float8 as size from cosignatures group by key_id`
  return new Map(rows.map(({ keyId, size }) => [keyId, size]))
}

/** Answered and checked; the same again changes nothing. */
export async function insertCosignature(sql: Sql, size: number, keyId: string, line: string): Promise<void> {
  await sql`insert into cosignatures (size, key_id, line) values (${size}, ${keyId}, ${line})
    on conflict do nothing`
}

export async function readPublication(sql: Sql): Promise<number | null> {
  const [row] = await sql<{ size: number }[]>`
    select size::float8 as size from publications order by publications.size desc limit 1`
  return row?.size ?? null
}

/** Never back: a smaller size than the last is not published. */
export async function insertPublication(sql: Sql, size: number): Promise<void> {
  await sql`insert into publications (size) select ${size}
    where ${size} > coalesce((select max(size) from publications), -1) on conflict do nothing`
}

/** The witnesses of the configuration, in its order, and no others. */
export async function keepTargets(sql: Sql, targets: readonly WitnessTarget[]): Promise<void> {
  await sql.begin(async (transaction) => {
    const ids = targets.map(({ key }) => key.keyId)
    await transaction`delete from witnesses where not (key_id = any(${ids}::text[]))`
    for (const [place, { key, url }] of targets.entries())
      await transaction`insert into witnesses (key_id, vkey, url, place)
        values (${key.keyId}, ${formatCosignerKey(key)}, ${url}, ${place})
        on conflict (key_id) do update set vkey = excluded.vkey, url = excluded.url, place = excluded.place`
  })
}

/** Null: all is well. The first moment of the same trouble stays. */
export async function noteTrouble(sql: Sql, keyId: string, trouble: WitnessTrouble | null): Promise<void> {
  if (trouble === null)
    await sql`update witnesses set trouble = null, trouble_since = null where key_id = ${keyId}`
  else
    await sql`update witnesses set trouble = ${JSON.stringify(trouble)}::text::jsonb,
        trouble_since = case when trouble->>'code' = ${trouble.code} then trouble_since else now() end
      where key_id = ${keyId}`
}

/** A checkpoint that this long was not published means that nobody asks witnesses any more. */
const unaskedSeconds = 15

/**
 * The checkpoint that is published: without witnesses the newest. With them the newest whose round of witnesses
 * has ended, the log's own signature first, then theirs; or one that has waited too long for its round.
 */
export async function readPublished(sql: Sql): Promise<PublishedHead | null> {
  const [row] = await sql<PublishedHead[]>`
    with known as (select max(size) as size from publications),
    waited as (select size from checkpoints
      where created_at < now() - make_interval(secs => ${unaskedSeconds}) order by size desc limit 1),
    shown as (select case when (select size from known) is null then (select max(size) from checkpoints)
      else greatest((select size from known), (select size from waited)) end as size)
    select c.size::float8 as size, c.note || coalesce((select string_agg(s.line, '' order by s.created_at, s.key_id)
      from cosignatures s where s.size = c.size), '') as note
    from checkpoints c join shown on c.size = shown.size`
  return row ?? null
}

export type WitnessRow = {
  readonly vkey: string
  readonly url: string
  readonly trouble: WitnessTrouble | null
  readonly troubleSince: string | null
}

/** The witnesses that are asked, in their order. */
export async function readWitnesses(sql: Sql): Promise<WitnessRow[]> {
  return sql<WitnessRow[]>`select vkey, url, trouble,
      to_char(trouble_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "troubleSince"
    from witnesses order by place`
}
