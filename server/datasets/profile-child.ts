import { stat } from "node:fs/promises"
import { join } from "node:path"
import type { DatasetProfile } from "#contracts/dataset.ts"
import { type ChildAnswer, type ChildTask, childTask } from "./child-protocol.ts"
import { asUnreadable, type Engine, type LoadedTable, loadTable, openEngine, readRows } from "./engine.ts"
import { FileRefused } from "./file-refused.ts"
import { measureColumns } from "./measure.ts"
import { prepareFile } from "./prepare-file.ts"
import { screen } from "./screening.ts"
import { settleTypes } from "./settle-types.ts"

/** The measuring process: started by run-child.ts, one task, one answer, then it ends. */
async function answer(task: ChildTask): Promise<ChildAnswer> {
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

let input = ""
let started = false
process.stdin.setEncoding("utf8")
process.stdin.on("data", (text: string) => {
  input += text
  if (started || !input.includes("\n")) return
  started = true
  answer(childTask.parse(JSON.parse(input)))
    .then((result) => process.stdout.write(JSON.stringify(result), () => process.exit(0)))
    .catch((error) => {
      process.stderr.write(String(error?.stack ?? error), () => process.exit(1))
    })
})
// The parent is gone: nobody waits for the answer any more.
process.stdin.on("end", () => process.exit(2))
