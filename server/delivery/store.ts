import type { Sql } from "postgres"
import type { FileFormat, VersionManifest } from "#contracts/dataset.ts"
import type { Id } from "#contracts/ids.ts"
import type { DeliveredFile } from "./range.ts"
import type { Fetcher } from "./rules.ts"

export async function loadTradeOfGrant(sql: Sql, grant: Id<"grant">): Promise<Id<"trade"> | null> {
  const [row] = await sql<{ trade: Id<"trade"> }[]>`select trade from grants where id = ${grant}`
  return row?.trade ?? null
}

/** The files of a version as its manifest names them; empty for a version that was not measured. */
export async function loadFiles(sql: Sql, version: Id<"version">): Promise<DeliveredFile[]> {
  const [row] = await sql<{ manifest: VersionManifest | null }[]>`
    select manifest from dataset_versions where id = ${version}`
  const files = row?.manifest?.files ?? []
  return files.map(({ name, sha256, bytes, reading }) => ({
    name,
    sha256,
    bytes,
    format: reading.format satisfies FileFormat,
  }))
}

/** What was registered of the version that a trade is about: its manifest, and the hash that is in the ledger. */
export async function loadRegistered(
  sql: Sql,
  { product, datasetVersion }: { product: Id<"product">; datasetVersion: Id<"version"> },
): Promise<{ manifest: VersionManifest; versionHash: string } | null> {
  const [row] = await sql<{ manifest: VersionManifest; versionHash: string }[]>`
    select v.manifest, r.row->>'versionHash' as "versionHash"
    from registrations r join dataset_versions v on v.id = r.row->>'datasetVersion'
    where r.product = ${product} and r.row->>'datasetVersion' = ${datasetVersion} and r.state = 'approved'
      and v.manifest is not null
    order by r.id limit 1`
  return row ?? null
}

/** Whether the person still acts for the party that they hold a link for. */
export async function isMember(sql: Sql, { party, user }: Fetcher): Promise<boolean> {
  const rows = await sql`select 1 from members where party = ${party} and "user" = ${user}`
  return rows.length > 0
}

/**
 * Trades that wait for their delivery and are not frozen: funded ones, and agreed ones that cost nothing. Those
 * of the last minute are left to their own job.
 */
export async function loadUndelivered(sql: Sql, before: string, limit: number): Promise<Id<"trade">[]> {
  const rows = await sql<{ id: Id<"trade"> }[]>`
    select id from trades
    where deadline is not null and row->>'updatedAt' < ${before}
      and (state = 'funded' or (state = 'agreed' and row->'price'->>'minor' = '0'))
    order by id limit ${limit}`
  return rows.map(({ id }) => id)
}
