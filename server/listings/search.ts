import { z } from "zod"
import type { Id } from "#contracts/ids.ts"
import { isId } from "#contracts/ids.ts"
import { cheapest, domainWords } from "#contracts/listing.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import { permittedActions } from "#contracts/rights.ts"
import { bandOf, countFacets, type Facets, type SearchInput, searchSorts } from "#contracts/search.ts"
import { isTime } from "#contracts/time.ts"
import { indexTokens, queryTokens } from "#contracts/tokens.ts"
import type { Services } from "../services.ts"
import {
  type After,
  type Entry,
  type Hit,
  type Indexed,
  loadFacetRows,
  loadHits,
  loadIndexed,
  loadPublishedIds,
  loadSearchCards,
  removeEntriesOfUnpublished,
  removeEntry,
  type SearchCard,
  type Words,
  writeEntry,
} from "./search-store.ts"

type Needs = Pick<Services, "sql">

const pageSize = 20
/** Exact counts over head words would take seconds. */
const countedCandidates = 2_000
/** No query that a person types has more words. */
const mostTokens = 32

export type SearchAnswer = {
  cards: SearchCard[]
  facets: Facets
  total: number
  /** True when only the newest listings were counted: the numbers are lower bounds. */
  capped: boolean
  /** True when no listing has all the words and these have some of them. */
  loosened: boolean
  next: string | null
}

/** The public search: anyone may ask. Refuses `invalid_input` for a cursor that is not one of ours. */
export async function searchListings({ sql }: Needs, input: SearchInput): Promise<SearchAnswer | Refusal> {
  const tokens = queryTokens(input.words).slice(0, mostTokens)
  const after = input.after === null ? null : readCursor(input.after)
  if (input.after !== null && (after === null || after.sort !== input.sort))
    return refuse("invalid_input", "after")
  const all: Words = { tokens, mode: after?.mode ?? "all" }
  const exact = await loadFacetRows(sql, all, countedCandidates + 1)
  const loosened = after?.mode === "any" || (exact.length === 0 && tokens.length > 1)
  const words: Words = loosened ? { tokens, mode: "any" } : all
  const rows = loosened && all.mode === "all" ? await loadFacetRows(sql, words, countedCandidates + 1) : exact
  const { sort } = input
  const page = { sort, after: after?.keys ?? null, limit: pageSize + 1 }
  const hits = await loadHits(sql, words, input, page)
  const shown = hits.slice(0, pageSize)
  const cards = await loadSearchCards(
    sql,
    shown.map(({ listing }) => listing),
  )
  const last = hits.length > pageSize ? shown.at(-1) : undefined
  return {
    cards,
    ...countFacets(rows.slice(0, countedCandidates), input),
    capped: rows.length > countedCandidates,
    loosened,
    next: last === undefined ? null : writeCursor({ sort, mode: words.mode, keys: last }),
  }
}

const cursor = z.tuple([
  z.enum(searchSorts),
  z.enum(["all", "any"]),
  z.custom<Id<"listing">>((id) => isId("listing", id)),
  z.number(),
  z.string().refine(isTime),
  z.string().max(3),
  z.string().regex(/^\d{1,18}$/),
])
type Cursor = { sort: SearchInput["sort"]; mode: Words["mode"]; keys: After }

function writeCursor({ sort, mode, keys }: Cursor & { keys: Hit }): string {
  const { listing, score, publishedAt, currency, price } = keys
  return Buffer.from(JSON.stringify([sort, mode, listing, score, publishedAt, currency, price])).toString(
    "base64url",
  )
}

function readCursor(text: string): Cursor | null {
  try {
    const parsed = cursor.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")))
    if (!parsed.success) return null
    const [sort, mode, listing, score, publishedAt, currency, price] = parsed.data
    return { sort, mode, keys: { listing, score, publishedAt, currency, price } }
  } catch {
    return null
  }
}

/** The job after a publication or withdrawal: writes the listing's entry, or removes it. Safe to repeat. */
export async function indexListing({ sql }: Needs, id: Id<"listing">): Promise<void> {
  const indexed = await loadIndexed(sql, id)
  if (indexed?.listing.state === "published") await writeEntry(sql, entryOf(indexed))
  else await removeEntry(sql, id)
}

/** Writes every entry anew, a page of listings at a time; how many there are. */
export async function rebuildSearch(needs: Needs): Promise<number> {
  await removeEntriesOfUnpublished(needs.sql)
  let count = 0
  for (let after = ""; ; ) {
    const ids = await loadPublishedIds(needs.sql, after, 500)
    for (const id of ids) await indexListing(needs, id)
    count += ids.length
    const last = ids.at(-1)
    if (last === undefined) return count
    after = last
  }
}

/** What a listing is found by. The price is that of its cheapest plan, a free one before all. */
export function entryOf({ listing, columns, sellerName }: Indexed): Entry {
  const both = (text: LocalizedText) => `${text.zh ?? ""}\n${text.en ?? ""}`
  const domain = domainWords[listing.domain]
  const title = both(listing.title)
  const texts = [title, both(listing.description), both(sellerName), domain.zh, domain.en, ...columns]
  const { price } = cheapest(listing.plans)
  return {
    listing: listing.id,
    tokens: indexTokens(texts.join("\n")),
    titleTokens: indexTokens(title),
    domain: listing.domain,
    formats: [listing.format],
    uses: permittedActions(listing.policy),
    currency: price.currency,
    priceMinor: price.minor,
    band: bandOf(price),
    publishedAt: listing.publishedAt,
  }
}
