import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { Round } from "#contracts/match.ts"
import type { Request } from "#contracts/request.ts"
import type { Time } from "#contracts/time.ts"
import type { FoundListing } from "./round-rules.ts"
import type { Requester } from "./rules.ts"

export async function loadRequester(sql: Sql, party: Id<"party">): Promise<Requester | null> {
  const [row] = await sql<Requester[]>`
    select id, version, row->>'country' as country, row->>'frozenBy' as "frozenBy"
    from parties where id = ${party}`
  return row ?? null
}

export async function loadRequest(sql: Sql, id: Id<"request">): Promise<Request | null> {
  const [row] = await sql<{ row: Request }[]>`select row from requests where id = ${id}`
  return row?.row ?? null
}

/** A round with the request that it was for. */
export async function loadRound(
  sql: Sql,
  id: Id<"round">,
): Promise<{ round: Round; request: Request } | null> {
  const [row] = await sql<{ round: Round; request: Request }[]>`
    select n.row as round, q.row as request from rounds n join requests q on q.id = n.request
    where n.id = ${id}`
  return row ?? null
}

/** The newest rounds of a request, newest first. */
export async function loadRounds(sql: Sql, request: Id<"request">, limit: number): Promise<Round[]> {
  const rows = await sql<{ row: Round }[]>`
    select row from rounds where request = ${request} order by id desc limit ${limit}`
  return rows.map(({ row }) => row)
}

/** More than this many related listings are cut off, the least related first. */
export const mostCandidates = 200

/**
 * What a round looks at: published listings, neither frozen nor of a frozen seller, that share a word with the
 * request, or are not indexed yet; those with most words in common first, then the newest.
 */
export async function findListings(sql: Sql, words: readonly string[]): Promise<FoundListing[]> {
  return sql<FoundListing[]>`
    select l.row as listing, p.row->>'country' as "sellerCountry",
      coalesce((select jsonb_agg(c->'name' order by n) from jsonb_array_elements(v.manifest->'columns')
        with ordinality as columns (c, n)), '[]') as columns,
      coalesce((select jsonb_object_agg(f.plan, f.free) from seats f
        where f.plan in (select one->>'id' from json_array_elements(l.row->'plans') as offered (one))), '{}') as "freeSeats"
    from listings l join parties p on p.id = l.seller
    join dataset_versions v on v.id = l.row->>'datasetVersion'
    left join search_entries s on s.listing = l.id
    where l.state = 'published' and l.row->>'frozenBy' is null and p.row->>'frozenBy' is null
      and (s.listing is null or s.tokens && ${words}::text[])
    order by cardinality(array(select unnest(s.tokens) intersect select unnest(${words}::text[]))) desc,
      l.row->>'publishedAt' desc, l.id limit ${mostCandidates}`
}

export type RequestCard = { request: Request; rounds: number }

/** A buyer's requests, newest first. */
export async function loadRequests(
  sql: Sql,
  buyer: Id<"party">,
  after: string | null,
  limit: number,
): Promise<RequestCard[]> {
  return sql<RequestCard[]>`
    select q.row as request, (select count(*)::float8 from rounds n where n.request = q.id) as rounds
    from requests q where q.buyer = ${buyer} ${after ? sql`and q.id < ${after}` : sql``}
    order by q.id desc limit ${limit}`
}

/** What anyone who may answer a request sees of it: never who asks, nor what they would pay. */
export type OpenRequest = Pick<
  Request,
  "id" | "words" | "locale" | "use" | "formats" | "domain" | "deadline" | "postedAt"
>

/** Open requests of other parties, newest first. */
export async function loadOpenRequests(
  sql: Sql,
  { except, now }: { except: Id<"party">; now: Time },
  after: string | null,
  limit: number,
): Promise<OpenRequest[]> {
  const rows = await sql<{ row: OpenRequest }[]>`
    select row::jsonb - '{version,state,buyer,cap,trade,updatedAt}'::text[] as row from requests
    where state = 'open' and deadline > ${now} and buyer <> ${except} ${after ? sql`and id < ${after}` : sql``}
    order by id desc limit ${limit}`
  return rows.map(({ row }) => row)
}

/** Open requests whose deadline is over, the longest over first. */
export async function loadDueRequests(sql: Sql, now: Time, limit: number): Promise<Id<"request">[]> {
  const rows = await sql<{ id: Id<"request"> }[]>`
    select id from requests where state = 'open' and deadline <= ${now} order by deadline, id limit ${limit}`
  return rows.map(({ id }) => id)
}

export async function loadSellerNames(
  sql: Sql,
  sellers: readonly Id<"party">[],
): Promise<Map<Id<"party">, LocalizedText>> {
  const rows = await sql<{ id: Id<"party">; name: LocalizedText }[]>`
    select id, row->'name' as name from parties where id = any(${sellers})`
  return new Map(rows.map(({ id, name }) => [id, name]))
}
