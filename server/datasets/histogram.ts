import type { ColumnProfile } from "#contracts/dataset.ts"
import type { Engine } from "./engine.ts"
import { isMoment, isNumber, type TypedColumn } from "./settle-types.ts"

const buckets = 20

/**
 * Equal buckets from the smallest to the largest value: of numbers, of days (dates), of seconds (times and
 * timestamps). Whole-number columns get whole-number borders. None where the ends are equal, or lie beyond
 * what a double counts exactly.
 */
export async function histogramOf(engine: Engine, column: TypedColumn): Promise<ColumnProfile["histogram"]> {
  if (!isNumber(column.type) && !isMoment(column.type)) return []
  const number = asNumber(column)
  const within = `WHERE isfinite(${number})`
  const ends = await engine.row(`SELECT min(${number}) AS low, max(${number}) AS high FROM data ${within}`)
  const low = Number(ends.low)
  const high = Number(ends.high)
  if (ends.low === null || !(low < high) || Math.max(-low, high) > Number.MAX_SAFE_INTEGER) return []
  const whole = column.type === "integer" || column.type === "date"
  const width = whole ? Math.ceil((high - low + 1) / buckets) : (high - low) / buckets
  const used = whole ? Math.ceil((high - low + 1) / width) : buckets
  if (!(width > 0)) return []
  const found = await engine.rows(`
    SELECT least(${used - 1}, floor((${number} - ${sqlNumber(low)}) / ${sqlNumber(width)}))::INTEGER AS bucket,
      count(*)::VARCHAR AS n FROM data ${within} GROUP BY 1`)
  const counts = new Map(found.map((row) => [Number(row.bucket), Number(row.n)]))
  return Array.from({ length: used }, (_, i) => ({
    from: border(column, low + i * width),
    to: border(column, i === used - 1 ? high : low + (i + 1) * width),
    count: counts.get(i) ?? 0,
  }))
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
