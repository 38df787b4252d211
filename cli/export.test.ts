import { readFile, rm, writeFile } from "node:fs/promises"
import path from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Id } from "#contracts/ids.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { listExports, openExport, readExport, requestExport } from "#server/ledger/export/commands.ts"
import { carryOutExport, exportFolder } from "#server/ledger/export/job.ts"
import { sweepThreadIndex } from "#server/ledger/index/sweep.ts"
import { readLog } from "#server/ledger/log-store.ts"
import { openTestLog } from "#server/ledger/test-log.ts"
import { holdPayment, newId, testServices, userOf } from "#server/ledger/test-records.ts"
import { run as verify } from "./verify.ts"

const log = await openTestLog()
const services = await testServices(log)
const regulator = userOf("regulator")
const vkey = path.join(log.home, "reader.vkey")
const written: string[] = []
const { write } = process.stdout

beforeAll(async () => {
  for (let i = 0; i < 4; i++) await holdPayment(services, userOf("buyer"))
  await log.add(600)
  await seal()
  await writeFile(vkey, `${(await readLog(log.sql))?.vkey}\n`)
  process.stdout.write = ((text: string) => written.push(text) > 0) as typeof write
})
afterAll(() => {
  process.stdout.write = write
})

async function seal(): Promise<void> {
  const sequencer = log.sequencer()
  await sequencer.sealOnce()
  await sequencer.stop()
}

async function report(bundle: string, ...options: string[]) {
  written.length = 0
  const code = await verify([bundle, "--json", "--vkey", vkey, ...options])
  return { code, ...JSON.parse(written.join("")) }
}

async function makeExport(from: string | null = null, to: string | null = null): Promise<Id<"export">> {
  const id = newId("export")
  const asked = await requestExport(services, regulator, { id, from, to, reason: "yearly inspection" })
  if (isRefusal(asked)) throw new Error(asked.refused)
  await carryOutExport(services, id)
  return id
}

test("an export is a zip that verifies with the reader's key, with book, values and agreements", async () => {
  const id = await makeExport()
  const opened = await openExport(services, regulator, id)
  if (isRefusal(opened)) throw new Error(opened.refused)
  expect((await readFile(opened.file)).length).toBe(opened.bytes)
  const { code, verdict, failures, checked } = await report(opened.file)
  expect({ code, verdict, failures }).toEqual({ code: 0, verdict: "intact", failures: [] })
  // Per purchase: four records with an actor each, seven other confidential values, two journals (one uncertified).
  expect(checked).toMatchObject({
    records: 616,
    journals: 8,
    trades: 4,
    disclosures: 4 * (4 + 7),
  })
  expect((await log.sql`select 1 from exports where id = ${id}`).length).toBe(1)
})

test("the export is a record itself, and the next one proves that it continues the last", async () => {
  const first = (await readFile(path.join(log.home, "ledger", "checkpoint"), "utf8")).trimEnd()
  const kept = path.join(log.home, "kept-checkpoint")
  await writeFile(kept, `${first}\n`)
  await seal()
  const opened = await openExport(services, regulator, await makeExport("600", null))
  if (isRefusal(opened)) throw new Error(opened.refused)
  const { code, failures, checked, range } = await report(opened.file, "--since", kept)
  expect({ code, failures, range }).toEqual({ code: 0, failures: [], range: { from: 600, to: 617 } })
  expect(checked).toMatchObject({ records: 17, since: 616 })
})

test("a range by time holds the records sealed in it", async () => {
  const [middle] = await log.sql<{ at: string }[]>`
    select convert_from(leaf, 'UTF8')::json->>'at' as at from sealed_facts order by index desc limit 1`
  const opened = await openExport(services, regulator, await makeExport("2020-01-01", middle?.at ?? ""))
  if (isRefusal(opened)) throw new Error(opened.refused)
  expect(await report(opened.file)).toMatchObject({ code: 0, failures: [], range: { from: 0, to: 616 } })
})

test("a run that was interrupted after its record was committed ends as ready, with one record", async () => {
  const id = await makeExport()
  await log.owner.sql`update export_runs set state = 'waiting', bytes = null where id = ${id}`
  await carryOutExport(services, id)
  expect(await readExport(services, regulator, id)).toMatchObject({
    state: "done",
    bytes: expect.any(Number),
  })
  expect((await log.sql`select 1 from exports where id = ${id}`).length).toBe(1)
})

test("what is flipped in the folder is found, and the record is named", async () => {
  const id = newId("export")
  const order = { from: null, to: null, reason: "test", role: "regulator", form: "folder" } as const
  const { insertRun } = await import("#server/ledger/export/run-store.ts")
  await insertRun(log.sql, id, { ...order, party: regulator.party, user: regulator.user })
  await carryOutExport(services, id)
  const folder = exportFolder(log.home, id)
  expect((await report(folder)).code).toBe(0)
  const records = path.join(folder, "records.jsonl")
  const bytes = await readFile(records)
  const lines = bytes.toString("utf8").split("\n")
  await writeFile(records, lines.with(7, (lines[7] as string).replace('"v":1', '"v":2')).join("\n"))
  const broken = await report(folder)
  expect(broken.code).toBe(1)
  expect(broken.failures.map(({ record }: { record?: number }) => record)).toContain(7)
  await rm(folder, { recursive: true })
})

test("only supervision and the operator export, each sees its own, and a bad range is refused", async () => {
  const input = { id: newId("export"), from: null, to: null, reason: "x" }
  expect(await requestExport(services, userOf("buyer"), input)).toEqual({ refused: "role_not_allowed" })
  const mine = await listExports(services, regulator, { before: null, limit: 10 })
  if (isRefusal(mine)) throw new Error(mine.refused)
  expect(mine.length).toBeGreaterThan(3)
  const [first] = mine
  expect(await readExport(services, userOf("operator"), first?.id ?? input.id)).toEqual({
    refused: "not_found",
  })
  const id = await makeExport("400", "100")
  expect(await readExport(services, regulator, id)).toMatchObject({
    state: "failed",
    failure: { refused: "range_invalid" },
  })
})

test("an audit of the whole log builds the maps of threads again and compares them", async () => {
  const operator = JSON.stringify({ id: newId("party"), version: 1, roles: ["operator"] })
  await log.sql`insert into parties (id, version, row)
    select row->>'id', 1, row from (select ${operator}::text::jsonb as row) r`
  await sweepThreadIndex(services)
  await seal()
  const opened = await openExport(services, regulator, await makeExport())
  if (isRefusal(opened)) throw new Error(opened.refused)
  expect(await report(opened.file)).toMatchObject({ code: 0, failures: [], checked: { maps: 1 } })
})
