import type { Metadata } from "next"
import type { Locale } from "#contracts/localized-text.ts"
import { type SearchInput, searchSorts } from "#contracts/search.ts"
import { ResultList } from "../../_catalogue/result-list.tsx"
import { caller, load } from "../../_lib/caller.ts"
import { formatCount } from "../../_lib/format.ts"
import { catalogue } from "../../_lib/messages/catalogue.ts"
import { localeOf } from "../../_lib/page.ts"
import { paths } from "../../_lib/paths.ts"
import { Refused } from "../../_shell/refused.tsx"
import { ButtonLink } from "../../_ui/button.tsx"
import { classes } from "../../_ui/classes.ts"
import { Link } from "../../_ui/link.tsx"
import { Pager } from "../../_ui/navigation.tsx"
import { ActiveFilters, SearchBox } from "../../_ui/search.tsx"
import { Callout, EmptyState } from "../../_ui/states.tsx"
import { activeFilters, SearchFacets } from "./_parts/facets.tsx"
import { facetNames, isFiltered, type Params, readSearch, searchQuery } from "./_parts/search-query.ts"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<Params> }

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const t = catalogue[localeOf((await params).locale)]
  const { words } = readSearch(await searchParams)
  return { title: words === "" ? t.search : t.titleFor(words) }
}

/** The public search. All of it is in the address; every choice is a link, so nothing needs a script. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const input = readSearch(await searchParams)
  const api = await caller(locale)
  const found = await load(locale, () => api.listings.search(input))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { cards, facets, total, capped, loosened, next } = found.ok
  const t = catalogue[locale]
  const to = paths(locale)
  return (
    <div className="grid items-start gap-x-8 gap-y-4 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <Filters input={input} locale={locale}>
        <SearchFacets input={input} facets={facets} locale={locale} />
      </Filters>
      <div className="grid min-w-0 gap-3 max-lg:order-first">
        <h1 className="text-title font-semibold wrap-anywhere">
          {input.words === "" ? t.title : t.titleFor(input.words)}
        </h1>
        <SearchBox
          locale={locale}
          action={to.search()}
          label={t.search}
          placeholder={t.placeholder}
          defaultValue={input.words}
          keep={keptFields(input)}
        />
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <p role="status" className="font-medium">
            {t.found(formatCount(total, locale), capped)}
          </p>
          <Sorts input={input} locale={locale} />
        </div>
        <ActiveFilters
          locale={locale}
          filters={activeFilters(input, locale)}
          clear={to.search({ q: input.words })}
        />
        {loosened && cards.length > 0 ? <Callout>{t.loosened}</Callout> : null}
        {cards.length === 0 ? (
          <Nothing input={input} locale={locale} />
        ) : (
          <ResultList cards={cards} locale={locale} level={2} />
        )}
        <Pager
          locale={locale}
          previous={input.after === null ? null : to.search(searchQuery(input))}
          next={next === null ? null : to.search(searchQuery(input, next))}
        />
      </div>
    </div>
  )
}

/** Filters stand open beside the results; on a phone they fold under one line. */
function Filters(props: { input: SearchInput; locale: Locale; children: React.ReactNode }) {
  const t = catalogue[props.locale]
  return (
    <aside aria-label={t.filters} className="min-w-0">
      <details className="rounded-panel border border-line bg-surface lg:hidden" open={false}>
        <summary className="min-h-10 cursor-pointer px-4 py-2 font-medium">{t.filters}</summary>
        <div className="grid gap-5 border-t border-line p-4">{props.children}</div>
      </details>
      <div className="hidden gap-6 lg:grid">{props.children}</div>
    </aside>
  )
}

function Sorts({ input, locale }: { input: SearchInput; locale: Locale }) {
  const t = catalogue[locale]
  const to = paths(locale)
  return (
    <nav aria-label={t.sort} className="flex flex-wrap items-center gap-1 text-small">
      <span className="mr-1 text-ink-faint">{t.sort}</span>
      {searchSorts.map((sort) => (
        <Link
          key={sort}
          href={to.search(searchQuery({ ...input, sort }))}
          aria-current={sort === input.sort ? "true" : undefined}
          className={classes(
            "inline-flex h-7 items-center rounded-control px-2",
            sort === input.sort
              ? "bg-accent-soft font-medium text-accent-strong"
              : "text-ink-soft hover:bg-sunken hover:text-ink",
          )}
        >
          {t.sorts[sort]}
        </Link>
      ))}
    </nav>
  )
}

/** Says what to try: fewer filters, fewer words, or a request that sellers answer. */
function Nothing({ input, locale }: { input: SearchInput; locale: Locale }) {
  const t = catalogue[locale]
  const to = paths(locale)
  const filtered = isFiltered(input)
  const first = input.words.split(/\s+/).filter(Boolean)
  return (
    <EmptyState
      icon="search"
      title={t.none}
      actions={
        <>
          {filtered ? (
            <ButtonLink href={to.search({ q: input.words })}>{t.clearAll}</ButtonLink>
          ) : first.length > 1 && first[0] ? (
            <ButtonLink href={to.search({ q: first[0] })}>{t.shorter(first[0])}</ButtonLink>
          ) : null}
          <ButtonLink href={to.newRequest()}>{t.postRequest}</ButtonLink>
        </>
      }
    >
      {filtered ? t.noneFiltered : input.words === "" ? t.noneYet : t.noneWords}
    </EmptyState>
  )
}

/** What a new search by words keeps: the filters and the order. */
function keptFields(input: SearchInput): { name: string; value: string }[] {
  const filters = Object.entries(facetNames).flatMap(([key, name]) =>
    input[key as keyof typeof facetNames].map((value) => ({ name, value })),
  )
  return input.sort === "relevance" ? filters : [...filters, { name: "sort", value: input.sort }]
}
