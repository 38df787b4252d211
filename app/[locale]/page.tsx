import { ResultList } from "../_catalogue/result-list.tsx"
import { caller, load } from "../_lib/caller.ts"
import { localeOf } from "../_lib/page.ts"
import { HomeFrame } from "../_shell/home-frame.tsx"
import { LogHead } from "./ledger/_parts/log-head.tsx"
import { readSearch } from "./search/_parts/search-query.ts"

const latestShown = 6

/** The front page, with the newest listings and the newest signed head of the log. */
export default async function HomePage({ params }: { params: Promise<{ locale: string }> }) {
  const locale = localeOf((await params).locale)
  const api = await caller(locale)
  const [latest, overview] = await Promise.all([
    load(locale, () => api.listings.search(readSearch({ sort: "newest" }))),
    load(locale, () => api.ledger.overview()),
  ])
  const cards = latest.ok?.cards.slice(0, latestShown) ?? []
  return (
    <HomeFrame
      locale={locale}
      latest={cards.length > 0 ? <ResultList cards={cards} locale={locale} /> : undefined}
      ledgerHead={overview.ok?.head ? <LogHead overview={overview.ok} locale={locale} /> : undefined}
    />
  )
}
