import { createHash } from "node:crypto"
import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import path from "node:path"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import type { Id } from "#contracts/ids.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { putRow } from "#db/test-rows.ts"
import {
  listExports,
  openExport,
  type RequestExport,
  readExport,
  requestExport,
} from "#server/ledger/export/commands.ts"
import { carryOutExport, exportFolder } from "#server/ledger/export/job.ts"
import { sweepThreadIndex } from "#server/ledger/index/sweep.ts"
import { readLog } from "#server/ledger/log-store.ts"
import { openTestLog } from "#server/ledger/test-log.ts"
import { holdPayment, newId, testServices, userOf } from "#server/ledger/test-records.ts"
import { run as verify } from "./verify.ts"

const log = await openTestLog()
const services = await testServices(log)
const regulator = userOf("regulator")
const buyer = userOf("buyer")
let trade: Id<"trade">
const vkey = path.join(log.home, "reader.vkey")
const written: string[] = []
const { write } = process.stdout

beforeAll(async () => {
  for (let i = 0; i < 3; i++) await holdPayment(services, userOf("buyer"))
  trade = await holdPayment(services, buyer)
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

async function makeExport(
  from: string | null = null,
  to: string | null = null,
  subject: RequestExport["subject"] = null,
  actor = regulator,
): Promise<Id<"export">> {
  const id = newId("export")
  const asked = await requestExport(services, actor, { id, from, to, subject, reason: "yearly inspection" })
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

test("two that are told to write one export do not write into one folder", async () => {
  const id = newId("export")
  await requestExport(services, regulator, { id, from: null, to: null, reason: "twice" })
  const ends = await Promise.allSettled([carryOutExport(services, id), carryOutExport(services, id)])
  expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
  const opened = await openExport(services, regulator, id)
  if (isRefusal(opened)) throw new Error(opened.refused)
  expect(await report(opened.file)).toMatchObject({ code: 0, failures: [] })
})

test("who loses the lock of an export leaves it to the next", async () => {
  const id = newId("export")
  await requestExport(services, regulator, { id, from: null, to: null, reason: "lost" })
  const load = services.keys.load.bind(services.keys)
  const spy = vi.spyOn(services.keys, "load").mockImplementationOnce(async (owners) => {
    const ended = await log.sql`select pg_terminate_backend(pid, 5000) from pg_locks
      where locktype = 'advisory' and classid = ${0x6578706f}::bigint::oid
        and database = (select oid from pg_database where datname = current_database())`
    expect(ended).toHaveLength(1)
    return load(owners)
  })
  await expect(carryOutExport(services, id)).rejects.toThrow("another worker may have begun it")
  spy.mockRestore()
  expect((await log.sql`select 1 from exports where id = ${id}`).length).toBe(0)
  await carryOutExport(services, id)
  expect(await readExport(services, regulator, id)).toMatchObject({ state: "done" })
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
  await putRow(log.sql, "party", { id: newId("party"), version: 1, roles: ["operator"] })
  await sweepThreadIndex(services)
  await seal()
  const opened = await openExport(services, regulator, await makeExport())
  if (isRefusal(opened)) throw new Error(opened.refused)
  expect(await report(opened.file)).toMatchObject({ code: 0, failures: [], checked: { maps: 1 } })
})

describe("all records of one thing", () => {
  const opened = async (id: Id<"export">, actor = regulator) => {
    const found = await openExport(services, actor, id)
    if (isRefusal(found)) throw new Error(found.refused)
    return found.file
  }

  test("supervision's holds the records, the values and the book, and is shown to be complete", async () => {
    const told = await report(await opened(await makeExport(null, null, { kind: "trade", id: trade })))
    expect(told).toMatchObject({
      code: 0,
      failures: [],
      filter: { kind: "trade", keys: [trade], threads: 1 },
    })
    expect(told.checked).toMatchObject({ records: 4, trades: 1, journals: 1, disclosures: 4 + 7 })
  })

  test("after the next index only what follows it is read one by one", async () => {
    await log.add(300)
    await seal()
    const spy = vi.spyOn(services.writer, "now")
    spy.mockReturnValue(new Date(Date.now() + 3_600_000).toISOString() as never)
    expect(await sweepThreadIndex(services)).toBe(true)
    spy.mockRestore()
    await seal()
    const told = await report(await opened(await makeExport(null, null, { kind: "trade", id: trade })))
    expect(told).toMatchObject({ code: 0, failures: [] })
    expect(told.filter.index.size).toBeGreaterThan(600)
    expect(told.filter.scanned).toBe(told.size - told.filter.index.size)
  })

  test("a side gets its trade with the values that it may read, without the book, and nobody else's", async () => {
    const told = await report(
      await opened(await makeExport(null, null, { kind: "trade", id: trade }, buyer), buyer),
    )
    expect(told).toMatchObject({ code: 0, failures: [], filter: { threads: 1 } })
    expect(told.checked).toMatchObject({ records: 4, journals: 0, disclosures: 4 + 7 })
    const subject = { kind: "trade", id: trade } as const
    const ask = (actor: typeof buyer, input: Partial<RequestExport>) =>
      requestExport(services, actor, { id: newId("export"), from: null, to: null, reason: "x", ...input })
    expect(await ask(userOf("buyer"), { subject })).toMatchObject({ refused: "not_found" })
    expect(await ask(buyer, { subject: { kind: "party", id: regulator.party } })).toMatchObject({
      refused: "not_found",
    })
    expect(await ask(buyer, {})).toEqual({ refused: "role_not_allowed" })
    const page = { before: null, limit: 10 }
    expect(await listExports(services, buyer, page)).toHaveLength(1)
    expect(await listExports(services, buyer, { ...page, desk: true })).toEqual({
      refused: "role_not_allowed",
    })
    expect(await ask(userOf("evaluator"), { subject })).toEqual({ refused: "role_not_allowed" })
    expect(await ask(regulator, { subject: { kind: "trade", id: newId("trade") } })).toMatchObject({
      refused: "not_found",
    })
    expect(await ask(regulator, { subject, from: "3" })).toMatchObject({ refused: "range_invalid" })
  })

  test("a party's holds its own thread and all of its trades", async () => {
    await putRow(log.sql, "party", { id: buyer.party, version: 1, roles: ["buyer"] })
    const second = await holdPayment(services, buyer)
    await seal()
    const subject = { kind: "party", id: buyer.party } as const
    const told = await report(await opened(await makeExport(null, null, subject, buyer), buyer))
    expect(told).toMatchObject({ code: 0, failures: [], filter: { kind: "party", threads: 3 } })
    expect(told.checked).toMatchObject({ records: 8, trades: 2 })
    expect(second).not.toBe(trade)
  })

  test("an export that was cut off leaves nothing that is offered, and begins anew", async () => {
    const id = newId("export")
    const asked = { id, from: null, to: null, subject: { kind: "trade", id: trade }, reason: "x" } as const
    await requestExport(services, regulator, asked)
    const folder = exportFolder(log.home, id)
    await mkdir(path.join(folder, "tile"), { recursive: true })
    await writeFile(path.join(folder, "records.jsonl"), "half a rec")
    await writeFile(`${folder}.zip`, "PK half a zip")
    expect(isRefusal(await openExport(services, regulator, id))).toBe(true)
    await carryOutExport(services, id)
    expect(await report(await opened(id))).toMatchObject({ code: 0, failures: [] })
  })

  test.each([
    ["is not written again", null],
    ["is, when one of its files is not as it was", "records.jsonl"],
    ["is, when another file lies there", "tile/stray"],
  ])("a bundle that was whole when its export was cut off %s", async (_, spoilt) => {
    const id = newId("export")
    const subject = { kind: "trade", id: trade } as const
    await requestExport(services, regulator, { id, from: null, to: null, subject, reason: "x" })
    const run = vi.spyOn(services.writer, "run").mockRejectedValueOnce(new Error("cut off"))
    await expect(carryOutExport(services, id)).rejects.toThrow("cut off")
    run.mockRestore()
    const folder = exportFolder(log.home, id)
    const first = createHash("sha256").update(await readFile(path.join(folder, "manifest.json")))
    if (spoilt !== null) await appendFile(path.join(folder, spoilt), "x")
    await carryOutExport(services, id)
    expect(await report(await opened(id))).toMatchObject({ code: 0, failures: [] })
    const shown = await readExport(services, regulator, id)
    if (isRefusal(shown)) throw new Error(shown.refused)
    expect(shown.record?.manifestHash === first.digest("hex")).toBe(spoilt === null)
  })
})
