import type { Sql } from "postgres"
import type { IdKind } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"

/** The page that a finding leads to, with the id it is made of. */
export type Lead = { page: "trade" | "party" | "listing" | "record" | "freeze" | "export"; id: string }

/** Something that the search found: what it is, what it is called where it has a name, and where to look. */
export type Finding = {
  kind: IdKind | "record" | "file"
  id: string
  name: LocalizedText | null
  state: string | null
  lead: Lead
}

type Row = { id: string; name: LocalizedText | null; state: string | null; page: Lead["page"]; to: string }

const finding =
  (kind: Finding["kind"]) =>
  ({ id, name, state, page, to }: Row): Finding => ({ kind, id, name, state, lead: { page, id: to } })

type Finder = (sql: Sql, id: string) => Promise<readonly Row[]>

const onListing = (sql: Sql, column: ReturnType<Sql>, id: string) => sql<Row[]>`
  select ${id}::text as id, l.row->'title' as name, l.state, 'listing' as page, l.id as "to"
  from listings l where ${column} = ${id} order by l.id desc limit 20`

/** How each kind of id is found. Kinds that are not here are of no use to supervision by themselves. */
const finders: Partial<Record<IdKind, Finder>> = {
  trade: (sql, id) => sql<Row[]>`
    select id, null::json as name, state, 'trade' as page, id as "to" from trades where id = ${id}`,
  party: (sql, id) => sql<Row[]>`
    select id, row->'name' as name, state, 'party' as page, id as "to" from parties where id = ${id}`,
  listing: (sql, id) => onListing(sql, sql`l.id`, id),
  product: (sql, id) => onListing(sql, sql`l.row->>'product'`, id),
  version: (sql, id) => onListing(sql, sql`l.row->>'datasetVersion'`, id),
  registration: (sql, id) => sql<Row[]>`
    select r.id, r.row->'title' as name, r.state, case when l.id is null then 'party' else 'listing' end as page,
      coalesce(l.id, r.party) as "to"
    from registrations r left join listings l on l.registration = r.id where r.id = ${id} limit 1`,
  payment: (sql, id) => sql<Row[]>`
    select id, null::json as name, state, 'trade' as page, trade as "to" from payments where id = ${id}`,
  grant: (sql, id) => sql<Row[]>`
    select id, null::json as name, row->>'state' as state, 'trade' as page, trade as "to" from grants where id = ${id}`,
  request: (sql, id) => sql<Row[]>`
    select id, null::json as name, state, 'party' as page, buyer as "to" from requests where id = ${id}`,
  freeze: (sql, id) => sql<Row[]>`
    select id, null::json as name, state, 'freeze' as page, id as "to" from freezes where id = ${id}`,
  export: (sql, id) => sql<Row[]>`
    select id, null::json as name, null as state, 'export' as page, id as "to" from exports where id = ${id}`,
}

export async function findById(sql: Sql, kind: IdKind, id: string): Promise<Finding[]> {
  return ((await finders[kind]?.(sql, id)) ?? []).map(finding(kind))
}

/** A SHA-256 in lower-case hex: of a file, of a version's manifest, or of an agreement's text. */
export async function findByHash(sql: Sql, hash: string): Promise<Finding[]> {
  const versions = await sql<Row[]>`
    select v.id, l.row->'title' as name, l.state, 'listing' as page, l.id as "to"
    from dataset_versions v join listings l on l.row->>'datasetVersion' = v.id
    where v.hash = ${hash} or v.id in (select version from version_files where sha256 = ${hash}) limit 20`
  const agreements = await sql<Row[]>`
    select trade as id, null::json as name, t.state, 'trade' as page, trade as "to"
    from agreements a join trades t on t.id = a.trade where a.hash = ${hash}`
  return [...versions.map(finding("file")), ...agreements.map(finding("agreement"))]
}

/** What people write down: credit code or VAT id, payment reference, registration number, document number, name. */
export async function findByText(sql: Sql, text: string): Promise<Finding[]> {
  const upper = text.replaceAll(/\s/g, "").toUpperCase()
  const pattern = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`
  const [parties, payments, registrations, freezes] = await Promise.all([
    sql<Row[]>`
      select id, row->'name' as name, state, 'party' as page, id as "to" from parties
      where identifier = ${upper} or row->'name'->>'zh' ilike ${pattern} or row->'name'->>'en' ilike ${pattern}
      order by id limit 20`,
    sql<Row[]>`
      select id, null::json as name, state, 'trade' as page, trade as "to" from payments
      where reference = ${upper} or reference = ${text} limit 20`,
    sql<Row[]>`
      select r.id, r.row->'title' as name, r.state, case when l.id is null then 'party' else 'listing' end as page,
        coalesce(l.id, r.party) as "to"
      from registrations r left join listings l on l.registration = r.id
      where r.row->>'number' = ${upper} limit 20`,
    sql<Row[]>`
      select id, null::json as name, state, 'freeze' as page, id as "to" from freezes
      where row->>'document' = ${text} limit 20`,
  ])
  return [
    ...parties.map(finding("party")),
    ...payments.map(finding("payment")),
    ...registrations.map(finding("registration")),
    ...freezes.map(finding("freeze")),
  ]
}
