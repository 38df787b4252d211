import type { ColumnProfile, DatasetProfile } from "#contracts/dataset.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { formatCount } from "../../../_lib/format.ts"
import { studio } from "../../../_lib/messages/studio.ts"
import { Histogram, NullBar } from "../../../_ui/charts.tsx"
import { Explained } from "../../../_ui/hint.tsx"
import { Table } from "../../../_ui/table.tsx"

const most = 34

/** The dictionary as it was measured, a page of columns. */
export function Dictionary(props: {
  profile: DatasetProfile
  columns: readonly ColumnProfile[]
  locale: Locale
}) {
  const { profile, columns, locale } = props
  const t = studio[locale]
  return (
    <Table
      bare
      caption={t.dictionary}
      rows={columns}
      rowKey={(column) => column.name}
      columns={[
        {
          key: "field",
          label: t.field,
          heading: true,
          cell: (column) => <code className="font-mono text-small">{column.name}</code>,
        },
        {
          key: "type",
          label: t.type,
          cell: (column) => <span title={column.physical}>{t.types[column.type]}</span>,
        },
        {
          key: "filled",
          label: t.filled,
          cell: (column) => (
            <NullBar
              share={profile.rows === 0 ? 0 : column.nulls / profile.rows}
              locale={locale}
              width={72}
            />
          ),
        },
        {
          key: "distinct",
          label: t.distinct,
          align: "right",
          cell: (column) => (
            <Explained hint={t.approximate}>≈ {formatCount(column.distinct.count, locale)}</Explained>
          ),
        },
        {
          key: "range",
          label: t.range,
          cell: (column) =>
            column.withheld ? (
              <span className="text-small text-warn">{t.withheldValues}</span>
            ) : column.min === null ? (
              "—"
            ) : (
              <span className="text-small">
                {shorten(column.min)} – {shorten(column.max ?? "")}
              </span>
            ),
        },
        {
          key: "spread",
          label: t.spread,
          cell: (column) =>
            column.histogram.length > 0 ? (
              <Histogram
                buckets={column.histogram.map(({ from, to, count }) => ({
                  label: `${short(from)} – ${short(to)}`,
                  count,
                }))}
                low={short(column.histogram[0]?.from ?? "")}
                high={short(column.histogram.at(-1)?.to ?? "")}
                locale={locale}
                width={120}
                height={24}
              />
            ) : column.top.length > 0 ? (
              <span className="text-small text-ink-soft">
                {column.top
                  .slice(0, 3)
                  .map(({ value, count }) => `${shorten(value, 16)} ${formatCount(count, locale)}`)
                  .join(" · ")}
              </span>
            ) : (
              "—"
            ),
        },
      ]}
    />
  )
}

const shorten = (text: string, to = most): string => (text.length > to ? `${text.slice(0, to - 1)}…` : text)

/** The end of a bucket, without the digits that only binary fractions have. */
const short = (end: string): string =>
  /^-?\d+\.\d{6,}$/.test(end) ? String(Number(Number(end).toPrecision(6))) : end
