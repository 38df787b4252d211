import type { Metadata } from "next"
import type { Locale } from "#contracts/localized-text.ts"
import { type TradeChoice, tradeChoices } from "#contracts/supervision.ts"
import { caller, load } from "../../_lib/caller.ts"
import { formatCount } from "../../_lib/format.ts"
import { supervision } from "../../_lib/messages/supervision.ts"
import { localeOf } from "../../_lib/page.ts"
import { paths } from "../../_lib/paths.ts"
import { Refused } from "../../_shell/refused.tsx"
import { Pager, Tabs } from "../../_ui/navigation.tsx"
import { Columns, PageHead, SectionHead, Stat, Stats } from "../../_ui/panel.tsx"
import { SearchBox } from "../../_ui/search.tsx"
import { EmptyState } from "../../_ui/states.tsx"
import { KeyPanel } from "../ledger/_parts/key-panel.tsx"
import { ChecksTable } from "./_parts/checks.tsx"
import { DeskTabs } from "./_parts/desk-tabs.tsx"
import { Found } from "./_parts/found.tsx"
import { LatestExports, LatestFreezes } from "./_parts/latest.tsx"
import { RemitLine } from "./_parts/remit-line.tsx"

type Query = { q?: string; show?: string; after?: string }
type Props = { params: Promise<{ locale: string }>; searchParams: Promise<Query> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: supervision[localeOf((await params).locale)].title }
}

/** The regulator's desk: one box for everything, and whether what the law asks to be kept is there. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const query = await searchParams
  const t = supervision[locale]
  const asked = typeof query.q === "string" ? query.q.trim().slice(0, 300) : ""
  const api = await caller(locale)
  // Asked with an empty text too: who may not search may not see the desk at all.
  const found = await load(locale, () => api.supervision.search({ text: asked }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <DeskTabs current="overview" locale={locale} />
      <RemitLine locale={locale} />
      <div className="mb-8 max-w-3xl">
        <SearchBox
          locale={locale}
          size="large"
          action={paths(locale).supervision()}
          label={t.search}
          placeholder={t.searchPlaceholder}
          defaultValue={asked}
        />
      </div>
      {asked === "" ? (
        <Overview locale={locale} query={query} />
      ) : (
        <Found asked={asked} findings={found.ok} locale={locale} />
      )}
    </>
  )
}

async function Overview({ locale, query }: { locale: Locale; query: Query }) {
  const t = supervision[locale]
  const to = paths(locale)
  const show: TradeChoice = tradeChoices.find((one) => one === query.show) ?? "all"
  const api = await caller(locale)
  const [kept, freezes, exports, log] = await Promise.all([
    load(locale, () => api.supervision.completeness({ after: query.after ?? null, show })),
    load(locale, () => api.supervision.freezes({ after: null, which: "active" })),
    load(locale, () => api.ledger.exports({ before: null, limit: 5 })),
    load(locale, () => api.ledger.overview()),
  ])
  if (!kept.ok) return <Refused failure={kept.refused} locale={locale} />
  if (!freezes.ok) return <Refused failure={freezes.refused} locale={locale} />
  if (!exports.ok) return <Refused failure={exports.refused} locale={locale} />
  const { sum, trades, next } = kept.ok
  const counts: Record<TradeChoice, number> = { all: sum.total, missing: sum.missing, underWay: sum.underWay }
  return (
    <>
      <section aria-labelledby="completeness" className="mb-8">
        <SectionHead id="completeness" title={t.completeness} />
        <Stats>
          <Stat label={t.complete} value={t.completeOf(sum.complete, sum.total)} note={t.completeNote} />
          <Stat label={t.missing} value={formatCount(sum.missing, locale)} note={t.missingNote} />
          <Stat label={t.underWay} value={formatCount(sum.underWay, locale)} note={t.underWayNote} />
          <Stat
            label={t.activeFreezes}
            value={`${formatCount(freezes.ok.freezes.length, locale)}${freezes.ok.next ? "+" : ""}`}
            note={t.activeFreezesNote}
          />
        </Stats>
        <p className="mt-2 max-w-prose text-small text-ink-faint">{t.completenessLaw}</p>
      </section>
      <Columns
        side={
          <>
            <LatestFreezes freezes={freezes.ok.freezes} locale={locale} />
            <LatestExports runs={exports.ok} locale={locale} />
            <KeyPanel log={log.ok?.log ?? null} locale={locale} />
          </>
        }
      >
        <div className="min-w-0">
          <SectionHead title={t.tradeList} />
          <Tabs
            label={t.tradeList}
            current={show}
            tabs={tradeChoices.map((key) => ({
              key,
              label: t.choices[key],
              href: to.supervision({ show: key === "all" ? null : key }),
              count: formatCount(counts[key], locale),
            }))}
          />
          <ChecksTable
            checks={trades}
            locale={locale}
            caption={t.tradeList}
            empty={<EmptyState title={t.noTrades[show]}>{t.noTradesLead[show]}</EmptyState>}
          />
          <Pager
            locale={locale}
            previous={query.after ? to.supervision({ show: query.show }) : null}
            next={next ? to.supervision({ show: query.show, after: next }) : null}
          />
        </div>
      </Columns>
    </>
  )
}
