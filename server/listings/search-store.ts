import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { Listing } from "#contracts/listing.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { FacetRow, SearchFilters, SearchSort } from "#contracts/search.ts"
import type { Time } from "#contracts/time.ts"

/** The search's SQL: entries say what a listing is, the listing and its seller whether it is for sale now. */

export type Entry = {
  listing: Id<"listing">
  tokens: string[]
  titleTokens: string[]
  domain: string
  formats: string[]
  uses: string[]
  currency: string
  priceMinor: string
  band: string
  publishedAt: Time
}

export async function writeEntry(sql: Sql, entry: Entry): Promise<void> {
  await sql`insert into search_entries (listing, tokens, title_tokens, domain, formats, uses, currency,
      price_minor, band, published_at)
    values (${entry.listing}, ${entry.tokens}::text[], ${entry.titleTokens}::text[], ${entry.domain},
      ${entry.formats}::text[], ${entry.uses}::text[], ${entry.currency}, ${entry.priceMinor}::text::bigint,
      ${entry.band}, ${entry.publishedAt})
    on conflict (listing) do update set tokens = excluded.tokens, title_tokens = excluded.title_tokens,
      domain = excluded.domain, formats = excluded.formats, uses = excluded.uses, currency = excluded.currency,
      price_minor = excluded.price_minor, band = excluded.band, published_at = excluded.published_at`
}

export async function removeEntry(sql: Sql, listing: Id<"listing">): Promise<void> {
  await sql`delete from search_entries where listing = ${listing}`
}

/** What an entry is made from. */
export type Indexed = { listing: Listing; columns: string[]; sellerName: LocalizedText }

export async function loadIndexed(sql: Sql, id: Id<"listing">): Promise<Indexed | null> {
  const [row] = await sql<Indexed[]>`
    select l.row as listing, s.row->'name' as "sellerName", coalesce((select jsonb_agg(c->>'name')
      from jsonb_array_elements(v.manifest->'columns') c), '[]'::jsonb) as columns
    from listings l join parties s on s.id = l.seller
    left join dataset_versions v on v.id = l.row->>'datasetVersion' where l.id = ${id}`
  return row ?? null
}

export async function loadPublishedIds(sql: Sql, after: string, limit: number): Promise<Id<"listing">[]> {
  const rows = await sql<{ id: Id<"listing"> }[]>`
    select id from listings where state = 'published' and id > ${after} order by id limit ${limit}`
  return rows.map(({ id }) => id)
}

export async function removeEntriesOfUnpublished(sql: Sql): Promise<void> {
  await sql`delete from search_entries e where not exists (
    select 1 from listings l where l.id = e.listing and l.state = 'published')`
}

/** The words, and whether a listing must have all of them or any. */
export type Words = { tokens: readonly string[]; mode: "all" | "any" }

const forSale = (sql: Sql) => sql`search_entries e
  join listings l on l.id = e.listing and l.state = 'published' and l.row->>'frozenBy' is null
  join parties s on s.id = l.seller and s.row->>'frozenBy' is null`

function worded(sql: Sql, { tokens, mode }: Words) {
  if (tokens.length === 0) return sql`true`
  return mode === "all" ? sql`e.tokens @> ${[...tokens]}::text[]` : sql`e.tokens && ${[...tokens]}::text[]`
}

function filtered(sql: Sql, { domains, uses, formats, bands, currencies }: SearchFilters) {
  return sql`${domains.length === 0 ? sql`true` : sql`e.domain = any(${domains}::text[])`}
    and ${uses.length === 0 ? sql`true` : sql`e.uses @> ${uses}::text[]`}
    and ${formats.length === 0 ? sql`true` : sql`e.formats && ${formats}::text[]`}
    and ${bands.length === 0 ? sql`true` : sql`e.band = any(${bands}::text[])`}
    and ${currencies.length === 0 ? sql`true` : sql`(e.band <> 'free' and e.currency = any(${currencies}::text[]))`}`
}

/** Facets are counted over the newest listings that have the words, at most `limit` of them. */
export async function loadFacetRows(sql: Sql, words: Words, limit: number): Promise<FacetRow[]> {
  return sql<FacetRow[]>`
    select e.domain, e.uses, e.formats, e.band, case when e.band <> 'free' then e.currency end as currency
    from ${forSale(sql)} where ${worded(sql, words)}
    order by e.published_at desc, e.listing desc limit ${limit}`
}

/** A found listing and the keys that the next page goes on from. */
export type Hit = {
  listing: Id<"listing">
  score: number
  publishedAt: Time
  currency: string
  price: string
}
export type After = Pick<Hit, "listing" | "score" | "publishedAt" | "currency" | "price">

/** At most this many candidates, the newest, are scored by relevance. */
const scoredCandidates = 1_000

/**
 * Hits in the order asked for: by relevance (words found, those of the title counting three times, then the
 * newest), the newest, or the cheapest (free ones first, then by currency).
 */
export async function loadHits(
  sql: Sql,
  words: Words,
  filters: SearchFilters,
  page: { sort: SearchSort; after: After | null; limit: number },
): Promise<Hit[]> {
  const { sort, after, limit } = page
  const tokens = [...words.tokens]
  const score = sql`(select count(*) from unnest(e.tokens) t where t = any(${tokens}::text[]))
    + 2 * (select count(*) from unnest(e.title_tokens) t where t = any(${tokens}::text[]))`
  const candidates = sql`
    select e.listing, e.published_at, case when e.band = 'free' then '' else e.currency end as currency,
      e.price_minor, ${sort === "relevance" && tokens.length > 0 ? score : sql`0`} as score
    from ${forSale(sql)} where ${worded(sql, words)} and ${filtered(sql, filters)}`
  const narrowed =
    sort === "relevance"
      ? sql`${candidates} order by e.published_at desc, e.listing desc limit ${scoredCandidates}`
      : candidates
  return sql<Hit[]>`
    select c.listing, c.score::float8 as score, c.published_at as "publishedAt", c.currency,
      c.price_minor::text as price
    from (${narrowed}) c where ${after === null ? sql`true` : beyond(sql, sort, after)}
    order by ${orders[sort](sql)} limit ${limit}`
}

const orders = {
  relevance: (sql: Sql) => sql`c.score desc, c.published_at desc, c.listing desc`,
  newest: (sql: Sql) => sql`c.published_at desc, c.listing desc`,
  price: (sql: Sql) => sql`c.currency, c.price_minor, c.listing`,
} as const satisfies Record<SearchSort, unknown>

function beyond(sql: Sql, sort: SearchSort, { listing, score, publishedAt, currency, price }: After) {
  if (sort === "relevance")
    return sql`(c.score, c.published_at, c.listing) < (${score}::float8, ${publishedAt}::text, ${listing}::text)`
  if (sort === "newest") return sql`(c.published_at, c.listing) < (${publishedAt}::text, ${listing}::text)`
  return sql`(c.currency, c.price_minor, c.listing)
    > (${currency}::text, ${price}::text::bigint, ${listing}::text)`
}

/** What a result shows of a listing. */
export type SearchCard = Pick<
  Listing,
  "id" | "title" | "description" | "domain" | "format" | "policy" | "plans" | "publishedAt"
> & {
  seller: { id: Id<"party">; name: LocalizedText; verified: boolean }
  rows: number
  columns: number
  bytes: number
  registrationNumber: string | null
}

export async function loadSearchCards(sql: Sql, ids: readonly Id<"listing">[]): Promise<SearchCard[]> {
  const rows = await sql<{ card: SearchCard }[]>`
    select jsonb_build_object('id', l.id, 'title', l.row->'title', 'description', l.row->'description',
      'domain', l.row->'domain', 'format', l.row->'format', 'policy', l.row->'policy',
      'plans', l.row->'plans', 'publishedAt', l.row->'publishedAt',
      'seller', jsonb_build_object('id', s.id, 'name', s.row->'name', 'verified', s.state = 'verified'),
      'rows', v.manifest->'rows', 'columns', jsonb_array_length(v.manifest->'columns'),
      'bytes', (select sum((f->>'bytes')::bigint) from jsonb_array_elements(v.manifest->'files') f),
      'registrationNumber', r.row->'number') as card
    from listings l join parties s on s.id = l.seller
    join registrations r on r.id = l.registration
    join dataset_versions v on v.id = l.row->>'datasetVersion'
    where l.id = any(${[...ids]}::text[])`
  const cards = new Map(rows.map(({ card }) => [card.id, card]))
  return ids.flatMap((id) => cards.get(id) ?? [])
}
