import type { Metadata } from "next"
import type { BankFile } from "#contracts/bank-file.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { Money } from "#contracts/money.ts"
import type { LineFilter } from "#server/bank-files/queries.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { formatCount, formatMoney } from "../../../../_lib/format.ts"
import { bankFiles as words } from "../../../../_lib/messages/bank-files.ts"
import { operator } from "../../../../_lib/messages/operator.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { DefinitionList } from "../../../../_ui/definition-list.tsx"
import { Hash } from "../../../../_ui/hash.tsx"
import { Breadcrumbs, Pager, Tabs } from "../../../../_ui/navigation.tsx"
import { PageHead, Panel, Stat, Stats } from "../../../../_ui/panel.tsx"
import { Callout } from "../../../../_ui/states.tsx"
import { Time } from "../../../../_ui/values.tsx"
import { ConfirmMatched } from "../_parts/line-actions.tsx"
import { formatPeriod } from "../_parts/line-parts.tsx"
import { LineTable } from "../_parts/line-table.tsx"

type Props = {
  params: Promise<{ locale: string; id: string }>
  searchParams: Promise<{ show?: string; page?: string; known?: string }>
}

const filters = ["open", "matched", "aside", "all"] as const satisfies readonly LineFilter[]

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].title }
}

/** One statement: its lines, what each is, and one click that confirms those that are matched. */
export default async function Page({ params, searchParams }: Props) {
  const { locale: text, id } = await params
  const locale = localeOf(text)
  const query = await searchParams
  const show = filters.find((one) => one === query.show) ?? "open"
  const page = /^\d{1,3}$/.test(query.page ?? "") ? Number(query.page) : 0
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.bankFiles.page({ file: id as never, show, page })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { file, lines, pages, counts, exact, exactInAll } = found.ok
  const t = words[locale]
  const to = paths(locale)
  const address = (of: LineFilter, at = 0) =>
    to.bankFile(id, { show: of === "open" ? null : of, page: at === 0 ? null : at })
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: operator[locale].title, href: to.operator() },
          { label: t.title, href: to.bankFiles() },
          { label: formatPeriod(file, locale) },
        ]}
      />
      <PageHead title={`${t.one} ${formatPeriod(file, locale)}`} />
      <div className="grid gap-6">
        {query.known ? <Callout title={t.knownTitle}>{t.known}</Callout> : null}
        <Ends file={file} locale={locale} />
        <ConfirmMatched
          lines={exact}
          words={{
            label: t.confirmAll(exact.length),
            title: t.confirmTitle,
            lead: [
              t.confirmLead(exact.length),
              exactInAll > exact.length ? t.confirmMore(exactInAll, exact.length) : "",
            ].join(" "),
            decidedBy: t.decidedBy,
            busy: t.confirming,
          }}
          told={{ done: t.confirmDone, left: t.confirmLeft }}
        />
        <div>
          <Tabs
            label={t.lines}
            current={show}
            tabs={filters.map((one) => ({
              key: one,
              label: t.tabs[one],
              href: address(one),
              count: formatCount(counts[one], locale),
            }))}
          />
          <LineTable file={id} lines={lines} show={show} locale={locale} />
          <Pager
            locale={locale}
            previous={page > 0 ? address(show, page - 1) : null}
            next={page + 1 < pages ? address(show, page + 1) : null}
            {...(pages > 1 ? { summary: t.pageOf(page + 1, pages) } : {})}
          />
        </div>
        <Facts file={file} locale={locale} />
      </div>
    </>
  )
}

/** The balances at both ends and what moved between them. */
function Ends({ file, locale }: { file: BankFile; locale: Locale }) {
  const t = words[locale]
  const { opening, closing, credits, debits, currency } = file
  const balance = (minor: string | null) => {
    if (minor === null) return <span className="text-base font-normal text-ink-faint">{t.noBalance}</span>
    const below = minor.startsWith("-")
    const amount: Money = { minor: below ? minor.slice(1) : minor, currency }
    return `${below ? "−" : ""}${formatMoney(amount, locale)}`
  }
  return (
    <Stats>
      <Stat label={t.opening} value={balance(opening)} />
      <Stat label={t.credits} value={formatMoney(credits, locale)} />
      <Stat label={t.debits} value={formatMoney(debits, locale)} />
      <Stat label={t.closing} value={balance(closing)} />
    </Stats>
  )
}

function Facts({ file, locale }: { file: BankFile; locale: Locale }) {
  const t = words[locale]
  return (
    <Panel title={t.facts}>
      <DefinitionList
        items={[
          { term: t.account, value: file.account ?? t.noAccount },
          { term: t.currency, value: file.currency },
          { term: t.format, value: t.formats[file.format] },
          { term: t.lines, value: t.linesNote(file.added, file.lines) },
          { term: t.imported, value: <Time time={file.at} locale={locale} /> },
          { term: t.hash, value: <Hash locale={locale} value={file.fileHash} /> },
        ]}
      />
    </Panel>
  )
}
