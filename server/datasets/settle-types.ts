import type { ColumnType } from "#contracts/dataset.ts"
import type { ColumnSource } from "./column-source.ts"
import type { Engine } from "./engine.ts"

/** A column with its type settled, and the SQL that reads its values as that type. */
export type TypedColumn = {
  name: string
  sql: string
  type: ColumnType
  physical: string
  /** An expression over `data`: of the type for what has an order, of text for the rest. */
  value: string
}

const day = "[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}"
const clock = "[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?"

type Form = { type: ColumnType; pattern: string; physical: string }

/**
 * The forms that all values of a column can have, and the engine's type for each. Leading zeros make a code, not
 * a number (postcodes, division codes), and more digits than the engine counts exactly make text. Integers
 * that fit in 64 bits come first, since the larger kind is measured several times more slowly.
 */
const forms = {
  boolean: { type: "boolean", pattern: "(?i:true|false)", physical: "BOOLEAN" },
  integer: { type: "integer", pattern: "[+-]?(0|[1-9][0-9]{0,17})", physical: "BIGINT" },
  large: { type: "integer", pattern: "[+-]?(0|[1-9][0-9]{0,37})", physical: "HUGEINT" },
  decimal: {
    type: "decimal",
    pattern: "[+-]?((0|[1-9][0-9]{0,37})(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?",
    physical: "DOUBLE",
  },
  date: { type: "date", pattern: day, physical: "DATE" },
  timestamp: {
    type: "timestamp",
    pattern: `${day}[ T]${clock}(Z|[+-][0-9]{2}(:?[0-9]{2})?)?`,
    physical: "TIMESTAMP",
  },
  time: { type: "time", pattern: clock, physical: "TIME" },
} as const satisfies Record<string, Form>
type FormName = keyof typeof forms
const formNames = Object.keys(forms) as FormName[]

/** A first look at so many rows drops most candidates, so that only likely ones are tried on all rows. */
const firstLook = 2000
const columnsAtOnce = 64

export async function settleTypes(engine: Engine, columns: readonly ColumnSource[]): Promise<TypedColumn[]> {
  const open = columns.filter((column) => "candidates" in column.type)
  const asked = open.map((column) => ({
    column,
    names: formNames.filter((name) => isCandidate(column, name)),
  }))
  const likely = await fits(engine, asked, `(FROM data LIMIT ${firstLook})`)
  const again = open.map((column) => ({ column, names: likely.get(column.sql) ?? [] }))
  const sure = await fits(engine, again, "data")
  const empty = await emptyColumns(engine, open)
  return columns.map((column) => {
    if ("settled" in column.type) return typed(column, column.type.settled, column.type.physical)
    if (empty.has(column.sql)) return typed(column, "unknown", "NULL")
    const name = sure.get(column.sql)?.[0]
    return name === undefined
      ? typed(column, "text", "VARCHAR")
      : typed(column, forms[name].type, forms[name].physical)
  })
}

const isCandidate = ({ type }: ColumnSource, name: FormName): boolean =>
  "candidates" in type && type.candidates.includes(forms[name].type)

/** For each column the forms, of those asked, that all its values have. */
async function fits(
  engine: Engine,
  asked: readonly { column: ColumnSource; names: readonly FormName[] }[],
  source: string,
): Promise<Map<string, FormName[]>> {
  const found = new Map<string, FormName[]>()
  const questions = asked.filter(({ names }) => names.length > 0)
  for (let i = 0; i < questions.length; i += columnsAtOnce) {
    const batch = questions.slice(i, i + columnsAtOnce)
    const answers = batch.flatMap(({ column, names }) =>
      names.map((name) => `${allFit(column.sql, forms[name])} AS ${column.sql}_${name}`),
    )
    const row = await engine.row(`SELECT ${answers.join(", ")} FROM ${source}`)
    for (const { column, names } of batch)
      found.set(
        column.sql,
        names.filter((name) => row[`${column.sql}_${name}`] !== false),
      )
  }
  return found
}

/** False when a value has another form, or has the form but no meaning (`2026-02-30`); null without values. */
function allFit(sql: string, { pattern, physical }: Form): string {
  return `bool_and(regexp_full_match(${sql}, '${pattern}') AND TRY_CAST(${sql} AS ${physical}) IS NOT NULL)`
}

async function emptyColumns(engine: Engine, columns: readonly ColumnSource[]): Promise<Set<string>> {
  if (columns.length === 0) return new Set()
  const row = await engine.row(
    `SELECT ${columns.map(({ sql }) => `count(${sql}) = 0 AS ${sql}`).join(", ")} FROM data`,
  )
  return new Set(columns.map(({ sql }) => sql).filter((sql) => row[sql] === true))
}

function typed(column: ColumnSource, type: ColumnType, physical: string): TypedColumn {
  const { name, sql } = column
  return {
    name,
    sql,
    type,
    physical,
    value: isOrdered(type) ? `TRY_CAST(${sql} AS ${castType(type, physical)})` : `${sql}::VARCHAR`,
  }
}

/** Values with a smallest and a largest that can be measured, not only sorted. */
export const isOrdered = (type: ColumnType): boolean => type === "boolean" || isNumber(type) || isMoment(type)
export const isNumber = (type: ColumnType): boolean => type === "integer" || type === "decimal"
export const isMoment = (type: ColumnType): boolean =>
  type === "date" || type === "time" || type === "timestamp"

/** Zones and sub-microseconds are folded into one timestamp in UTC, and half floats into doubles. */
function castType(type: ColumnType, physical: string): string {
  if (type === "timestamp") return "TIMESTAMP"
  if (type === "time") return "TIME"
  return physical
}
