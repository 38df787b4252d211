import type { ColumnProfile, DatasetProfile } from "#contracts/dataset.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { formatCount } from "../../../_lib/format.ts"
import { registrationReview } from "../../../_lib/messages/registration-review.ts"
import { NullBar } from "../../../_ui/charts.tsx"
import { ClaimChip, StatusChip } from "../../../_ui/chip.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"

/** More columns than a reviewer reads at once; the rest is in the profile. */
const shownColumns = 200

/** The columns as they were measured, with what the screening for personal data found. */
export function MeasuredColumns({ profile, locale }: { profile: DatasetProfile; locale: Locale }) {
  const t = registrationReview[locale]
  const rows = formatCount(profile.rows, locale)
  const hints = Map.groupBy(profile.screening, ({ column }) => column)
  return (
    <Panel
      flush
      title={t.measured}
      actions={<ClaimChip claim="measured" locale={locale} how={t.measuredHow(rows)} />}
      footer={profile.screening.length === 0 ? t.noScreening : undefined}
    >
      <Table
        bare
        caption={t.measured}
        rows={profile.columns.slice(0, shownColumns)}
        rowKey={({ name }) => name}
        columns={[
          { key: "name", label: t.columnHeads.name, heading: true, cell: ({ name }) => name },
          {
            key: "type",
            label: t.columnHeads.type,
            cell: ({ type }) => <code className="text-small">{type}</code>,
          },
          {
            key: "nulls",
            label: t.columnHeads.nulls,
            cell: ({ nulls }) => (
              <NullBar share={profile.rows === 0 ? 0 : nulls / profile.rows} locale={locale} width={80} />
            ),
          },
          {
            key: "distinct",
            label: t.columnHeads.distinct,
            align: "right",
            cell: ({ distinct }) => `≈ ${formatCount(distinct.count, locale)}`,
          },
          {
            key: "range",
            label: t.columnHeads.range,
            cell: (column) => <span className="text-ink-soft">{rangeOf(column, t.withheld)}</span>,
          },
          {
            key: "screening",
            label: t.columnHeads.screening,
            cell: ({ name }) =>
              (hints.get(name) ?? []).map(({ kind }) => (
                <StatusChip key={kind} tone="warn">
                  {t.screening[kind]}
                </StatusChip>
              )),
          },
        ]}
      />
    </Panel>
  )
}

const short = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}…` : text)

function rangeOf({ withheld, min, max }: ColumnProfile, hidden: string): string {
  if (withheld) return hidden
  return min === null || max === null ? "—" : `${short(min)} – ${short(max)}`
}

type Preview = { numbers: number[]; columns: string[]; rows: (string | null)[][] }

/** Rows that nobody chose. */
export function DrawnRows({ preview, locale }: { preview: Preview; locale: Locale }) {
  const t = registrationReview[locale]
  const rows = preview.rows.map((cells, order) => ({ number: preview.numbers[order] ?? order, cells }))
  return (
    <Panel flush title={t.preview} footer={t.previewHow}>
      <Table
        bare
        caption={t.preview}
        rows={rows}
        rowKey={({ number }) => number}
        columns={[
          { key: "row", label: t.row, heading: true, align: "right", cell: ({ number }) => number },
          ...preview.columns.map((name, order) => ({
            key: `${order} ${name}`,
            label: name,
            cell: ({ cells }: { cells: (string | null)[] }) => (
              <span className="block max-w-60 truncate">{cells[order] ?? "∅"}</span>
            ),
          })),
        ]}
      />
    </Panel>
  )
}
