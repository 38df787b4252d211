import type { Sql } from "postgres"
import type { Json } from "#contracts/ledger/fact.ts"
import type { AlertKind } from "./kinds.ts"

export type Alert = {
  id: number
  kind: AlertKind
  /** What it is about: an event, a line of the provider's, a journal, an account. */
  subject: string
  code: string
  detail: { [member: string]: Json }
  /** How often it was found. */
  count: number
  openedMs: number
  lastMs: number
  closedMs: number | null
  note: string | null
}

const columns = (sql: Sql) => sql`id::float8 as id, kind, subject, code, detail, count,
  (extract(epoch from created_at) * 1000)::float8 as "openedMs",
  (extract(epoch from last_at) * 1000)::float8 as "lastMs",
  (extract(epoch from closed_at) * 1000)::float8 as "closedMs", note`

export type Raised = {
  kind: AlertKind
  subject: string
  code: string
  detail?: { [member: string]: Json }
  count?: number
}

/** Puts something before the operator. What is open already is counted, not doubled. */
export async function raiseAlert(sql: Sql, raised: Raised): Promise<void> {
  await raiseAlerts(sql, [raised])
}

export async function raiseAlerts(sql: Sql, raised: readonly Raised[]): Promise<void> {
  if (raised.length === 0) return
  const rows = raised.map(({ kind, subject, code, detail = {}, count = 1 }) => ({
    kind,
    subject,
    code,
    detail,
    count,
  }))
  await sql`insert into alerts (kind, subject, code, detail, count)
    select kind, subject, code, detail, count
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as raised(kind text, subject text, code text, detail jsonb, count int)
    on conflict (kind, subject) where closed_at is null
    do update set code = excluded.code, detail = excluded.detail, count = alerts.count + excluded.count, last_at = now()`
}

/**
 * The same, but neither again with each look at its cause nor after somebody has looked at it: for what is told after
 * it was written, so that whoever takes up the work of a process that died in between tells it.
 */
export async function raiseOnce(sql: Sql, raised: Raised): Promise<void> {
  const { kind, subject, code } = raised
  const told =
    await sql`select from alerts where kind = ${kind} and subject = ${subject} and code = ${code} limit 1`
  if (told.length === 0) await raiseAlert(sql, raised)
}

/** The cause has gone: what waited was applied, what differed agrees again. */
export async function withdrawAlert(sql: Sql, kind: AlertKind, subject: string): Promise<void> {
  await sql`update alerts set closed_at = now() where kind = ${kind} and subject = ${subject} and closed_at is null`
}

/** Of a kind whose causes are all looked at each time: those that were not found again have gone. */
export async function withdrawOthers(sql: Sql, kind: AlertKind, found: readonly string[]): Promise<void> {
  await sql`update alerts set closed_at = now()
    where kind = ${kind} and closed_at is null and subject <> all(${[...found]}::text[])`
}

export async function closeAlert(sql: Sql, id: number, by: string, note: string): Promise<boolean> {
  const closed = await sql`update alerts set closed_at = now(), closed_by = ${by}, note = ${note}
    where id = ${id} and closed_at is null returning 1`
  return closed.length > 0
}

/** Open ones, the longest waiting first. */
export async function loadAlerts(sql: Sql, after: number | null, limit: number): Promise<Alert[]> {
  return sql<Alert[]>`select ${columns(sql)} from alerts where closed_at is null and id > ${after ?? 0}
    order by alerts.id limit ${limit}`
}

export async function countAlerts(sql: Sql): Promise<{ count: number; oldest: string | null }> {
  const [row] = await sql<{ count: number; oldest: string | null }[]>`
    select count(*)::float8 as count,
      to_char(min(created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as oldest
    from alerts where closed_at is null`
  return row ?? { count: 0, oldest: null }
}
