import type { Metadata } from "next"
import type { Locale } from "#contracts/localized-text.ts"
import type { RecordFamily } from "#server/ledger/explorer.ts"
import { caller, load } from "../../_lib/caller.ts"
import { explorer } from "../../_lib/messages/explorer.ts"
import { ledger } from "../../_lib/messages/ledger.ts"
import { localeOf } from "../../_lib/page.ts"
import { paths } from "../../_lib/paths.ts"
import { Refused } from "../../_shell/refused.tsx"
import { ButtonLink } from "../../_ui/button.tsx"
import { Pager, Tabs } from "../../_ui/navigation.tsx"
import { PageHead, SectionHead } from "../../_ui/panel.tsx"
import { SearchBox } from "../../_ui/search.tsx"
import { FileFinder } from "./_parts/file-finder.tsx"
import { KeyHistory } from "./_parts/key-history.tsx"
import { LogHead } from "./_parts/log-head.tsx"
import { RecordTable } from "./_parts/record-table.tsx"
import { positionOf } from "./_parts/record-view.ts"
import { Results } from "./_parts/results.tsx"
import { WitnessTable } from "./_parts/witness-table.tsx"

type Query = { q?: string; file?: string; type?: string; before?: string; after?: string }
type Props = { params: Promise<{ locale: string }>; searchParams: Promise<Query> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: ledger[localeOf((await params).locale)].title }
}

/** The explorer of the log: one box, the signed head, and what was written last. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const query = await searchParams
  const t = ledger[locale]
  const e = explorer[locale]
  const to = paths(locale)
  const text = (given: unknown) => (typeof given === "string" ? given.trim().slice(0, 200) : "")
  const file = text(query.file)
  const asked = file || text(query.q)
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={
          <ButtonLink href={to.verify()} icon="check">
            {t.verify}
          </ButtonLink>
        }
      />
      <div className="grid gap-8">
        <div className="max-w-3xl">
          <SearchBox
            locale={locale}
            size="large"
            action={to.ledger()}
            label={t.search}
            placeholder={t.searchPlaceholder}
            defaultValue={asked}
          />
          <p className="mt-2 text-small text-ink-faint">
            {[e.boxHelp, e.boxKinds.join(locale === "zh" ? "、" : ", ")].join(locale === "zh" ? "" : " ")}
          </p>
          <FileFinder locale={locale} />
        </div>
        {asked === "" ? (
          <Latest locale={locale} query={query} />
        ) : (
          <Results
            locale={locale}
            asked={asked}
            isFile={file !== ""}
            after={positionOf(query.after ?? "") ?? 0}
          />
        )}
      </div>
    </>
  )
}

async function Latest({ locale, query }: { locale: Locale; query: Query }) {
  const t = ledger[locale]
  const to = paths(locale)
  const families = Object.keys(t.families) as RecordFamily[]
  const family = families.find((one) => one === query.type) ?? null
  const api = await caller(locale)
  const [overview, latest] = await Promise.all([
    load(locale, () => api.ledger.overview()),
    load(locale, () => api.ledger.latest({ before: positionOf(query.before ?? ""), family })),
  ])
  if (!overview.ok) return <Refused failure={overview.refused} locale={locale} />
  if (!latest.ok) return <Refused failure={latest.refused} locale={locale} />
  return (
    <>
      <LogHead overview={overview.ok} locale={locale} />
      {overview.ok.log === null ? null : <KeyHistory log={overview.ok.log} locale={locale} />}
      {overview.ok.head === null ? null : (
        <WitnessTable witnesses={overview.ok.witnesses} now={overview.ok.now} locale={locale} />
      )}
      <div>
        <SectionHead title={t.latest} />
        <Tabs
          label={t.columns.type}
          current={family ?? "all"}
          tabs={[
            { key: "all", label: t.all, href: to.ledger() },
            ...families.map((one) => ({
              key: one,
              label: t.families[one],
              href: to.ledger({ type: one }),
            })),
          ]}
        />
        <RecordTable caption={t.latest} records={latest.ok.records} locale={locale} />
        <Pager
          locale={locale}
          previous={query.before ? to.ledger({ type: family }) : null}
          next={latest.ok.next === null ? null : to.ledger({ type: family, before: latest.ok.next })}
        />
      </div>
    </>
  )
}
