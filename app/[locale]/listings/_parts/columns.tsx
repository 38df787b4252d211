import type { ColumnProfile, DatasetProfile } from "#contracts/dataset.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { formatCount } from "../../../_lib/format.ts"
import { formatTime } from "../../../_lib/format-time.ts"
import { listing as words } from "../../../_lib/messages/listing.ts"
import { Histogram, NullBar, TopValues } from "../../../_ui/charts.tsx"
import { ClaimChip } from "../../../_ui/chip.tsx"
import { Icon } from "../../../_ui/icons.tsx"
import type { ListingPage } from "./load-listing.ts"
import { plainEnd, short } from "./short-values.ts"

export type PublicProfile = Omit<DatasetProfile, "screening">
type Props = { column: ColumnProfile; locale: Locale }
type InRows = Props & { rows: number }

/** The chip that says a figure was measured, how and when. */
export function Measured({ page, locale }: { page: ListingPage; locale: Locale }) {
  const t = words[locale]
  const how = page.measuredAt ? t.measuredHow(formatTime(page.measuredAt, locale)) : t.measuredHowUnknown
  return <ClaimChip claim="measured" locale={locale} how={how} />
}

export function TypeName({ column, locale }: Props) {
  const t = words[locale]
  return (
    <span title={t.physical(column.physical)} className="text-small text-ink-soft">
      {t.types[column.type]}
    </span>
  )
}

export function Nulls({ column, rows, locale }: InRows) {
  return <NullBar share={rows === 0 ? 0 : column.nulls / rows} locale={locale} width={88} />
}

/** How the values are spread: bars for numbers and times, the most frequent values for text, nothing where withheld. */
export function Spread({ column, rows, locale }: InRows) {
  const t = words[locale]
  const { histogram, top, withheld } = column
  if (withheld)
    return (
      <span className="inline-flex items-center gap-1 text-micro text-ink-faint">
        <Icon name="lock" size={11} />
        {t.withheld}
      </span>
    )
  if (histogram.length > 0)
    return (
      <Histogram
        ends
        locale={locale}
        width={132}
        height={30}
        low={plainEnd(histogram[0]?.from ?? "")}
        high={plainEnd(histogram.at(-1)?.to ?? "")}
        buckets={histogram.map(({ from, to, count }) => ({
          label: `${plainEnd(from)} – ${plainEnd(to)}`,
          count,
        }))}
      />
    )
  if (top.length === 0) return <span className="text-micro text-ink-faint">{t.noValues}</span>
  const values = top.slice(0, 3).map(({ value, count }) => ({ value: value || t.emptyText, count }))
  return <TopValues locale={locale} label={t.topOf} total={rows} values={values} />
}

export function Distinct({ column, locale }: Props) {
  return <span title={words[locale].distinctHint}>≈ {formatCount(column.distinct.count, locale)}</span>
}

export function Range({ column: { min, max, withheld } }: { column: ColumnProfile }) {
  if (withheld || min === null || max === null) return <span className="text-ink-faint">—</span>
  return (
    <span className="text-small" title={`${min} – ${max}`}>
      {short(min, 20)} <span className="text-ink-faint">–</span> {short(max, 20)}
    </span>
  )
}

/** Empty cells of the whole file, as a share. */
export const emptyCells = ({ columns, rows }: PublicProfile): number =>
  rows === 0 ? 0 : columns.reduce((sum, { nulls }) => sum + nulls, 0) / (rows * columns.length)
