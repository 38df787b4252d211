import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Listing, Plan } from "#contracts/listing.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { Party } from "#contracts/party.ts"
import type { Registration } from "#contracts/registration.ts"
import type { Time } from "#contracts/time.ts"

export async function loadListing(sql: Sql, id: Id<"listing">): Promise<Listing | null> {
  const [row] = await sql<{ row: Listing }[]>`select row from listings where id = ${id}`
  return row?.row ?? null
}

export async function loadRegistration(sql: Sql, id: Id<"registration">): Promise<Registration | null> {
  const [row] = await sql<{ row: Registration }[]>`select row from registrations where id = ${id}`
  return row?.row ?? null
}

export async function loadSeller(sql: Sql, id: Id<"party">): Promise<Party | null> {
  const [row] = await sql<{ row: Party }[]>`select row from parties where id = ${id}`
  return row?.row ?? null
}

/**
 * Opens the seats of plans that are about to be published. Their ids are new, so seats whose plan is never
 * published sell nothing, and doing it again changes nothing.
 */
export async function openSeats(sql: Sql, plans: readonly Pick<Plan, "id" | "seats">[]): Promise<void> {
  for (const { id, seats } of plans)
    if (seats !== null)
      await sql`insert into seats (plan, free) values (${id}, ${seats}) on conflict do nothing`
}

/** Seats still free, of the plans that have a number of them. */
export async function loadFreeSeats(
  sql: Sql,
  plans: readonly Id<"plan">[],
): Promise<Map<Id<"plan">, number>> {
  const rows = await sql<{ plan: Id<"plan">; free: number }[]>`
    select plan, free from seats where plan = any(${[...plans]}::text[])`
  return new Map(rows.map(({ plan, free }) => [plan, free]))
}

/** A listing's page beside the listing itself. */
export type ListingSurroundings = {
  registration: Registration
  sellerName: LocalizedText
  sellerCountry: string
  sellerVerified: boolean
  sellerFrozen: boolean
  measuredAt: Time | null
  /** When the erasure of its data was approved. */
  erasedAt: Time | null
}

export async function loadSurroundings(sql: Sql, listing: Listing): Promise<ListingSurroundings | null> {
  const [row] = await sql<ListingSurroundings[]>`
    select r.row as registration, s.row->'name' as "sellerName", s.row->>'country' as "sellerCountry",
      s.state = 'verified' as "sellerVerified", s.row->>'frozenBy' is not null as "sellerFrozen",
      to_char(v.measured_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "measuredAt",
      (select e.row->>'updatedAt' from erasures e where e.subject = ${listing.product}
        and e.state in ('approved', 'done') order by e.id limit 1) as "erasedAt"
    from registrations r join parties s on s.id = r.party
    left join dataset_versions v on v.id = ${listing.datasetVersion}
    where r.id = ${listing.registration}`
  return row ?? null
}

/** A record of a listing or its registration: what happened, and where it is sealed (null: not yet). */
export type CatalogueRecord = {
  subject: string
  version: number
  index: number | null
  type: string
  at: Time
  body: Record<string, Json>
}

/** All records about these subjects: the sealed ones in the log's order, then those that still wait. */
export async function loadHistory(sql: Sql, subjects: readonly string[]): Promise<CatalogueRecord[]> {
  const rows = await sql<{ subject: string; version: number; index: number | null; fact: string }[]>`
    select subject, version, index::float8 as index, convert_from(leaf, 'UTF8') as fact, index as place
    from sealed_facts where subject = any(${[...subjects]}::text[])
    union all
    select subject, version, null, fact, 9223372036854775807 from pending_facts
    where subject = any(${[...subjects]}::text[])
    order by place, version`
  return rows.map(({ subject, version, index, fact }) => {
    const { type, occurredAt, body } = JSON.parse(fact) as {
      type: string
      occurredAt: Time
      body: Record<string, Json>
    }
    return { subject, version, index, type, at: occurredAt, body }
  })
}
