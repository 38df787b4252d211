import type { Locale } from "#contracts/localized-text.ts"
import type { LineFilter, LineWithMatch } from "#server/bank-files/queries.ts"
import { bankFiles as words } from "../../../../_lib/messages/bank-files.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Link } from "../../../../_ui/link.tsx"
import { EmptyState } from "../../../../_ui/states.tsx"
import { Table } from "../../../../_ui/table.tsx"
import { formatDay, LineChip, lineNext, MatchedThing, SignedAmount } from "./line-parts.tsx"

type Props = { file: string; lines: readonly LineWithMatch[]; show: LineFilter; locale: Locale }

/** The lines of a statement, each with what it is and what comes next. */
export function LineTable({ file, lines, show, locale }: Props) {
  const t = words[locale]
  const to = paths(locale)
  return (
    <Table
      caption={t.lines}
      rows={lines}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t.noLines[show]}>{t.noLinesLead}</EmptyState>}
      columns={[
        {
          key: "date",
          label: t.date,
          heading: true,
          cell: (line) => <Link href={to.bankLine(file, line.id)}>{formatDay(line.date, locale)}</Link>,
        },
        {
          key: "amount",
          label: t.amount,
          align: "right",
          cell: (line) => <SignedAmount line={line} locale={locale} />,
        },
        {
          key: "text",
          label: t.text,
          wrap: true,
          wide: true,
          cell: ({ text, counterparty }) => (
            <span className="grid min-w-44 wrap-anywhere">
              <span>{text || "—"}</span>
              <span className="text-small text-ink-faint">{counterparty}</span>
            </span>
          ),
        },
        {
          key: "match",
          label: t.match,
          wrap: true,
          cell: (line) => (
            <span className="grid min-w-28 gap-0.5 py-0.5 sm:min-w-60">
              <span className="flex flex-wrap items-center gap-2">
                <LineChip line={line} locale={locale} />
                <MatchedThing line={line} locale={locale} />
              </span>
              <span className="text-small text-ink-soft">{lineNext(line, locale)}</span>
            </span>
          ),
        },
        {
          key: "number",
          label: t.number,
          wide: true,
          cell: ({ number }) => <code className="font-mono text-small">{number}</code>,
        },
      ]}
    />
  )
}
