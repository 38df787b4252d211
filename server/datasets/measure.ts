import type { ColumnProfile } from "#contracts/dataset.ts"
import { maxColumnName } from "#contracts/dataset-limits.ts"
import { type Engine, shownText } from "./engine.ts"
import { endsOf, histogramOf, readEnds } from "./histogram.ts"
import { isNumber, isOrdered, type TypedColumn } from "./settle-types.ts"

const columnsAtOnce = 64
const topValues = 10

/**
 * The profile of each column. Columns whose name is in `withheld` are counted, but no value of theirs is shown.
 * @param rows rows of the whole table.
 */
export async function measureColumns(
  engine: Engine,
  columns: readonly TypedColumn[],
  rows: number,
  withheld: ReadonlySet<string>,
): Promise<ColumnProfile[]> {
  const profiles: ColumnProfile[] = []
  for (let i = 0; i < columns.length; i += columnsAtOnce) {
    const batch = columns.slice(i, i + columnsAtOnce)
    const row = await engine.row(`SELECT ${batch.flatMap(measuresOf).join(", ")} FROM data`)
    for (const column of batch) {
      const shown = !withheld.has(column.name)
      const text = (name: string) => (shown && row[name] != null ? String(row[name]) : null)
      const mean = shown && row[`${column.sql}_mean`] != null ? Number(row[`${column.sql}_mean`]) : null
      const nulls = rows - Number(row[`${column.sql}_count`])
      profiles.push({
        name: column.name,
        type: column.type,
        physical: shownPhysical(column.physical),
        nulls,
        // The sketch may say more than there are.
        distinct: { approximate: true, count: Math.min(Number(row[`${column.sql}_distinct`]), rows - nulls) },
        min: text(`${column.sql}_min`),
        max: text(`${column.sql}_max`),
        mean: mean !== null && Number.isFinite(mean) ? mean : null,
        histogram: shown ? await histogramOf(engine, column, readEnds(column, row)) : [],
        top: shown ? await topOf(engine, column) : [],
        withheld: !shown,
      })
    }
  }
  return profiles
}

/** A nested type of Parquet names its members, and can be of any length. */
const shownPhysical = (physical: string): string =>
  physical
    .replaceAll(/\p{Cc}/gu, " ")
    .slice(0, maxColumnName)
    .toWellFormed()

/** Not-a-number and infinities are values, but no ends and no part of a mean. */
function finite(column: TypedColumn): string {
  return column.type === "decimal" ? `FILTER (isfinite(${column.value}::DOUBLE))` : ""
}

function measuresOf(column: TypedColumn): string[] {
  const { sql, value, type } = column
  const list = [`count(${sql})::VARCHAR AS ${sql}_count`, ...endsOf(column)]
  list.push(
    `approx_count_distinct(${isOrdered(type) ? value : `${sql}::VARCHAR`})::VARCHAR AS ${sql}_distinct`,
  )
  if (isNumber(type)) list.push(`(avg(${value}::DOUBLE) ${finite(column)})::VARCHAR AS ${sql}_mean`)
  if (type === "text" || isOrdered(type)) {
    for (const end of ["min", "max"])
      list.push(`${shownText(`(${end}(${value}) ${finite(column)})::VARCHAR`)} AS ${sql}_${end}`)
  }
  return list
}

/** A value that occurs once says something of one row, not of the column. */
async function topOf(engine: Engine, column: TypedColumn): Promise<ColumnProfile["top"]> {
  if (column.type !== "text" && column.type !== "boolean") return []
  const found = await engine.rows(`
    SELECT ${shownText("value")} AS value, n::VARCHAR AS n FROM (
      SELECT ${column.value}::VARCHAR AS value, count(*) AS n FROM data
      WHERE ${column.sql} IS NOT NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY n DESC, value LIMIT ${topValues})
    ORDER BY n::BIGINT DESC, value`)
  return found.map((row) => ({ value: String(row.value), count: Number(row.n) }))
}
