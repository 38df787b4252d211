import { domains, formats } from "#contracts/listing.ts"
import { currencies } from "#contracts/money.ts"
import { actions } from "#contracts/rights.ts"
import { priceBands, type SearchInput, searchSorts } from "#contracts/search.ts"
import type { Query } from "../../../_lib/paths.ts"

/** The search in its address: `?q=rain&use=train&domain=science&price=free&sort=newest`. */
export type Params = Readonly<Record<string, string | string[] | undefined>>

export const facetNames = {
  uses: "use",
  domains: "domain",
  formats: "format",
  bands: "price",
  currencies: "currency",
} as const satisfies Partial<Record<keyof SearchInput, string>>
export type FacetKey = keyof typeof facetNames

const vocabularies: Record<FacetKey, readonly string[]> = {
  uses: actions,
  domains,
  formats,
  bands: priceBands,
  currencies: Object.keys(currencies),
}

const all = (value: string | string[] | undefined): string[] => (value === undefined ? [] : [value].flat())

/** Reads an address leniently: what is not in a vocabulary is left out, so an old or mistyped link still answers. */
export function readSearch(params: Params): SearchInput {
  const chosen = (key: FacetKey) => {
    const asked = all(params[facetNames[key]])
    return vocabularies[key].filter((word) => asked.includes(word)) as never[]
  }
  const [sort] = all(params.sort)
  const [after = null] = all(params.after)
  return {
    words: (all(params.q)[0] ?? "").trim().slice(0, 200),
    uses: chosen("uses"),
    domains: chosen("domains"),
    formats: chosen("formats"),
    bands: chosen("bands"),
    currencies: chosen("currencies"),
    sort: searchSorts.find((one) => one === sort) ?? "relevance",
    after: after === null || after.length > 300 ? null : after,
  }
}

/** The address of a search; of its first page unless `after` is given. */
export function searchQuery(input: SearchInput, after: string | null = null): Query {
  return {
    q: input.words,
    use: input.uses,
    domain: input.domains,
    format: input.formats,
    price: input.bands,
    currency: input.currencies,
    sort: input.sort === "relevance" ? null : input.sort,
    after,
  }
}

/** The same search with one choice put on or taken off. */
export function toggled(input: SearchInput, key: FacetKey, word: string): SearchInput {
  const chosen: readonly string[] = input[key]
  const next = chosen.includes(word)
    ? chosen.filter((one) => one !== word)
    : vocabularies[key].filter((one) => one === word || chosen.includes(one))
  return { ...input, [key]: next }
}

export const isFiltered = (input: SearchInput): boolean =>
  (Object.keys(facetNames) as FacetKey[]).some((key) => input[key].length > 0)
