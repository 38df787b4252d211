import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { Refusal } from "#contracts/refusal.ts"
import type { ExportOrder } from "#contracts/supervision.ts"

/** An export as work: asked for, being written, ready or refused. */
export type ExportRun = {
  readonly id: Id<"export">
  readonly party: Id<"party"> | null
  readonly order: ExportOrder
  readonly state: "waiting" | "done" | "failed"
  /** Parts done of parts in all. */
  readonly done: number
  readonly total: number
  readonly bytes: number | null
  readonly failure: Refusal | null
  readonly createdAt: string
  /** What was written, as its record tells it; null until it is recorded. `index` is null until it is sealed. */
  readonly record: {
    readonly from: number
    readonly to: number
    readonly size: number
    readonly manifestHash: string
    readonly index: number | null
  } | null
}

const runs = (sql: Sql) => sql`
  select r.id, r.party, r."order", r.state, r.done::float8 as done, r.total::float8 as total,
    r.bytes::float8 as bytes, r.failure,
    to_char(r.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
    case when e.id is null then null else jsonb_build_object('from', e.row->'from', 'to', e.row->'to',
      'size', e.row->'size', 'manifestHash', e.row->'manifestHash', 'index', f.index) end as record
  from export_runs r left join exports e on e.id = r.id
    left join sealed_facts f on f.subject = e.id and f.version = 1`

export async function readRun(sql: Sql, id: Id<"export">): Promise<ExportRun | null> {
  const [row] = await sql<ExportRun[]>`${runs(sql)} where r.id = ${id}`
  return row ?? null
}

/** A party's exports, newest first, `limit` of them before the id given. */
export async function readRunsOfParty(
  sql: Sql,
  party: Id<"party">,
  before: Id<"export"> | null,
  limit: number,
): Promise<ExportRun[]> {
  return sql<ExportRun[]>`
    ${runs(sql)}
    where r.party = ${party} and (${before}::text is null or r.id < ${before}) order by r.id desc limit ${limit}`
}

/** Asks for an export, with its job; an id that is known changes nothing. */
export async function insertRun(sql: Sql, id: Id<"export">, order: ExportOrder): Promise<void> {
  await sql`
    with asked as (
      insert into export_runs (id, party, "order", state)
      values (${id}, ${order.party}, ${JSON.stringify(order)}::text::jsonb, 'waiting')
      on conflict (id) do nothing returning id)
    select graphile_worker.add_job('export', json_build_object('run', id), job_key => id) from asked`
}

export async function noteProgress(sql: Sql, id: Id<"export">, done: number, total: number): Promise<void> {
  await sql`update export_runs set done = ${done}, total = ${total} where id = ${id} and state = 'waiting'`
}

/** False when it was withdrawn meanwhile: what was written must then be removed. */
export async function finishRun(sql: Sql, id: Id<"export">, bytes: number): Promise<boolean> {
  const { count } =
    await sql`update export_runs set state = 'done', done = total, bytes = ${bytes}, finished_at = now()
    where id = ${id} and state = 'waiting'`
  return count > 0
}

export async function failRun(sql: Sql, id: Id<"export">, failure: Refusal): Promise<void> {
  await sql`update export_runs set state = 'failed', failure = ${JSON.stringify(failure)}::text::jsonb,
    finished_at = now() where id = ${id} and state = 'waiting'`
}

/** "expo" as a number: the first half of the session locks of those who write an export. */
const exportLock = 0x6578706f

/** Whether this session is now the one that writes the export. */
export async function tryLock(sql: Sql, id: Id<"export">): Promise<boolean> {
  const [row] = await sql<{ locked: boolean }[]>`
    select pg_try_advisory_lock(${exportLock}, hashtext(${id})) as locked`
  return row?.locked === true
}

/** True when the export's record has been committed: then its bundle may not be written again. */
export async function isRecorded(sql: Sql, id: Id<"export">): Promise<boolean> {
  return (await sql`select 1 from exports where id = ${id}`).length === 1
}

/** The market's first operator: whose records those are that the market's own machine makes. */
export async function readOperatorParty(sql: Sql): Promise<Id<"party"> | null> {
  const [row] = await sql<{ id: Id<"party"> }[]>`
    select id from parties where (row->'roles')::jsonb ? 'operator' order by id limit 1`
  return row?.id ?? null
}
