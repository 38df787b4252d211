import { stat } from "node:fs/promises"
import { join } from "node:path"
import type { DatasetProfile } from "#contracts/dataset.ts"
import type { ChildAnswer, ChildTask } from "./child-protocol.ts"
import { asUnreadable, type Engine, type LoadedTable, loadTable, openEngine, readRows } from "./engine.ts"
import { FileRefused } from "./file-refused.ts"
import { measureColumns } from "./measure.ts"
import { prepareFile } from "./prepare-file.ts"
import { screen } from "./screening.ts"
import { settleTypes } from "./settle-types.ts"

/**
 * Measures or draws, in the process that it is called in: profile-child.ts, which nothing else happens in. The folder
 * holds the file as `source`, and is left with what the engine wrote. Throws for a bug of ours only.
 */
export async function carryOut(task: ChildTask): Promise<ChildAnswer> {
  try {
    const file = await prepareFile(join(task.folder, "source"), task.fileName, task.folder)
    const engine = await openEngine(task.folder, task.limits)
    try {
      return await work(engine, await loadTable(engine, file), task)
    } catch (error) {
      throw file.form === "parquet" ? asUnreadable(error) : error
    }
  } catch (error) {
    if (error instanceof FileRefused) return { is: "refusal", refusal: error.refusal }
    throw error
  }
}

async function work(engine: Engine, table: LoadedTable, task: ChildTask): Promise<ChildAnswer> {
  if (task.work.do === "read rows") {
    const rows = await readRows(engine, table, task.work.numbers)
    return { is: "rows", columns: table.columns.map(({ name }) => name), rows }
  }
  const columns = await settleTypes(engine, table.columns)
  const screening = await screen(engine, columns)
  const personal = new Set(screening.map(({ column }) => column))
  const profile: DatasetProfile = {
    v: 1,
    reading: table.reading,
    bytes: (await stat(join(task.folder, "source"))).size,
    rows: table.rows,
    columns: await measureColumns(engine, columns, table.rows, personal),
    screening,
  }
  return { is: "profile", profile }
}
