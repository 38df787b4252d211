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
          { key: "line", label: t.line, heading: true, cell: ({ entry }) => <Code text={entry} /> },
          {
            key: "at",
            label: t.at,
            cell: ({ at }) => <Time time={toTime(Date.parse(at))} locale={locale} />,
          },
          { key: "kind", label: t.kind, cell: ({ type }) => <code className="text-small">{type}</code> },
          {
            key: "amount",
            label: t.amount,
            align: "right",
            cell: ({ net, currency }) => <Moved net={BigInt(net)} currency={currency} locale={locale} />,
          },
          ...(operates
            ? [
                {
                  key: "explain",
                  label: <span className="sr-only">{t.explain}</span>,
                  align: "right" as const,
                  cell: ({ entry, currency }: SuspendedLine) => (
                    <ExplainLine
                      entry={entry}
                      journals={journals
                        .filter((one) => one.currency === currency)
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
  const confirm = { label: t.confirm, busy: t.confirming, title: t.confirmTitle, lead: t.confirmLead }
  const drop = { label: t.drop, busy: t.dropping, title: t.dropTitle, lead: t.dropLead }
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
          cell: ({ reason, note }) => (
            <div className="min-w-44">
              {reason === "taxPaid" ? t.taxPaid : t.reasons[reason]}
              <p className="font-normal text-small text-ink-soft wrap-anywhere">{note}</p>
            </div>
          ),
        },
        {
          key: "state",
          label: t.state,
          cell: ({ state }) => <StatusChip tone={correctionTone[state]}>{t.states[state]}</StatusChip>,
        },
        {
          key: "amount",
          label: t.amount,
          align: "right",
          cell: ({ amount, direction }) => (
            <Moved
              net={direction === "out" ? -BigInt(amount.minor) : BigInt(amount.minor)}
              currency={amount.currency}
              locale={locale}
            />
          ),
        },
        { key: "reference", label: t.reference, cell: ({ reference }) => <Code text={reference} /> },
        { key: "at", label: t.at, cell: ({ askedAt }) => <Time time={askedAt} locale={locale} /> },
        ...(operates
          ? [
              {
                key: "decide",
                label: <span className="sr-only">{t.confirm}</span>,
                align: "right" as const,
                cell: ({ id, state }: Correction) =>
                  state === "asked" ? (
                    <div className="flex justify-end gap-2">
                      <Decide correction={id} confirm={false} words={drop} />
                      <Decide correction={id} confirm words={confirm} />
                    </div>
                  ) : null,
              },
            ]
          : []),
      ]}
    />
  )
}
