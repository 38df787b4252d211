import type { Locale } from "#contracts/localized-text.ts"
import type { ExportRun } from "#server/ledger/export/run-store.ts"
import { formatBytes } from "../../../_lib/format.ts"
import { exportWords } from "../../../_lib/messages/export-words.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Time } from "../../../_ui/values.tsx"
import { exportTone, rangeWords } from "./export-words.ts"

type Run = Omit<ExportRun, "failure">

/** Exports that were asked for, newest first; `href` is the page of one. */
export function ExportList(props: { runs: readonly Run[]; href: (id: string) => string; locale: Locale }) {
  const { runs, href, locale } = props
  const t = exportWords[locale]
  return (
    <Table
      caption={t.pastExports}
      rows={runs}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon="download" title={t.noExports}>
          {t.noExportsLead}
        </EmptyState>
      }
      columns={[
        {
          key: "range",
          label: t.exportColumns.range,
          heading: true,
          cell: (run) => <Link href={href(run.id)}>{rangeWords(run, locale)}</Link>,
        },
        {
          key: "state",
          label: t.exportColumns.state,
          cell: ({ state }) => <StatusChip tone={exportTone[state]}>{t.exportStates[state]}</StatusChip>,
        },
        { key: "reason", label: t.exportColumns.reason, wrap: true, cell: ({ order }) => order.reason },
        {
          key: "hash",
          label: t.exportColumns.hash,
          wide: true,
          cell: ({ record }) =>
            record ? <Hash value={record.manifestHash} locale={locale} head={8} tail={4} bare /> : "—",
        },
        {
          key: "size",
          label: t.exportColumns.size,
          align: "right",
          cell: ({ bytes }) => (bytes === null ? "—" : formatBytes(bytes, locale)),
        },
        {
          key: "at",
          label: t.exportColumns.at,
          wide: true,
          cell: ({ createdAt }) => <Time time={createdAt} locale={locale} />,
        },
      ]}
    />
  )
}
