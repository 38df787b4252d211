import type { Metadata } from "next"
import type { Locale } from "#contracts/localized-text.ts"
import type { OpenItem } from "#server/bank-files/match-rules.ts"
import type { LineWithMatch } from "#server/bank-files/queries.ts"
import { caller, load } from "../../../../../../_lib/caller.ts"
import { type BankFileWords, bankFiles as words } from "../../../../../../_lib/messages/bank-files.ts"
import { kit } from "../../../../../../_lib/messages/kit.ts"
import { localeOf, orNotFound } from "../../../../../../_lib/page.ts"
import { paths } from "../../../../../../_lib/paths.ts"
import { Refused } from "../../../../../../_shell/refused.tsx"
import { Button } from "../../../../../../_ui/button.tsx"
import { DefinitionList } from "../../../../../../_ui/definition-list.tsx"
import { TextField } from "../../../../../../_ui/fields.tsx"
import { Breadcrumbs } from "../../../../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel } from "../../../../../../_ui/panel.tsx"
import { EmptyState } from "../../../../../../_ui/states.tsx"
import { Money, Text } from "../../../../../../_ui/values.tsx"
import { ConfirmMatched, MatchWith, SetAside, TakeBack } from "../../../_parts/line-actions.tsx"
import {
  formatDay,
  formatPeriod,
  LineChip,
  lineNext,
  MatchedThing,
  SignedAmount,
} from "../../../_parts/line-parts.tsx"

type Props = {
  params: Promise<{ locale: string; id: string; line: string }>
  searchParams: Promise<{ reference?: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].line }
}

/** One line: what it is, what it may be, and what a person does with it. */
export default async function Page({ params, searchParams }: Props) {
  const { locale: text, id, line: lineId } = await params
  const locale = localeOf(text)
  const asked = ((await searchParams).reference ?? "").trim().slice(0, 60)
  const reference = asked === "" ? null : asked
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.bankFiles.line({ line: lineId as never, reference })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { line, file, items } = found.ok
  const t = words[locale]
  const to = paths(locale)
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: t.title, href: to.bankFiles() },
          { label: formatPeriod(file, locale), href: to.bankFile(id) },
          { label: `${t.line} ${line.row}` },
        ]}
      />
      <PageHead
        title={<SignedAmount line={line} locale={locale} />}
        lead={t.lineLead(line.row)}
        chips={<LineChip line={line} locale={locale} />}
      />
      <Columns side={<Next line={line} locale={locale} back={to.bankFile(id)} />}>
        <Facts line={line} locale={locale} />
        {line.state === "open" ? (
          <Panel title={t.byHand}>
            <p className="mb-4 max-w-prose text-ink-soft">{t.byHandLead}</p>
            <form method="get" className="mb-4 grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto]">
              <TextField
                label={t.search}
                hint={t.searchHint}
                optional={kit[locale].optional}
                name="reference"
                defaultValue={asked}
                maxLength={60}
                autoComplete="off"
                spellCheck={false}
              />
              <Button type="submit">{t.find}</Button>
            </form>
            <Items items={items} line={line} locale={locale} />
          </Panel>
        ) : null}
      </Columns>
    </>
  )
}

function Next({ line, locale, back }: { line: LineWithMatch; locale: Locale; back: string }) {
  const t = words[locale]
  const sentence = lineNext(line, locale)
  const exact = line.found?.kind === "exact" ? line.found.item : null
  return (
    <Panel title={t.next}>
      <div className="grid justify-items-start gap-3">
        {sentence ? <p>{sentence}</p> : null}
        <MatchedThing line={line} locale={locale} />
        {exact ? (
          <ConfirmMatched
            lines={[{ line: line.id, target: { kind: exact.kind, id: exact.id, attempt: exact.attempt } }]}
            words={{
              label: t.confirmAll(1),
              title: t.confirmTitle,
              lead: t.confirmLead(1),
              decidedBy: t.decidedBy,
              busy: t.confirming,
            }}
            told={{ done: t.confirmDone, left: t.confirmLeft }}
          />
        ) : null}
        {line.state === "open" ? <SetAside line={line.id} back={back} words={asideWords(t)} /> : null}
        {line.state === "aside" ? (
          <TakeBack
            line={line.id}
            words={{ takeBack: t.takeBack, takeBackLead: t.takeBackLead, takeBackBusy: t.takeBackBusy }}
          />
        ) : null}
      </div>
    </Panel>
  )
}

/** Words that are sentences; those that are functions stay on the server. */
function asideWords({
  setAside,
  setAsideLead,
  setAsideBusy,
  reason,
  reasons,
  note,
  noteHint,
}: BankFileWords) {
  return { setAside, setAsideLead, setAsideBusy, reason, reasons, note, noteHint }
}

function Facts({ line, locale }: { line: LineWithMatch; locale: Locale }) {
  const t = words[locale]
  return (
    <Panel title={t.line}>
      <DefinitionList
        items={[
          { term: t.date, value: formatDay(line.date, locale) },
          { term: t.remittance, value: line.text || "—" },
          { term: t.counterparty, value: line.counterparty || "—" },
          { term: t.counterAccount, value: line.counterAccount || "—" },
          { term: t.number, value: <code className="font-mono text-small">{line.number}</code> },
        ]}
      />
    </Panel>
  )
}

/** What the line may be, each with a button. */
function Items({ items, line, locale }: { items: readonly OpenItem[]; line: LineWithMatch; locale: Locale }) {
  const t = words[locale]
  if (items.length === 0) return <EmptyState title={t.byHandNone}>{t.byHandNoneLead}</EmptyState>
  const { choose, chooseTitle, chooseLead, confirming, decidedBy } = t
  return (
    <ul className="grid divide-y divide-line">
      {items.map(({ kind, id, attempt, amount, references, title, party }) => (
        <li
          key={`${kind} ${id}`}
          className="flex flex-wrap items-center justify-between gap-3 py-3 first:pt-0 last:pb-0"
        >
          <span className="grid min-w-0 gap-0.5">
            <span className="flex flex-wrap gap-2 font-medium">
              {t.kinds[kind]} <Money amount={amount} locale={locale} />
            </span>
            <span className="text-small text-ink-soft">
              {party ? <Text text={party} locale={locale} /> : null}
              {party && title ? " · " : null}
              {title ? <Text text={title} locale={locale} /> : null}
            </span>
            <code className="font-mono text-small text-ink-faint">{references[0]}</code>
          </span>
          <MatchWith
            line={line.id}
            target={{ kind, id, attempt }}
            words={{ choose, chooseTitle, chooseLead, confirming, decidedBy }}
          />
        </li>
      ))}
    </ul>
  )
}
