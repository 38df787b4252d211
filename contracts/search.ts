import { z } from "zod"
import { type Domain, domains, type Format, formats } from "./listing.ts"
import type { Locale } from "./localized-text.ts"
import { type Currency, currencies, currency, type Money, minorOf } from "./money.ts"
import { type Action, actions } from "./rights.ts"

/** What the public search is asked and answers. Words are searched in both languages of a listing. */
export const priceBands = ["free", "to100", "to1000", "to10000", "more"] as const
export type PriceBand = (typeof priceBands)[number]

/** In whole units of the currency, each band including its upper end. */
export const bandWords = {
  free: { en: "Free", zh: "免费" },
  to100: { en: "Up to 100", zh: "100 及以下" },
  to1000: { en: "Over 100 to 1,000", zh: "100–1,000" },
  to10000: { en: "Over 1,000 to 10,000", zh: "1,000–10,000" },
  more: { en: "Over 10,000", zh: "10,000 以上" },
} as const satisfies Record<PriceBand, Record<Locale, string>>

export function bandOf(price: Money): PriceBand {
  const minor = minorOf(price)
  if (minor === 0n) return "free"
  const unit = 10n ** BigInt(currencies[price.currency].decimals)
  if (minor <= 100n * unit) return "to100"
  if (minor <= 1_000n * unit) return "to1000"
  return minor <= 10_000n * unit ? "to10000" : "more"
}

export const searchSorts = ["relevance", "newest", "price"] as const
export type SearchSort = (typeof searchSorts)[number]

/** Of `uses` all must be permitted; of the others any one will do, and none means no matter. */
export const searchInput = z.strictObject({
  words: z.string().trim().max(200).default(""),
  domains: z.array(z.enum(domains)).max(domains.length).default([]),
  uses: z.array(z.enum(actions)).max(actions.length).default([]),
  formats: z.array(z.enum(formats)).max(formats.length).default([]),
  bands: z.array(z.enum(priceBands)).max(priceBands.length).default([]),
  currencies: z.array(currency).max(10).default([]),
  sort: z.enum(searchSorts).default("relevance"),
  /** The `next` of the page before. */
  after: z.string().max(300).nullable().default(null),
})
export type SearchInput = z.infer<typeof searchInput>
export type SearchFilters = Pick<SearchInput, "domains" | "uses" | "formats" | "bands" | "currencies">

/** What facets are counted from. A free listing belongs to no currency. */
export type FacetRow = {
  domain: Domain
  uses: Action[]
  formats: Format[]
  band: PriceBand
  currency: Currency | null
}

export type Facets = {
  domains: Partial<Record<Domain, number>>
  uses: Partial<Record<Action, number>>
  formats: Partial<Record<Format, number>>
  bands: Partial<Record<PriceBand, number>>
  currencies: Partial<Record<Currency, number>>
}

type FilterName = keyof SearchFilters

const passes: { [F in FilterName]: (row: FacetRow, chosen: SearchFilters[F]) => boolean } = {
  domains: (row, chosen) => chosen.length === 0 || chosen.includes(row.domain),
  uses: (row, chosen) => chosen.every((use) => row.uses.includes(use)),
  formats: (row, chosen) => chosen.length === 0 || row.formats.some((format) => chosen.includes(format)),
  bands: (row, chosen) => chosen.length === 0 || chosen.includes(row.band),
  currencies: (row, chosen) =>
    chosen.length === 0 || (row.currency !== null && chosen.includes(row.currency)),
}

const passesAll = (row: FacetRow, filters: SearchFilters, except?: FilterName): boolean =>
  (except === "domains" || passes.domains(row, filters.domains)) &&
  (except === "uses" || passes.uses(row, filters.uses)) &&
  (except === "formats" || passes.formats(row, filters.formats)) &&
  (except === "bands" || passes.bands(row, filters.bands)) &&
  (except === "currencies" || passes.currencies(row, filters.currencies))

/**
 * How many of the rows each choice of each facet would show. A facet whose choices add up (domain, format, price)
 * ignores itself, so that its other choices keep their counts; a further use narrows what is chosen already.
 */
export function countFacets(
  rows: readonly FacetRow[],
  filters: SearchFilters,
): { facets: Facets; total: number } {
  const facets: Facets = { domains: {}, uses: {}, formats: {}, bands: {}, currencies: {} }
  let total = 0
  for (const row of rows) {
    const all = passesAll(row, filters)
    if (all) total += 1
    if (all) for (const use of row.uses) add(facets.uses, use)
    if (passesAll(row, filters, "domains")) add(facets.domains, row.domain)
    if (passesAll(row, filters, "formats")) for (const format of row.formats) add(facets.formats, format)
    if (passesAll(row, filters, "bands")) add(facets.bands, row.band)
    if (row.currency !== null && passesAll(row, filters, "currencies")) add(facets.currencies, row.currency)
  }
  return { facets, total }
}

function add<K extends string>(counts: Partial<Record<K, number>>, key: K): void {
  counts[key] = (counts[key] ?? 0) + 1
}
