import type { ReservedSql, Sql } from "postgres"
import type { BuiltLeaf, ThreadHead } from "./build-leaves.ts"
import type { EmptiedBatches, PendingBatch } from "./pending-batches.ts"
import type { StoredTile } from "./tree.ts"

/** The sequencer's SQL. Every write names its epoch, in the same statement: a sequencer that was replaced writes nothing. */

type AnySql = Sql | ReservedSql

/** "quan" as a number: the session lock that one sequencer of a database holds. */
const leaderLock = 0x7175616e

export async function tryLock(sql: AnySql): Promise<boolean> {
  const [row] = await sql<{ locked: boolean }[]>`select pg_try_advisory_lock(${leaderLock}) as locked`
  return row?.locked === true
}

/** The process of PostgreSQL that serves this session. */
export async function readBackend(sql: AnySql): Promise<number> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
  return (row as { pid: number }).pid
}

export async function unlock(sql: AnySql): Promise<void> {
  await sql`select pg_advisory_unlock(${leaderLock})`
}

/** Takes the lead: every sequencer with an older epoch writes nothing from now on. */
export async function raiseEpoch(sql: AnySql): Promise<number> {
  const [row] = await sql<{ epoch: number }[]>`
    insert into sequencer (id, epoch) values (1, 1)
    on conflict (id) do update set epoch = sequencer.epoch + 1 returning epoch::float8 as epoch`
  return (row as { epoch: number }).epoch
}

/** False once another one has taken the lead. */
export async function isLeading(sql: AnySql, epoch: number): Promise<boolean> {
  return (await sql`select 1 from sequencer where id = 1 and epoch = ${epoch}`).length === 1
}

export async function readLog(sql: AnySql): Promise<{ origin: string; vkey: string } | null> {
  const [row] = await sql<{ origin: string; vkey: string }[]>`select origin, vkey from log`
  return row ?? null
}

export async function insertLog(sql: AnySql, origin: string, vkey: string): Promise<void> {
  await sql`insert into log (origin, vkey) select ${origin}, ${vkey} where not exists (select 1 from log)`
}

export type PublishedHead = { size: number; note: string }

export async function readHead(sql: AnySql): Promise<PublishedHead | null> {
  const [row] = await sql<PublishedHead[]>`
    select size::float8 as size, note from checkpoints order by checkpoints.size desc limit 1`
  return row ?? null
}

/** How many records there are, signed or not. */
export async function countSealed(sql: AnySql): Promise<number> {
  const [row] = await sql<{ size: number }[]>`
    select coalesce(max(index) + 1, 0)::float8 as size from sealed_facts`
  return row?.size ?? 0
}

export async function readTile(sql: AnySql, level: number, index: number): Promise<Uint8Array | null> {
  const [row] = await sql<{ hashes: Uint8Array }[]>`
    select hashes from tiles where level = ${level} and index = ${index}`
  return row?.hashes ?? null
}

export type StoredLeaf = { index: number; hash: Uint8Array; leaf: Uint8Array }

/** The stored bytes of the records from (included) to `to` (not included). */
export async function readLeaves(sql: AnySql, from: number, to: number): Promise<StoredLeaf[]> {
  return sql<StoredLeaf[]>`
    select index::float8 as index, hash, leaf from sealed_facts
    where index >= ${from} and index < ${to} order by sealed_facts.index`
}

/**
 * The hashes (RFC 6962 section 2.1) of the stored bytes from (included) to `to` (not included), computed from
 * those bytes where they lie, and the first record whose own hash is another, or null.
 */
export async function rehashLeaves(
  sql: AnySql,
  from: number,
  to: number,
): Promise<{ count: number; hashes: Uint8Array; wrong: number | null }> {
  const [row] = await sql<{ count: number; hashes: Uint8Array | null; wrong: number | null }[]>`
    select count(*)::int as count, string_agg(again, ''::bytea order by index) as hashes,
      min(index) filter (where again <> hash)::float8 as wrong
    from (select index, hash, sha256('\\x00'::bytea || leaf) as again from sealed_facts
      where index >= ${from} and index < ${to}) s`
  return { count: row?.count ?? 0, hashes: row?.hashes ?? new Uint8Array(), wrong: row?.wrong ?? null }
}

/** The stored bytes of these records, in their order. */
export async function readLeavesAt(sql: AnySql, indexes: readonly number[]): Promise<StoredLeaf[]> {
  return sql<StoredLeaf[]>`
    select index::float8 as index, hash, leaf from sealed_facts
    where index = any(${[...indexes]}::bigint[]) order by sealed_facts.index`
}

/** Facts that wait, in the order of their batches after the given one, and the database's clock. */
export async function readPending(
  sql: AnySql,
  after: string,
  limit: number,
): Promise<(PendingBatch & { nowMs: number })[]> {
  return sql<(PendingBatch & { nowMs: number })[]>`
    select id::text as id, facts, floor(extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs"
    from pending_batches where id > ${after}::bigint order by pending_batches.id limit ${limit}`
}

export async function readThreadHeads(sql: AnySql, keys: string[]): Promise<Map<string, ThreadHead>> {
  const rows = await sql<(ThreadHead & { key: string })[]>`
    select k.key, t.n, t.index::float8 as index from unnest(string_to_array(${keys.join("\n")}, E'\\n')) as k(key)
    cross join lateral (select n, index from thread_entries e where e.key = k.key order by n desc limit 1) t`
  return new Map(rows.map(({ key, n, index }) => [key, { n, index }]))
}

export async function readVersions(sql: AnySql, subjects: string[]): Promise<Map<string, number>> {
  const rows = await sql<{ subject: string; version: number }[]>`
    select k.subject, t.version from unnest(string_to_array(${subjects.join("\n")}, E'\\n')) as k(subject)
    cross join lateral (select version from sealed_facts f where f.subject = k.subject
      order by version desc limit 1) t`
  return new Map(rows.map(({ subject, version }) => [subject, version]))
}

/** Texts come as lines. None of them has a line break in it: they come from lines, and a leaf was proven to be canonical. */
const texts = (parameter: number): string => `string_to_array($${parameter}::text, E'\\n')`
const linesOf = (values: readonly string[]): string => values.join("\n")

/** Numbers come as one array: made of lines, each would be cast by itself, which was an eighth of an append. */
const numbers = (parameter: number, type: "bigint" | "int"): string => `$${parameter}::text::${type}[]`
const arrayOf = (values: readonly (number | string)[]): string => `{${values.join(",")}}`

/** One statement, one round trip: records, threads and tiles come, what waited goes, all of it or nothing. */
const appendStatement = `
with leader as materialized (select 1 from sequencer where id = 1 and epoch = $1::bigint for share),
leaves as (select * from unnest(${numbers(2, "bigint")}, ${texts(3)}, ${numbers(4, "int")}, ${texts(5)}, ${texts(6)})
  as t(index, subject, version, hash, leaf)),
sealed as (insert into sealed_facts (index, subject, version, hash, leaf)
  select index, subject, version, decode(hash, 'hex'), convert_to(leaf, 'UTF8') from leaves, leader returning 1),
threads as (insert into thread_entries (key, n, index)
  select t.* from unnest(${texts(7)}, ${numbers(8, "int")}, ${numbers(9, "bigint")}) as t(key, n, index), leader),
grown as (insert into tiles (level, index, hashes)
  select level, index, decode(hashes, 'hex')
  from unnest(${numbers(10, "int")}, ${numbers(11, "bigint")}, ${texts(12)}) as t(level, index, hashes), leader
  on conflict (level, index) do update set hashes = excluded.hashes),
gone as (delete from pending_batches p using leader where p.id = any(${numbers(13, "bigint")}) returning 1),
kept as (update pending_batches p set facts = t.facts
  from unnest(${numbers(14, "bigint")}, string_to_array($15::text, E'\\n\\n')) as t(id, facts), leader
  where p.id = t.id returning 1)
select (select count(*) from sealed)::float8 as sealed, quanheng_require_equal(
  (select count(*) from gone) + (select count(*) from kept), $16::bigint * (select count(*) from leader))`

/** True when written; false when another sequencer leads. */
export async function append(
  sql: AnySql,
  epoch: number,
  leaves: readonly BuiltLeaf[],
  tiles: readonly StoredTile[],
  { gone, kept, keptFacts }: EmptiedBatches,
): Promise<boolean> {
  const entries = leaves.flatMap(({ threads }) => threads)
  const parameters = [
    String(epoch),
    arrayOf(leaves.map(({ index }) => index)),
    linesOf(leaves.map(({ row }) => row.subject)),
    arrayOf(leaves.map(({ row }) => row.version)),
    linesOf(leaves.map(({ hex }) => hex)),
    linesOf(leaves.map(({ text }) => text)),
    linesOf(entries.map(({ key }) => key)),
    arrayOf(entries.map(({ n }) => n)),
    arrayOf(entries.map(({ index }) => index)),
    arrayOf(tiles.map(({ level }) => level)),
    arrayOf(tiles.map(({ index }) => index)),
    linesOf(
      tiles.map(({ hashes }) => Buffer.from(hashes.buffer, hashes.byteOffset, hashes.length).toString("hex")),
    ),
    arrayOf(gone),
    arrayOf(kept),
    keptFacts,
    String(gone.length + kept.length),
  ]
  const [answer] = await sql.unsafe<{ sealed: number }[]>(appendStatement, parameters, { prepare: true })
  return answer?.sealed === leaves.length
}

/** True when this is now the newest head; false when another sequencer leads or it is not newer. */
export async function insertCheckpoint(
  sql: AnySql,
  epoch: number,
  { size, note }: PublishedHead,
): Promise<boolean> {
  const rows = await sql`
    with leader as materialized (select 1 from sequencer where id = 1 and epoch = ${epoch} for share)
    insert into checkpoints (size, epoch, note) select ${size}, ${epoch}, ${note} from leader
    where ${size} > coalesce((select max(size) from checkpoints), -1) returning 1`
  return rows.length === 1
}
