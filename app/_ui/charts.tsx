import type { Locale } from "#contracts/localized-text.ts"
import { formatCount, formatShare } from "../_lib/format.ts"
import { kit } from "../_lib/messages/kit.ts"

export type Bucket = { label: string; count: number }

type HistogramProps = {
  buckets: readonly Bucket[]
  locale: Locale
  /** The values at both ends, for the text alternative and the labels below. */
  low: string
  high: string
  width?: number
  height?: number
  /** Shows the ends below the bars. */
  ends?: boolean
}

/** How a column's values are spread. Drawn as one SVG; a sentence says the same to who does not see it. */
export function Histogram({ buckets, locale, low, high, width = 120, height = 32, ends }: HistogramProps) {
  const total = buckets.reduce((sum, bucket) => sum + bucket.count, 0)
  const peak = buckets.reduce<Bucket | null>(
    (best, one) => (best && best.count >= one.count ? best : one),
    null,
  )
  const most = peak?.count ?? 0
  const step = width / Math.max(1, buckets.length)
  const gap = step > 4 ? 1 : 0
  const text = kit[locale].histogram(formatCount(total, locale), low, high, peak?.label ?? low)
  return (
    <div className="inline-block">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={text}
        className="block"
      >
        <title>{text}</title>
        <path d={`M0 ${height - 0.5}H${width}`} className="stroke-line" strokeWidth={1} />
        {buckets.map((bucket, order) => {
          const tall =
            most === 0 ? 0 : Math.max(bucket.count > 0 ? 1.5 : 0, (bucket.count / most) * (height - 1))
          return (
            <rect
              key={bucket.label}
              x={order * step}
              y={height - tall}
              width={step - gap}
              height={tall}
              className="fill-accent/70"
            >
              <title>{`${bucket.label}: ${formatCount(bucket.count, locale)}`}</title>
            </rect>
          )
        })}
      </svg>
      {ends ? (
        <div aria-hidden="true" className="flex justify-between gap-2 text-micro text-ink-faint">
          <span className="truncate">{low}</span>
          <span className="truncate">{high}</span>
        </div>
      ) : null}
    </div>
  )
}

/** The share of empty cells: the hatched end of the bar, and the figure beside it. `share` is 0 to 1. */
export function NullBar({ share, locale, width = 120 }: { share: number; locale: Locale; width?: number }) {
  const text = kit[locale].nulls(formatShare(share, locale))
  const full = width * (1 - Math.min(1, Math.max(0, share)))
  return (
    <span className="inline-grid gap-0.5">
      <svg
        viewBox={`0 0 ${width} 4`}
        width={width}
        height={4}
        aria-hidden="true"
        focusable="false"
        className="block"
      >
        <rect width={width} height={4} rx={2} className="fill-warn/35" />
        <rect width={full} height={4} rx={2} className="fill-accent" />
      </svg>
      <span className={share > 0 ? "text-micro text-warn" : "text-micro text-ink-faint"}>{text}</span>
    </span>
  )
}

type TopProps = {
  values: readonly { value: string; count: number }[]
  /** Of how many rows the counts are. */
  total: number
  label: string
  locale: Locale
}

/** The most frequent values of a column, each with a bar of its share; the figures are read out. */
export function TopValues({ values, total, label, locale }: TopProps) {
  return (
    <ul aria-label={label} className="grid w-36 gap-0.5">
      {values.map(({ value, count }) => {
        const share = total === 0 ? 0 : count / total
        return (
          <li
            key={value}
            title={`${value}: ${formatCount(count, locale)}`}
            className="relative flex justify-between gap-2 overflow-hidden rounded-[3px] px-1 text-micro"
          >
            <svg
              aria-hidden="true"
              focusable="false"
              viewBox="0 0 100 1"
              preserveAspectRatio="none"
              className="absolute inset-0 size-full"
            >
              <rect width={Math.max(2, share * 100)} height={1} className="fill-accent/20" />
            </svg>
            <span className="relative truncate">{value}</span>
            <span className="relative shrink-0 text-ink-soft">{formatShare(share, locale)}</span>
          </li>
        )
      })}
    </ul>
  )
}
