import type { Sql } from "postgres"
import type { PartyRole } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { Party } from "#contracts/party.ts"
import type { Place, Waiting } from "../queue.ts"

export async function loadParty(sql: Sql, party: Id<"party">): Promise<Party | null> {
  const [found] = await sql<{ row: Party }[]>`select row from parties where id = ${party}`
  return found?.row ?? null
}

/** Whether a party other than `party` carries this identifier, in the form that readIdentifier gives. */
export async function identifierIsTaken(sql: Sql, identifier: string, party: Id<"party">): Promise<boolean> {
  const rows = await sql`select 1 from parties where identifier = ${identifier} and id <> ${party}`
  return rows.length > 0
}

/** True for the database's own "no" to a second party with one identifier, when two came at the same moment. */
export const isIdentifierConflict = (error: unknown): boolean =>
  typeof error === "object" &&
  error !== null &&
  "code" in error &&
  error.code === "23505" &&
  "constraint_name" in error &&
  error.constraint_name === "parties_identifier_index"

/** What anyone may read of a party. */
export type PartyCardRow = { id: Id<"party">; name: LocalizedText; country: string; verified: boolean }

export async function loadPartyCard(sql: Sql, party: Id<"party">): Promise<PartyCardRow | null> {
  const [row] = await sql<PartyCardRow[]>`
    select id, row->'name' as name, row->>'country' as country, state = 'verified' as verified
    from parties where id = ${party}`
  return row ?? null
}

/** Submitted parties, the longest waiting first; a keyset page after (`updatedAt`, `id`). */
export async function loadSubmitted(sql: Sql, after: Place | null, limit: number): Promise<Party[]> {
  const { at, id } = after ?? { at: "", id: "" }
  const rows = await sql<{ row: Party }[]>`
    select row from parties
    where state = 'submitted' and (row->>'updatedAt', id) > (${at}, ${id})
    order by row->>'updatedAt', id limit ${limit}`
  return rows.map(({ row }) => row)
}

export async function countSubmitted(sql: Sql): Promise<Waiting> {
  const [row] = await sql<Waiting[]>`
    select count(*)::float8 as count, min(row->>'updatedAt') as oldest from parties where state = 'submitted'`
  return row ?? { count: 0, oldest: null }
}

/** The parties that hold a market role, for the command line. */
export async function loadPartiesInRole(sql: Sql, role: PartyRole): Promise<Party[]> {
  const rows = await sql<{ row: Party }[]>`
    select row from parties where (row->'roles')::jsonb @> ${JSON.stringify([role])}::text::jsonb order by id`
  return rows.map(({ row }) => row)
}
