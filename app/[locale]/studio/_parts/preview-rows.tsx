import type { Locale } from "#contracts/localized-text.ts"
import { formatCount } from "../../../_lib/format.ts"
import { evidence as words } from "../../../_lib/messages/evidence.ts"
import { KeepFresh } from "../../../_ui/keep-fresh.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"

type Preview = { numbers: readonly number[]; columns: readonly string[]; rows: readonly (string | null)[][] }

/** The rows that buyers will see before they buy. */
export function PreviewRows({ preview, locale }: { preview: Preview | null; locale: Locale }) {
  const t = words[locale]
  if (preview === null)
    return (
      <Panel title={t.preview}>
        <KeepFresh everyMs={2000} />
        <p className="text-ink-soft">{t.previewWaiting}</p>
      </Panel>
    )
  const rows = preview.rows.map((cells, i) => ({ number: preview.numbers[i] ?? 0, cells }))
  return (
    <Panel title={t.preview} footer={t.previewLead} flush>
      <Table
        bare
        caption={t.preview}
        rows={rows.slice(0, 10)}
        rowKey={(row) => row.number}
        columns={[
          { key: "#", label: t.row, align: "right", cell: (row) => formatCount(row.number, locale) },
          ...preview.columns.slice(0, 30).map((name, i) => ({
            key: name,
            label: <code className="font-mono">{name}</code>,
            cell: (row: (typeof rows)[number]) => row.cells[i] ?? "—",
          })),
        ]}
      />
    </Panel>
  )
}
