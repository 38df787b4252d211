import type { Locale } from "#contracts/localized-text.ts"
import { formatShare } from "../../../_lib/format.ts"
import { languageTag } from "../../../_lib/locale.ts"
import { listing as words } from "../../../_lib/messages/listing.ts"
import { SectionHead } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Distinct, emptyCells, Measured, Nulls, Range, Spread, TypeName } from "./columns.tsx"
import type { ListingPage } from "./load-listing.ts"

/** More columns than anyone reads; the manifest names them all. */
const shownColumns = 500

/** The whole dictionary as it was measured: type, empty cells, distinct values, range and spread of each column. */
export function Quality({ page, locale }: { page: ListingPage; locale: Locale }) {
  const t = words[locale]
  const { columns, rows } = page.profile
  const number = new Intl.NumberFormat(languageTag[locale], { maximumSignificantDigits: 5 })
  const heads = t.dictionaryColumns
  return (
    <div>
      <SectionHead title={t.dictionary} actions={<Measured page={page} locale={locale} />} />
      <p className="mb-3 text-ink-soft">
        {t.qualityLead} {t.nullCellsAre(formatShare(emptyCells(page.profile), locale))}
      </p>
      <Table
        caption={t.dictionary}
        rows={columns.slice(0, shownColumns)}
        rowKey={(column) => column.name}
        columns={[
          { key: "name", label: heads.name, heading: true, cell: ({ name }) => name },
          {
            key: "type",
            label: heads.type,
            cell: (column) => <TypeName column={column} locale={locale} />,
          },
          {
            key: "nulls",
            label: heads.nulls,
            cell: (column) => <Nulls column={column} rows={rows} locale={locale} />,
          },
          {
            key: "distinct",
            label: heads.distinct,
            align: "right",
            cell: (column) => <Distinct column={column} locale={locale} />,
          },
          {
            key: "values",
            label: heads.values,
            cell: (column) => <Spread column={column} rows={rows} locale={locale} />,
          },
          { key: "range", label: heads.range, cell: (column) => <Range column={column} /> },
          {
            key: "mean",
            label: heads.mean,
            align: "right",
            cell: ({ mean, withheld }) => (mean === null || withheld ? "—" : number.format(mean)),
          },
        ]}
      />
    </div>
  )
}
