import { domains, domainWords, formats } from "#contracts/listing.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { currencies } from "#contracts/money.ts"
import { actions } from "#contracts/rights.ts"
import { type Facets, priceBands, type SearchInput } from "#contracts/search.ts"
import { formatCount } from "../../../_lib/format.ts"
import { catalogue, formatNames } from "../../../_lib/messages/catalogue.ts"
import { paths } from "../../../_lib/paths.ts"
import { FacetList } from "../../../_ui/search.tsx"
import { type FacetKey, facetNames, searchQuery, toggled } from "./search-query.ts"

type Props = { input: SearchInput; facets: Facets; locale: Locale }

/** The groups of filters, each choice with how many listings it would show. */
export function SearchFacets({ input, facets, locale }: Props) {
  const t = catalogue[locale]
  const group = (key: FacetKey, title: string, words: readonly string[]) => (
    <FacetList title={title} facets={choices({ input, facets, locale }, key, words)} />
  )
  return (
    <>
      {group("uses", t.uses, actions)}
      {group("domains", t.domains, domains)}
      {group("formats", t.formats, formats)}
      {group("bands", t.prices, priceBands)}
      {group("currencies", t.currencies, Object.keys(currencies))}
    </>
  )
}

/** Choices that would show something, and those in force. */
function choices({ input, facets, locale }: Props, key: FacetKey, words: readonly string[]) {
  const to = paths(locale)
  const counts: Partial<Record<string, number>> = facets[key]
  const chosen: readonly string[] = input[key]
  return words
    .filter((word) => chosen.includes(word) || (counts[word] ?? 0) > 0)
    .map((word) => ({
      key: word,
      label: choiceLabel(key, word, locale),
      href: to.search(searchQuery(toggled(input, key, word))),
      count: formatCount(counts[word] ?? 0, locale),
      selected: chosen.includes(word),
    }))
}

/** The filters in force, as things that can be taken off. */
export function activeFilters(input: SearchInput, locale: Locale) {
  const to = paths(locale)
  return (Object.keys(facetNames) as FacetKey[]).flatMap((key) =>
    input[key].map((word) => ({
      key: `${key}-${word}`,
      label: choiceLabel(key, word, locale),
      href: to.search(searchQuery(toggled(input, key, word))),
    })),
  )
}

function choiceLabel(key: FacetKey, word: string, locale: Locale): string {
  const t = catalogue[locale]
  const labels: Record<FacetKey, Partial<Record<string, string>>> = {
    uses: t.shortUses,
    domains: Object.fromEntries(domains.map((domain) => [domain, domainWords[domain][locale]])),
    formats: formatNames,
    bands: t.bands,
    currencies: {},
  }
  return labels[key][word] ?? word
}
