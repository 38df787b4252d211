import { recordSentence } from "#contracts/ledger/sentences.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { ShownRecord } from "#server/ledger/shown-record.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { paths } from "../../../_lib/paths.ts"
import { Link } from "../../../_ui/link.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Time } from "../../../_ui/values.tsx"

type Props = { caption: string; records: readonly ShownRecord[]; locale: Locale }

/** Records as plain sentences, each with its number, type and time of sealing. */
export function RecordTable({ caption, records, locale }: Props) {
  const t = ledger[locale]
  const to = paths(locale)
  return (
    <Table
      caption={caption}
      rows={records}
      rowKey={(row) => row.index}
      empty={
        <EmptyState icon="chain" title={t.none}>
          {t.noneLead}
        </EmptyState>
      }
      columns={[
        {
          key: "index",
          label: t.columns.index,
          heading: true,
          cell: (row) => <Link href={to.record(row.index)}>{row.index}</Link>,
        },
        {
          key: "what",
          label: t.columns.what,
          wrap: true,
          cell: (row) => <What record={row} locale={locale} />,
        },
        { key: "type", label: t.columns.type, wide: true, cell: (row) => <TypeName leaf={row.leaf} /> },
        {
          key: "at",
          label: t.columns.at,
          wide: true,
          cell: ({ leaf }) =>
            "at" in leaf ? <Time time={leaf.at} locale={locale} precision="second" /> : "—",
        },
      ]}
    />
  )
}

/** The sentence; on a phone the time, whose column is left out there, stands under it. */
function What({ record: { leaf }, locale }: { record: ShownRecord; locale: Locale }) {
  if (!("type" in leaf)) return ledger[locale].unknownVersion
  return (
    <>
      {recordSentence(leaf, {}, locale)}
      <span className="block text-small text-ink-faint sm:hidden">
        <Time time={leaf.at} locale={locale} />
      </span>
    </>
  )
}

function TypeName({ leaf }: { leaf: ShownRecord["leaf"] }) {
  return (
    <code className="font-mono text-small text-ink-soft">{"type" in leaf ? leaf.type : `v${leaf.v}`}</code>
  )
}
