import type { Sql, TransactionSql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { Difference } from "#contracts/settlement.ts"

export type RunRow = {
  id: Id<"settlement">
  provider: string
  state: "begun" | "booked" | "nothing"
  lines: number
  matched: number
  suspended: number
  settled: number
  missing: number
  balances: Difference[] | null
  beganMs: number
  endedMs: number | null
}

const columns = (
  sql: Sql | TransactionSql,
) => sql`id, provider, state, lines, matched, suspended, settled, missing,
  balances, (extract(epoch from created_at) * 1000)::float8 as "beganMs",
  (extract(epoch from ended_at) * 1000)::float8 as "endedMs"`

/** The run whose steps are written and not booked yet: the process ended in between. */
export async function loadBegun(
  sql: Sql | TransactionSql,
  provider: string,
): Promise<Id<"settlement"> | null> {
  const [row] = await sql<{ id: Id<"settlement"> }[]>`
    select id from settlement_runs where provider = ${provider} and state = 'begun'`
  return row?.id ?? null
}

/** When the last run that ended began, as text that PostgreSQL reads to the millisecond; null before the first. */
export async function lastRunAt(sql: Sql | TransactionSql, provider: string): Promise<number | null> {
  const [row] = await sql<{ ms: number | null }[]>`
    select (extract(epoch from max(created_at)) * 1000)::float8 as ms from settlement_runs
    where provider = ${provider} and state <> 'begun'`
  return row?.ms ?? null
}

/** The lock of those who write lines out of suspense: one run at a time, and one correction. */
export const runLock = "settlement runs"

export async function beginRun(
  sql: TransactionSql,
  run: Pick<RunRow, "id" | "provider" | "lines" | "matched" | "suspended" | "settled">,
): Promise<void> {
  await sql`insert into settlement_runs (id, provider, state, lines, matched, suspended, settled)
    values (${run.id}, ${run.provider}, 'begun', ${run.lines}, ${run.matched}, ${run.suspended}, ${run.settled})`
}

export async function endRun(
  sql: Sql,
  id: string,
  end: { state: "booked" | "nothing"; missing: number; balances: readonly Difference[] },
): Promise<void> {
  await sql`update settlement_runs set state = ${end.state}, missing = ${end.missing},
    balances = ${JSON.stringify(end.balances)}::jsonb, ended_at = now() where id = ${id} and state = 'begun'`
}

/** The newest runs first; `before` is the id that the last page ended with. */
export async function loadRuns(sql: Sql, before: string | null, limit: number): Promise<RunRow[]> {
  return sql<RunRow[]>`select ${columns(sql)} from settlement_runs
    where ${before === null ? sql`true` : sql`id < ${before}`} order by id desc limit ${limit}`
}
