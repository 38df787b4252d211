import type { Sql } from "postgres"
import type { ColumnProfile } from "#contracts/dataset.ts"
import type { Grant } from "#contracts/delivery.ts"
import type { Erasure } from "#contracts/erasure.ts"
import type { Id } from "#contracts/ids.ts"
import type { Listing } from "#contracts/listing.ts"
import type { Time } from "#contracts/time.ts"
import type { FileKey } from "../storage/file-store.ts"
import type { ProductScene } from "./product-rules.ts"
import { finalStates } from "./store.ts"

export async function productParty(sql: Sql, product: Id<"product">): Promise<Id<"party"> | null> {
  const [row] = await sql<{ party: Id<"party"> }[]>`
    select party from products where id = ${product} union select party from datasets where product = ${product}
    union select seller from listings where row->>'product' = ${product} limit 1`
  return row?.party ?? null
}

/** Null where there is no such product. */
export async function loadProductScene(sql: Sql, id: Id<"product">): Promise<ProductScene | null> {
  const seller = await productParty(sql, id)
  if (seller === null) return null
  const [trades, grants, listings, versions] = await Promise.all([
    sql<{ open: number }[]>`
      select count(*)::int as open from trades
      where row->>'product' = ${id} and not state = any(${finalStates})`,
    sql<{ until: Time | null }[]>`
      select max(row->>'expires') as until from grants
      where row->>'product' = ${id} and row->>'state' = 'active'`,
    sql<{ row: Listing }[]>`
      select row from listings where row->>'product' = ${id} and state = 'published' order by id`,
    sql<{ hash: string }[]>`
      select distinct row->>'versionHash' as hash from registrations where product = ${id} order by 1`,
  ])
  return {
    id,
    seller,
    openTrades: trades[0]?.open ?? 0,
    owedUntil: grants[0]?.until ?? null,
    listings: listings.map(({ row }) => row),
    versions: versions.map(({ hash }) => hash),
  }
}

/** Whether the erasure of its data was approved, and when. */
export async function productErasedAt(sql: Sql, product: Id<"product">): Promise<Time | null> {
  const [row] = await sql<{ at: Time }[]>`
    select row->>'updatedAt' as at from erasures
    where subject = ${product} and state in ('approved', 'done') order by id limit 1`
  return row?.at ?? null
}

export type ProductErasure = Pick<Erasure, "id" | "state" | "heldBy" | "heldUntil" | "updatedAt">

/** The erasure of its data that was asked for last and not refused. */
export async function productErasure(sql: Sql, product: Id<"product">): Promise<ProductErasure | null> {
  const [found] = await sql<{ row: Erasure }[]>`
    select row from erasures where subject = ${product} and state <> 'refused'
    order by state in ('approved', 'done') desc, id desc limit 1`
  if (!found) return null
  const { id, state, heldBy, heldUntil, updatedAt } = found.row
  return { id, state, heldBy, heldUntil, updatedAt }
}

export async function activeGrants(sql: Sql, product: Id<"product">, limit: number): Promise<Grant[]> {
  const rows = await sql<{ row: Grant }[]>`
    select row from grants where row->>'product' = ${product} and row->>'state' = 'active' order by id limit ${limit}`
  return rows.map(({ row }) => row)
}

/** Where files of the product lie or lay: finished ones, and uploads that were only begun. */
export async function storedFiles(sql: Sql, product: Id<"product">): Promise<FileKey[]> {
  const rows = await sql<{ key: FileKey }[]>`
    select f.storage_key as key from version_files f join dataset_versions v on v.id = f.version
    where v.product = ${product} and f.storage_key <> ''
    union select storage_key from uploads where product = ${product} and storage_key is not null`
  return rows.map(({ key }) => key)
}

/** What the profile of a column says once the data are gone (contracts/dataset.ts). */
const nothingMeasured = {
  nulls: 0,
  distinct: { approximate: true, count: 0 },
  min: null,
  max: null,
  mean: null,
  histogram: [],
  top: [],
  withheld: false,
} satisfies Partial<ColumnProfile>

/**
 * What was measured of the data (names and types of columns stay, which the register shows), the rows that were drawn from them, and where the files lay. The names, sizes and
 * hashes of files stay: the register shows them, and agreements and records name them.
 */
export async function forgetData(sql: Sql, product: Id<"product">): Promise<void> {
  await sql.begin(async (transaction) => {
    const of = transaction`select id from dataset_versions where product = ${product}`
    await transaction`delete from version_samples where version in (${of})`
    await transaction`
      update version_profiles set profile = profile || jsonb_build_object('screening', '[]'::jsonb, 'columns', (
        select jsonb_agg(c || ${JSON.stringify(nothingMeasured)}::text::jsonb order by n)
        from jsonb_array_elements(profile->'columns') with ordinality as columns(c, n)))
      where version in (${of})`
    await transaction`update version_files set storage_key = '' where version in (${of})`
    await transaction`update uploads set storage_key = null,
      state = case when state = 'open' then 'cancelled' else state end where product = ${product}`
  })
}
