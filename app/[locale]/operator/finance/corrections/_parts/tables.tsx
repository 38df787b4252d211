import type { ReactNode } from "react"
import type { Correction } from "#contracts/correction.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { type Currency, isCurrency, makeMoney } from "#contracts/money.ts"
import { toTime } from "#contracts/time.ts"
import type { SuspendedLine } from "#server/corrections/store.ts"
import type { Missing } from "#server/settlements/line-store.ts"
import { formatMoney, shorten } from "../../../../../_lib/format.ts"
import { bookWords } from "../../../../../_lib/messages/book-words.ts"
import { correctionTone, corrections as words } from "../../../../../_lib/messages/corrections.ts"
import { StatusChip } from "../../../../../_ui/chip.tsx"
import { Panel } from "../../../../../_ui/panel.tsx"
import { EmptyState } from "../../../../../_ui/states.tsx"
import { Table } from "../../../../../_ui/table.tsx"
import { Time } from "../../../../../_ui/values.tsx"
import { Decide, ExplainLine } from "./actions.tsx"

type Common = { locale: Locale; operates: boolean }

const Code = ({ text }: { text: string }) => (
  <code className="font-mono text-small" title={text}>
    {shorten(text, 22, 6)}
  </code>
)

/** With the direction in words: a sign alone is easily overlooked. */
function Moved({ net, currency, locale }: { net: bigint; currency: Currency; locale: Locale }) {
  const t = words[locale]
  return (
    <>
      <span className="mr-2 text-small text-ink-faint">{net < 0n ? t.out : t.in}</span>
      {formatMoney(makeMoney(net < 0n ? -net : net, currency), locale)}
    </>
  )
}

const movedOf = ({ net, currency }: SuspendedLine, locale: Locale) => (
  <Moved net={BigInt(net)} currency={currency} locale={locale} />
)

const timeOf = ({ at }: SuspendedLine, locale: Locale) => (
  <Time time={toTime(Date.parse(at))} locale={locale} />
)

function journalLabel({ source, amount, currency }: Missing, locale: Locale): string {
  const [type = "", id = ""] = source.split(" ")
  const name = bookWords[locale].entries[type as keyof (typeof bookWords)["en"]["entries"]] ?? type
  const minor = BigInt(amount)
  const money = isCurrency(currency)
    ? formatMoney(makeMoney(minor < 0n ? -minor : minor, currency), locale)
    : amount
  return `${name} · ${money} · ${shorten(id, 10, 6)}`
}

/** What lies in suspense, the longest first. */
export function Suspense(props: Common & { lines: readonly SuspendedLine[]; journals: readonly Missing[] }) {
  const { lines, journals, locale, operates } = props
  const t = words[locale]
  if (lines.length === 0)
    return (
      <Panel title={t.suspense}>
        <p className="text-ink-soft">{t.suspenseNone}</p>
      </Panel>
    )
  const asking = {
    label: t.explain,
    busy: t.explaining,
    title: t.explainTitle,
    lead: t.explainLead,
    reason: t.reason,
    reasons: t.reasons,
    journal: t.journal,
    journalHint: t.journalHint,
    noJournal: t.noJournal,
    chooseJournal: t.chooseJournal,
    optional: t.optional,
    note: t.note,
  }
  return (
    <Panel flush title={t.suspense}>
      <Table
        bare
        caption={t.suspense}
        rows={lines}
        rowKey={({ entry }) => entry}
        columns={[
          {
            key: "line",
            label: t.line,
            heading: true,
            wrap: true,
            cell: (line) => (
              <>
                {t.kinds[line.kind]}
                {/* On a phone what else stands in the row is told here. */}
                <span className="block sm:hidden">{movedOf(line, locale)}</span>
                <span className="block font-normal text-small text-ink-soft sm:hidden">
                  {timeOf(line, locale)}
                </span>
                <span className="block font-normal wrap-anywhere">
                  <Code text={line.entry} />
                </span>
              </>
            ),
          },
          { key: "at", label: t.at, wide: true, cell: (line) => timeOf(line, locale) },
          {
            key: "amount",
            label: t.amount,
            align: "right",
            wide: true,
            cell: (line) => movedOf(line, locale),
          },
          ...(operates
            ? [
                {
                  key: "explain",
                  label: <span className="sr-only">{t.explain}</span>,
                  align: "right" as const,
                  cell: (line: SuspendedLine) => (
                    <ExplainLine
                      entry={line.entry}
                      about={[
                        { term: t.line, value: <Code text={line.entry} /> },
                        { term: t.kinds[line.kind], value: movedOf(line, locale) },
                        { term: t.at, value: timeOf(line, locale) },
                      ]}
                      journals={journals
                        .filter((one) => one.currency === line.currency)
                        .map((one) => ({ source: one.source, label: journalLabel(one, locale) }))}
                      words={asking}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
    </Panel>
  )
}

/** What was asked for, what waits for a second person first. */
export function Corrections(props: Common & { corrections: readonly Correction[] }) {
  const { corrections, locale, operates } = props
  const t = words[locale]
  const moved = ({ amount, direction }: Correction) => (
    <Moved
      net={direction === "out" ? -BigInt(amount.minor) : BigInt(amount.minor)}
      currency={amount.currency}
      locale={locale}
    />
  )
  return (
    <Table
      caption={t.asked}
      rows={corrections}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t.askedNone}>{t.askedNoneLead}</EmptyState>}
      columns={[
        {
          key: "what",
          label: t.what,
          heading: true,
          wrap: true,
          cell: (one) => (
            <>
              {whatOf(one, locale)}
              <span className="block font-normal sm:hidden">{moved(one)}</span>
              <span className="block font-normal text-small text-ink-soft wrap-anywhere">{one.note}</span>
            </>
          ),
        },
        {
          key: "state",
          label: t.state,
          wrap: true,
          cell: (one) => (
            <div className="grid justify-items-start gap-2 py-1">
              <StatusChip tone={correctionTone[one.state]}>{t.states[one.state]}</StatusChip>
              {operates && one.state === "asked" ? (
                <Decisions one={one} moved={moved(one)} locale={locale} />
              ) : null}
            </div>
          ),
        },
        { key: "amount", label: t.amount, align: "right", wide: true, cell: moved },
        {
          key: "reference",
          label: t.reference,
          wide: true,
          cell: ({ reference }) => <Code text={reference} />,
        },
        {
          key: "at",
          label: t.at,
          wide: true,
          cell: ({ askedAt }) => <Time time={askedAt} locale={locale} />,
        },
      ]}
    />
  )
}

const whatOf = ({ reason }: Correction, locale: Locale): string =>
  reason === "taxPaid" ? words[locale].taxPaid : words[locale].reasons[reason]

function Decisions({ one, moved, locale }: { one: Correction; moved: ReactNode; locale: Locale }) {
  const t = words[locale]
  const about = [
    { term: t.what, value: whatOf(one, locale) },
    { term: t.amount, value: moved },
    { term: t.reference, value: <Code text={one.reference} /> },
    { term: t.note, value: one.note },
  ]
  const confirm = { label: t.confirm, busy: t.confirming, title: t.confirmTitle, lead: t.confirmLead }
  const drop = { label: t.drop, busy: t.dropping, title: t.dropTitle, lead: t.dropLead }
  return (
    <span className="flex flex-wrap gap-2">
      <Decide correction={one.id} confirm about={about} words={confirm} />
      <Decide correction={one.id} confirm={false} about={about} words={drop} />
    </span>
  )
}
