import type { ColumnType } from "#contracts/dataset.ts"
import { kinds } from "./json-rows.ts"

/** A column of the table that is measured, before its type is settled. */
export type ColumnSource = {
  name: string
  /** The column's name in the table, `c0`, `c1`, …: no name from a file stands in SQL. */
  sql: string
  /** Settled already, with the engine's word for it; or the types that its texts are tried against. */
  type: { settled: ColumnType; physical: string } | { candidates: readonly ColumnType[] }
}

/** CSV knows only text: any type that all values have the form of. */
const csvCandidates: readonly ColumnType[] = ["boolean", "integer", "decimal", "date", "timestamp", "time"]

/** JSON has no dates, so its strings may be some; a string of digits is meant as text. */
const jsonTextCandidates: readonly ColumnType[] = ["date", "timestamp", "time"]

export function csvColumns(names: readonly string[]): ColumnSource[] {
  return names.map((name, index) => ({ name, sql: `c${index}`, type: { candidates: csvCandidates } }))
}

export function jsonColumns(names: readonly string[], seen: readonly number[]): ColumnSource[] {
  return names.map((name, index) => ({ name, sql: `c${index}`, type: typeOfKinds(seen[index] ?? 0) }))
}

function typeOfKinds(seen: number): ColumnSource["type"] {
  switch (seen) {
    case 0:
      return { settled: "unknown", physical: "NULL" }
    case kinds.text:
      return { candidates: jsonTextCandidates }
    case kinds.integer:
      return { candidates: ["integer"] }
    case kinds.decimal:
    case kinds.decimal | kinds.integer:
      return { settled: "decimal", physical: "DOUBLE" }
    case kinds.boolean:
      return { settled: "boolean", physical: "BOOLEAN" }
    case kinds.object:
      return { settled: "object", physical: "JSON" }
    case kinds.list:
      return { settled: "list", physical: "JSON" }
    default:
      return { settled: "text", physical: "VARCHAR" }
  }
}

/** DuckDB's word for the type of a Parquet column. */
export function parquetType(physical: string): ColumnType {
  if (/\]$/.test(physical)) return "list"
  if (/^(STRUCT|MAP|UNION)\b/.test(physical)) return "object"
  if (/^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/.test(physical)) return "integer"
  if (/^(FLOAT|DOUBLE|DECIMAL\b)/.test(physical)) return "decimal"
  if (physical === "BOOLEAN") return "boolean"
  if (physical === "DATE") return "date"
  if (/^TIMESTAMP/.test(physical)) return "timestamp"
  if (/^TIME\b/.test(physical)) return "time"
  if (/^(VARCHAR|UUID|ENUM|JSON)/.test(physical)) return "text"
  return "unknown"
}
