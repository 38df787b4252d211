import { setTimeout as delay } from "node:timers/promises"
import type { Sql } from "postgres"
import { expect, test } from "vitest"
import { testDatabase } from "./test-database.ts"
import { editRow, putRow } from "./test-rows.ts"

const { owner } = await testDatabase()

test("an edit that has to wait for another change loses neither", async () => {
  const id = "trd_waits"
  await putRow(owner.sql, "trade", { id, version: 1, state: "agreed", deadline: null })
  const edited = await owner.sql.begin(async (other) => {
    const sql = other as unknown as Sql
    await editRow(sql, "trade", id, "state", "funding")
    const edit = editRow(owner.sql, "trade", id, "deadline", "2026-11-28T00:00:00.000Z")
    const waits = async () => {
      // What runs is otherwise looked up once in a transaction.
      await sql`select pg_stat_clear_snapshot()`
      const [row] = await sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      return row !== undefined
    }
    while (!(await waits())) await delay(5)
    return { edit }
  })
  await edited.edit
  const [row] = await owner.sql`select row, state, deadline from trades where id = ${id}`
  expect(row).toMatchObject({
    row: { state: "funding", deadline: "2026-11-28T00:00:00.000Z" },
    state: "funding",
    deadline: "2026-11-28T00:00:00.000Z",
  })
})
