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
}

const columns = (sql: Sql) => sql`id, party, "order", state, done::float8 as done, total::float8 as total,
  bytes::float8 as bytes, failure,
  to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt"`

export async function readRun(sql: Sql, id: Id<"export">): Promise<ExportRun | null> {
  const [row] = await sql<ExportRun[]>`select ${columns(sql)} from export_runs where id = ${id}`
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
    select ${columns(sql)} from export_runs
    where party = ${party} and (${before}::text is null or id < ${before}) order by id desc limit ${limit}`
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

export async function finishRun(sql: Sql, id: Id<"export">, bytes: number): Promise<void> {
  await sql`update export_runs set state = 'done', done = total, bytes = ${bytes}, finished_at = now()
    where id = ${id} and state = 'waiting'`
}

export async function failRun(sql: Sql, id: Id<"export">, failure: Refusal): Promise<void> {
  await sql`update export_runs set state = 'failed', failure = ${JSON.stringify(failure)}::text::jsonb,
    finished_at = now() where id = ${id} and state = 'waiting'`
}

/** True when the export's record has been committed: then its bundle may not be written again. */
export async function isRecorded(sql: Sql, id: Id<"export">): Promise<boolean> {
  return (await sql`select 1 from exports where id = ${id}`).length === 1
}

/** The market's first operator: whose records those are that the market's own machine makes. */
export async function readOperatorParty(sql: Sql): Promise<Id<"party"> | null> {
  const [row] = await sql<{ id: Id<"party"> }[]>`
    select id from parties where row->'roles' ? 'operator' order by id limit 1`
  return row?.id ?? null
}
