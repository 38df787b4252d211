import { beforeAll, expect, test, vi } from "vitest"
import { must } from "#contracts/assert.ts"
import { toHex } from "#contracts/bytes.ts"
import { decodeLeaf } from "#contracts/ledger/encoding.ts"
import { headsOf, treeOfHeads } from "#contracts/ledger/testing/index-facts.ts"
import type { Time } from "#contracts/time.ts"
import { putRow } from "#db/test-rows.ts"
import { readHead, readLeaves } from "../log-store.ts"
import { openTestLog } from "../test-log.ts"
import { holdPayment, newId, testServices, userOf } from "../test-records.ts"
import { sweepThreadIndex } from "./sweep.ts"

const log = await openTestLog()
const services = await testServices(log)
const operator = newId("party")

beforeAll(async () => {
  await putRow(log.sql, "party", { id: operator, version: 1, roles: ["operator"] })
})

async function seal(): Promise<void> {
  const sequencer = log.sequencer()
  await sequencer.sealOnce()
  await sequencer.stop()
}

const leavesOfLog = async () =>
  (await readLeaves(log.sql, 0, (await readHead(log.sql))?.size ?? 0)).map(({ leaf }) => {
    const decoded = decodeLeaf(leaf)
    if (!("leaf" in decoded)) throw new Error("not a leaf")
    return decoded.leaf
  })

/** The last index record, and what a plain reading of the log makes of the records that it covers. */
async function lastIndex() {
  const leaves = await leavesOfLog()
  const at = leaves.findLastIndex(({ type }) => type === "index.sealed@1")
  const { body } = must(leaves[at], "an index")
  const { version, size, ...told } = body as { version: number; size: number }
  const facts = leaves.map(({ threads }) => ({ threads: threads.map(([key]) => key) }) as never)
  const heads = headsOf(facts, size)
  return { version, size, told, read: { keys: heads.length, root: toHex(treeOfHeads(heads).root()) }, at }
}

async function afterMinutes<T>(minutes: number, run: () => Promise<T>): Promise<T> {
  const now = (Date.parse(services.writer.now()) + minutes * 60_000) as number
  const spy = vi.spyOn(services.writer, "now").mockReturnValue(new Date(now).toISOString() as Time)
  try {
    return await run()
  } finally {
    spy.mockRestore()
  }
}

test("an empty log is left alone; the first index covers nothing and the next all up to it", async () => {
  expect(await sweepThreadIndex(services)).toBe(false)
  await holdPayment(services, userOf("buyer"))
  await log.add(300)
  await seal()
  expect(await sweepThreadIndex(services)).toBe(true)
  // Not sealed yet: what the next one covers is not known.
  expect(await afterMinutes(11, () => sweepThreadIndex(services))).toBe(false)
  await seal()
  const first = await lastIndex()
  expect([first.version, first.size, first.told]).toEqual([1, 0, first.read])
  expect(await sweepThreadIndex(services)).toBe(false)
  expect(await afterMinutes(11, () => sweepThreadIndex(services))).toBe(true)
  await seal()
  const second = await lastIndex()
  expect([second.version, second.size, second.told]).toEqual([2, first.at + 1, second.read])
  expect(second.read.keys).toBeGreaterThan(300)
})

test("when nothing has happened but indexes none is made", async () => {
  expect(await afterMinutes(30, () => sweepThreadIndex(services))).toBe(false)
  await log.add(1)
  await seal()
  // The one before was made eleven minutes from now.
  expect(await afterMinutes(20, () => sweepThreadIndex(services))).toBe(false)
  expect(await afterMinutes(22, () => sweepThreadIndex(services))).toBe(true)
})

test("many new records make it due at once, and two workers make one", async () => {
  await seal()
  await log.add(4_100)
  while ((await log.sql`select 1 from pending_facts limit 1`).length > 0) await seal()
  await Promise.all([sweepThreadIndex(services), sweepThreadIndex(services)])
  await seal()
  const last = await lastIndex()
  expect([last.version, last.told]).toEqual([4, last.read])
})
