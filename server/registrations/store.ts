import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { Party } from "#contracts/party.ts"
import type { Registration, RegistrationState } from "#contracts/registration.ts"
import type { Waiting } from "../queue.ts"

export async function loadRegistration(sql: Sql, id: Id<"registration">): Promise<Registration | null> {
  const [row] = await sql<{ row: Registration }[]>`select row from registrations where id = ${id}`
  return row?.row ?? null
}

export async function loadSeller(sql: Sql, id: Id<"party">): Promise<Party | null> {
  const [row] = await sql<{ row: Party }[]>`select row from parties where id = ${id}`
  return row?.row ?? null
}

/** The next running number: two approvals at once get two. */
export async function takeNumber(sql: Sql): Promise<number> {
  const [row] = await sql<{ number: number }[]>`select nextval('registration_numbers')::float8 as number`
  if (!row) throw new Error("nextval gave no row")
  return row.number
}

/** Where the registration's first record stands in the log, or null while it waits for its seal. */
export async function loadFirstRecord(sql: Sql, id: Id<"registration">): Promise<number | null> {
  const [row] = await sql<{ index: number }[]>`
    select index::float8 as index from sealed_facts where subject = ${id} and version = 1`
  return row?.index ?? null
}

/** The first signed checkpoint that covers the record at this position, or null while there is none. */
export async function loadFirstCheckpoint(sql: Sql, index: number): Promise<string | null> {
  const [row] = await sql<{ note: string }[]>`
    select note from checkpoints where size > ${index} order by checkpoints.size limit 1`
  return row?.note ?? null
}

/** Puts the draw off; a job that only waits is not a failed one. */
export async function drawLater(sql: Sql, id: Id<"registration">): Promise<void> {
  await sql`select graphile_worker.add_job('drawSample', json_build_object('registration', ${id}::text),
    run_at := now() + interval '1 second')`
}

export async function countSubmitted(sql: Sql): Promise<Waiting> {
  const [row] = await sql<Waiting[]>`
    select count(*)::float8 as count, min(row->>'submittedAt') as oldest from registrations
    where state = 'submitted'`
  return row ?? { count: 0, oldest: null }
}

/** A line of the operator's queue. */
export type RegistrationCard = {
  registration: Registration
  sellerName: LocalizedText
  sellerVerified: boolean
  rows: number | null
}

/** Registrations in a state: those that wait longest first, the decided ones newest first. */
export async function loadQueue(
  sql: Sql,
  state: RegistrationState,
  after: string | null,
  limit: number,
): Promise<RegistrationCard[]> {
  const waiting = state === "submitted"
  const beyond = waiting ? sql`and r.id > ${after}` : sql`and r.id < ${after}`
  return sql<RegistrationCard[]>`
    select r.row as registration, s.row->'name' as "sellerName", s.state = 'verified' as "sellerVerified",
      (v.manifest->>'rows')::float8 as rows
    from registrations r join parties s on s.id = r.party
    left join dataset_versions v on v.id = r.row->>'datasetVersion'
    where r.state = ${state} ${after === null ? sql`` : beyond}
    order by r.id ${waiting ? sql`asc` : sql`desc`} limit ${limit}`
}
