import type { ColumnProfile } from "#contracts/dataset.ts"
import type { Engine } from "./engine.ts"
import { isMoment, isNumber, type TypedColumn } from "./settle-types.ts"

const buckets = 20

/**
 * Equal buckets from the smallest to the largest value: of numbers, of days (dates), of seconds (times and
 * timestamps). Whole-number columns get whole-number borders. None where the ends are equal, or lie beyond
 * what a double counts exactly.
 */
export async function histogramOf(
  engine: Engine,
  column: TypedColumn,
  ends: { low: number; high: number } | null,
): Promise<ColumnProfile["histogram"]> {
  if (ends === null) return []
  const { low, high } = ends
  if (!(low < high) || Math.max(-low, high) > Number.MAX_SAFE_INTEGER) return []
  const number = asNumber(column)
  const whole = column.type === "integer" || column.type === "date"
  const width = whole ? Math.ceil((high - low + 1) / buckets) : (high - low) / buckets
  const used = whole ? Math.ceil((high - low + 1) / width) : buckets
  if (!(width > 0)) return []
  const found = await engine.rows(`
    SELECT least(${used - 1}, floor((${number} - ${sqlNumber(low)}) / ${sqlNumber(width)}))::INTEGER AS bucket,
      count(*)::VARCHAR AS n FROM data WHERE isfinite(${number}) GROUP BY 1`)
  const counts = new Map(found.map((row) => [Number(row.bucket), Number(row.n)]))
  return Array.from({ length: used }, (_, i) => ({
    from: border(column, low + i * width),
    to: border(column, i === used - 1 ? high : low + (i + 1) * width),
    count: counts.get(i) ?? 0,
  }))
}

/** The smallest and largest value as numbers, for `readEnds`; nothing for columns without a histogram. */
export function endsOf(column: TypedColumn): string[] {
  if (!isNumber(column.type) && !isMoment(column.type)) return []
  const number = asNumber(column)
  return ["min", "max"].map(
    (end) => `(${end}(${number}) FILTER (isfinite(${number})))::VARCHAR AS ${column.sql}_${end}_number`,
  )
}

export function readEnds(
  column: TypedColumn,
  row: Record<string, unknown>,
): { low: number; high: number } | null {
  const [low, high] = [row[`${column.sql}_min_number`], row[`${column.sql}_max_number`]]
  return low == null || high == null ? null : { low: Number(low), high: Number(high) }
}

function asNumber({ type, value }: TypedColumn): string {
  if (isNumber(type)) return `(${value})::DOUBLE`
  return type === "date" ? `(epoch(${value}) / 86400)::DOUBLE` : `epoch(${value})::DOUBLE`
}

/** A number literal that DuckDB reads as a double, never as a decimal of limited scale. */
const sqlNumber = (value: number): string => `'${value}'::DOUBLE`

function border({ type }: TypedColumn, value: number): string {
  if (isNumber(type)) return String(value)
  if (type === "time") return new Date(Math.round(value * 1000)).toISOString().slice(11, 23)
  const time = new Date(Math.round(value * (type === "date" ? 86_400_000 : 1000)))
  if (Number.isNaN(time.getTime())) return String(value)
  return type === "date" ? time.toISOString().slice(0, 10) : time.toISOString()
}
