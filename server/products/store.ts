import type { Sql } from "postgres"
import type { DatasetProfile, VersionManifest } from "#contracts/dataset.ts"
import type { Id } from "#contracts/ids.ts"
import type { Listing } from "#contracts/listing.ts"
import type { Draft } from "#contracts/product.ts"
import type { Refusal } from "#contracts/refusal.ts"
import type { Registration } from "#contracts/registration.ts"
import type { GateAnswer } from "#db/schema/product.ts"

export type { GateAnswer }

export type Product = {
  id: Id<"product">
  party: Id<"party">
  version: number
  draft: Draft
  savedBy: string
  gate: GateAnswer | null
}

/** The version that a product stands for now: its newest that was not refused, or else its newest. */
export type CurrentVersion = {
  id: Id<"version">
  dataset: Id<"dataset">
  number: number
  state: "measuring" | "measured" | "refused"
  manifest: VersionManifest | null
  hash: string | null
  refusal: Refusal | null
  profile: DatasetProfile | null
}

/** Does nothing when the product is there. */
export async function insertProduct(
  sql: Sql,
  product: Pick<Product, "id" | "party" | "draft" | "savedBy">,
): Promise<void> {
  await sql`insert into products (id, party, version, draft, saved_by)
    values (${product.id}, ${product.party}, 1, ${JSON.stringify(product.draft)}::text::jsonb, ${product.savedBy})
    on conflict do nothing`
}

export async function loadProduct(sql: Sql, id: Id<"product">): Promise<Product | null> {
  const [row] = await sql<Product[]>`
    select id, party, version, draft, saved_by as "savedBy", gate from products where id = ${id}`
  return row ?? null
}

/** True when the draft was the version named; what the gate said is forgotten when `rights` changed. */
export async function saveDraft(
  sql: Sql,
  product: Pick<Product, "id" | "version" | "draft" | "savedBy">,
  rights: boolean,
): Promise<boolean> {
  const rows = await sql`
    update products set draft = ${JSON.stringify(product.draft)}::text::jsonb, saved_by = ${product.savedBy},
      version = version + 1, gate = case when ${rights}::boolean then null else gate end
    where id = ${product.id} and version = ${product.version} returning id`
  return rows.length > 0
}

export async function writeGateAnswer(sql: Sql, id: Id<"product">, gate: GateAnswer | null): Promise<void> {
  await sql`update products set gate = ${gate === null ? null : JSON.stringify(gate)}::text::jsonb where id = ${id}`
}

export async function loadCurrentVersion(sql: Sql, product: Id<"product">): Promise<CurrentVersion | null> {
  const [row] = await sql<CurrentVersion[]>`
    select v.id, v.dataset, v.number, v.state, v.manifest, v.hash, v.refusal, p.profile
    from datasets d join dataset_versions v on v.dataset = d.id
    left join version_profiles p on p.version = v.id
    where d.product = ${product}
    order by (v.state <> 'refused') desc, v.number desc limit 1`
  return row ?? null
}

export type LatestUpload = {
  id: Id<"upload">
  dataset: Id<"dataset">
  fileName: string
  state: "open" | "complete" | "refused" | "cancelled"
  totalBytes: number
  receivedBytes: number
  version: Id<"version"> | null
  refusal: Refusal | null
}

export async function loadLatestUpload(sql: Sql, product: Id<"product">): Promise<LatestUpload | null> {
  const [row] = await sql<LatestUpload[]>`
    select id, dataset, file_name as "fileName", state, total_bytes::float8 as "totalBytes",
      received_bytes::float8 as "receivedBytes", version, refusal
    from uploads where product = ${product} order by created_at desc, id desc limit 1`
  return row ?? null
}

export async function loadRegistration(sql: Sql, id: Id<"registration">): Promise<Registration | null> {
  const [row] = await sql<{ row: Registration }[]>`select row from registrations where id = ${id}`
  return row?.row ?? null
}

export async function loadListing(sql: Sql, id: Id<"listing">): Promise<Listing | null> {
  const [row] = await sql<{ row: Listing }[]>`select row from listings where id = ${id}`
  return row?.row ?? null
}

/** A line of the studio's list. */
export type ProductCard = {
  id: Id<"product">
  draft: Draft
  fileName: string | null
  file: "measuring" | "measured" | "refused" | null
  upload: LatestUpload["state"] | null
  registration: Pick<Registration, "id" | "state" | "number"> | null
  listing: Pick<Listing, "id" | "state" | "frozenBy"> | null
}

/** A party's products, newest first; `after` is the id that the last page ended with. */
export async function loadProductCards(
  sql: Sql,
  party: Id<"party">,
  after: string | null,
  limit: number,
): Promise<ProductCard[]> {
  return sql<ProductCard[]>`
    select p.id, p.draft, u.file_name as "fileName", v.state as file, u.state as upload,
      case when r.id is not null then jsonb_build_object('id', r.id, 'state', r.state,
        'number', r.row->'number') end as registration,
      case when l.id is not null then jsonb_build_object('id', l.id, 'state', l.state,
        'frozenBy', l.row->'frozenBy') end as listing
    from products p
    left join lateral (select v.id, v.state from datasets d join dataset_versions v on v.dataset = d.id
      where d.product = p.id order by (v.state <> 'refused') desc, v.number desc limit 1) v on true
    left join lateral (select file_name, state from uploads where product = p.id
      order by created_at desc, id desc limit 1) u on true
    left join registrations r on r.id = 'reg_' || substr(v.id, 5)
    left join listings l on l.id = 'lst_' || substr(p.id, 5)
    where p.party = ${party} ${after ? sql`and p.id < ${after}` : sql``}
    order by p.id desc limit ${limit}`
}
