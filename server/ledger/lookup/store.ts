import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"

/** A file of a data version that is, or was, for sale: what its listing's page shows to anyone. */
export type ListedFile = {
  readonly name: string
  readonly bytes: number
  readonly versionHash: string
  readonly listing: Id<"listing">
  readonly registration: Id<"registration">
  readonly title: LocalizedText
}

/**
 * Where the catalogue shows a file of this SHA-256. A registration that was never listed shows its version's hash
 * only, so its files are not found by theirs.
 */
export async function findListedFiles(sql: Sql, sha256: string): Promise<ListedFile[]> {
  return sql<ListedFile[]>`
    select f.name, f.bytes::float8 as bytes, l.row->>'versionHash' as "versionHash", l.id as listing,
      l.registration, l.row->'title' as title
    from version_files f join listings l on l.row->>'datasetVersion' = f.version
    where f.sha256 = ${sha256} order by l.id limit 20`
}

/** Registrations and listings whose records name this version's hash in clear. */
export async function findSubjectsOfVersion(sql: Sql, hash: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    with versions as (select id from dataset_versions where hash = ${hash})
    select r.id from registrations r where r.row->>'datasetVersion' in (select id from versions)
    union select l.id from listings l where l.row->>'datasetVersion' in (select id from versions)`
  return rows.map(({ id }) => id)
}

/** The trade whose agreement has this hash: only who has read the agreement, with its nonce, can know it. */
export async function findTradeOfAgreement(sql: Sql, sha256: string): Promise<string | null> {
  const [row] = await sql<{ trade: string }[]>`select trade from agreements where hash = ${sha256}`
  return row?.trade ?? null
}

/** The registration of this number, which its approval states in clear. */
export async function findRegistration(sql: Sql, number: string): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    select id from registrations where row->>'number' = ${number} order by id limit 1`
  return row?.id ?? null
}

/** The record of this leaf hash. One that no checkpoint covers yet is not published, and not found. */
export async function findLeafHash(sql: Sql, hash: Uint8Array): Promise<number | null> {
  const [row] = await sql<{ index: number }[]>`
    select index::float8 as index from sealed_facts
    where hash = ${hash} and index < (select max(size) from checkpoints) limit 1`
  return row?.index ?? null
}

/** A party that sells in the catalogue, whose name anyone can read there. */
export type PublicParty = {
  readonly id: Id<"party">
  readonly name: LocalizedText
  readonly country: string
  readonly verified: boolean
}

/** By id, by identifier or by a part of the name. Only sellers of listings: who else is here is not public. */
export async function findPublicParties(
  sql: Sql,
  by: { readonly id: string } | { readonly identifier: string } | { readonly name: string },
  limit: number,
): Promise<PublicParty[]> {
  const wanted =
    "id" in by
      ? sql`p.id = ${by.id}`
      : "identifier" in by
        ? sql`p.identifier = ${by.identifier}`
        : sql`(p.row->'name'->>'zh' ilike ${like(by.name)} or p.row->'name'->>'en' ilike ${like(by.name)})`
  return sql<PublicParty[]>`
    select p.id, p.row->'name' as name, p.row->>'country' as country, p.state = 'verified' as verified
    from parties p where ${wanted} and exists (select 1 from listings l where l.seller = p.id)
    order by p.id limit ${limit}`
}

const like = (text: string): string => `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`

/** A party's listings, and the registrations that they stand on. */
export async function findCatalogueOf(sql: Sql, party: Id<"party">): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from listings where seller = ${party}
    union select registration from listings where seller = ${party}`
  return rows.map(({ id }) => id)
}
