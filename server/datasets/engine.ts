import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { type DuckDBConnection, DuckDBInstance, type Json } from "@duckdb/node-api"
import type { Reading } from "#contracts/dataset.ts"
import { maxCellLength, maxColumns } from "#contracts/dataset-limits.ts"
import { columnNames } from "./column-names.ts"
import { type ColumnSource, parquetType } from "./column-source.ts"
import { FileRefused, malformed } from "./file-refused.ts"
import { maxObjectBytes } from "./json-objects.ts"
import type { Loadable } from "./prepare-file.ts"

/** What DuckDB may use. */
export type EngineLimits = { memoryMegabytes: number; threads: number; spillMegabytes: number }

export type Engine = {
  rows(sql: string): Promise<Record<string, Json>[]>
  /** The first row of a query that has one. */
  row(sql: string): Promise<Record<string, Json>>
}

/**
 * A DuckDB that sees nothing but `folder`. It is not a security boundary: this runs in a process of its own
 * (run-child.ts), and the settings are a second fence.
 */
export async function openEngine(folder: string, limits: EngineLimits): Promise<Engine> {
  const spill = join(folder, "spill")
  await mkdir(spill, { mode: 0o700 })
  const instance = await DuckDBInstance.create(join(folder, "work.duckdb"), {
    memory_limit: `${limits.memoryMegabytes}MB`,
    threads: String(limits.threads),
    temp_directory: spill,
    max_temp_directory_size: `${limits.spillMegabytes}MB`,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  })
  const connection = await instance.connect()
  await connection.run(`SET allowed_directories = [${literal(folder)}]`)
  await connection.run("SET enable_external_access = false")
  await connection.run("SET TimeZone = 'UTC'")
  await connection.run("SET lock_configuration = true")
  return engineOf(connection)
}

function engineOf(connection: DuckDBConnection): Engine {
  const rows = async (sql: string) => {
    try {
      return (await connection.runAndReadAll(sql)).getRowObjectsJson()
    } catch (error) {
      // The engine's memory, and its spill folder's size.
      if (
        error instanceof Error &&
        /^(Out of Memory|OutOfMemory)|max_temp_directory_size/.test(error.message)
      )
        throw new FileRefused("profile_over_limit")
      throw error
    }
  }
  return { rows, row: async (sql) => (await rows(sql))[0] ?? {} }
}

/**
 * The table `data`, with columns `c0`, `c1`, …; `rowNumber` is the SQL of a row's number, from 0 in the file's
 * order. Text is no view: on thousands of columns each query of a view takes ten times as long to plan.
 */
export type LoadedTable = {
  reading: Reading
  rows: number
  columns: ColumnSource[]
  rowNumber: "rowid" | "row_number"
}

export async function loadTable(engine: Engine, file: Loadable): Promise<LoadedTable> {
  if (file.form === "parquet") return loadParquet(engine, file.path, file.reading)
  const texts = file.columns.map(({ sql }) => `'${sql}': 'VARCHAR'`).join(", ")
  const reader = file.form === "csv" ? csvReader(file, texts) : jsonReader(file, texts)
  await engine.rows(`CREATE TABLE data AS FROM ${reader}`)
  const { rows } = await engine.row("SELECT count(*)::VARCHAR AS rows FROM data")
  if (Number(rows) !== file.rows) throw new Error(`loaded ${rows} rows of ${file.rows}`)
  return { reading: file.reading, rows: file.rows, columns: file.columns, rowNumber: "rowid" }
}

function csvReader(file: Loadable & { form: "csv" | "jsonl" }, columns: string): string {
  const delimiter = file.reading.format === "csv" ? file.reading.delimiter : ","
  return `read_csv(${literal(file.path)}, auto_detect = false, header = false, delim = ${literal(delimiter)},
    quote = '"', escape = '"', new_line = '\\n', strict_mode = true, parallel = false, max_line_size = 4194304,
    columns = {${columns}})`
}

function jsonReader(file: Loadable & { form: "csv" | "jsonl" }, columns: string): string {
  // Escapes can make a row's plain form several times longer than its object was.
  return `read_json(${literal(file.path)}, format = 'newline_delimited', records = true,
    maximum_object_size = ${8 * maxObjectBytes}, columns = {${columns}})`
}

/** Parquet is measured where it lies; what DuckDB cannot read in it is the file's fault. */
async function loadParquet(engine: Engine, path: string, reading: Reading): Promise<LoadedTable> {
  const source = `read_parquet(${literal(path)}, file_row_number = true)`
  try {
    const { leaves } = await engine.row(
      `SELECT count(*)::INTEGER AS leaves FROM parquet_schema(${literal(path)})`,
    )
    if (Number(leaves) > 4 * maxColumns) throw new FileRefused("too_many_columns", { most: maxColumns })
    const described = (await engine.rows(`DESCRIBE FROM ${source}`)).slice(0, -1)
    if (described.length > maxColumns) throw new FileRefused("too_many_columns", { most: maxColumns })
    if (described.length === 0) throw malformed("no_columns")
    const names = columnNames(described.map((column) => String(column.column_name)))
    const columns = described.map((column, index) => {
      const physical = String(column.column_type)
      return {
        name: names[index] ?? "",
        sql: `c${index}`,
        type: { settled: parquetType(physical), physical },
      }
    })
    const list = described.map((column, index) => `${identifier(String(column.column_name))} AS c${index}`)
    await engine.rows(
      `CREATE VIEW data AS SELECT file_row_number AS row_number, ${list.join(", ")} FROM ${source}`,
    )
    const { rows } = await engine.row("SELECT count(*)::VARCHAR AS rows FROM data")
    if (Number(rows) === 0) throw new FileRefused("file_has_no_rows")
    return { reading, rows: Number(rows), columns, rowNumber: "row_number" }
  } catch (error) {
    throw asUnreadable(error)
  }
}

/** A failure while Parquet is read, now or when a later query comes to a page, is the file's; bad SQL is ours. */
export function asUnreadable(error: unknown): unknown {
  if (error instanceof FileRefused) return error
  const ours = error instanceof Error && /^(Binder|Parser|Catalog|Permission) Error/.test(error.message)
  return ours ? error : malformed("unreadable")
}

/** The rows of these 0-based numbers, in the file's order, each cell as text cut to a bounded length. */
export async function readRows(
  engine: Engine,
  table: LoadedTable,
  numbers: readonly number[],
): Promise<(string | null)[][]> {
  if (numbers.length === 0) return []
  const cells = table.columns.map(({ sql }) => `${shownText(`${sql}::VARCHAR`)} AS ${sql}`).join(", ")
  const found = await engine.rows(
    `SELECT ${cells} FROM data WHERE ${table.rowNumber} IN (${numbers.join(", ")}) ORDER BY ${table.rowNumber}`,
  )
  return found.map((row) => table.columns.map(({ sql }) => (row[sql] === null ? null : String(row[sql]))))
}

/** A text as it is shown: cut, with `…` where something is missing, and without zeros, which jsonb cannot hold. */
export function shownText(sql: string): string {
  const whole = `replace(${sql}, chr(0), '␀')`
  return `CASE WHEN length(${sql}) > ${maxCellLength} THEN left(${whole}, ${maxCellLength}) || '…' ELSE ${whole} END`
}

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`
