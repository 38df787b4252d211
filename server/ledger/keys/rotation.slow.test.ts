import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { isRefusal } from "#contracts/refusal.ts"
import { checkLog, openTestLog, type TestLog } from "../test-log.ts"
import { newId, testServices } from "../test-records.ts"
import { endOverlap, readKeyState, startRotation, untilHandedOver } from "./commands.ts"
import { readTurns } from "./turns.ts"

const program = fileURLToPath(new URL("../../../bench/sequencer-process.ts", import.meta.url))

async function open() {
  const log = await openTestLog()
  const { writer } = await testServices(log)
  const operator = newId("party")
  const row = JSON.stringify({ id: operator, version: 1, roles: ["operator"] })
  await log.sql`insert into parties (id, version, row) values (${operator}, 1, ${row}::text::jsonb)`
  return { log, rotate: () => startRotation({ sql: log.sql, home: log.home, writer }, "scheduled") }
}

/** Adds records until told to stop; answers how many. */
function addMeanwhile(log: TestLog): () => Promise<number> {
  let [total, going] = [0, true]
  const adding = (async () => {
    for (; going; await delay(20)) {
      const count = 1 + Math.floor(Math.random() * 20)
      await log.add(count)
      total += count
    }
  })()
  return async () => {
    going = false
    await adding
    return total
  }
}

const waits = async ({ sql }: TestLog) => (await sql`select 1 from pending_facts limit 1`).length

/** Each change ends with a checkpoint that both keys signed, each one begins with the key that the last one gave. */
async function checkTurns(log: TestLog, count: number): Promise<void> {
  const turns = await readTurns(log.sql)
  expect(turns.map(({ version }) => version)).toEqual(Array.from({ length: count }, (_, i) => i + 1))
  for (const [i, { from, note }] of turns.entries()) {
    expect(note?.split("\n").filter((line) => line.startsWith("\u2014")).length).toBe(2)
    if (i > 0) expect(from).toBe(turns[i - 1]?.to)
  }
}

test("a sequencer that runs takes new keys while records are sealed", async () => {
  const { log, rotate } = await open()
  const sequencer = log.sequencer()
  sequencer.start()
  await expect.poll(() => readKeyState(log), { timeout: 15_000 }).not.toBeNull()
  const stopAdding = addMeanwhile(log)
  for (const version of [1, 2, 3]) {
    await expect.poll(rotate, { timeout: 15_000 }).toMatchObject({ version })
    expect(await untilHandedOver(log.sql, version, 15_000)).toMatchObject({ version })
    expect(await rotate()).toMatchObject({ refused: "key_change_open" })
    await delay(50)
    expect(await endOverlap(log)).toBe(1)
  }
  const total = await stopAdding()
  await expect.poll(() => waits(log), { timeout: 15_000 }).toBe(0)
  await sequencer.stop()
  expect(await checkLog(log)).toBe(total + 3)
  await checkTurns(log, 3)
}, 60_000)

test("a sequencer killed at any moment of a change goes on to its end, and nothing is lost", async () => {
  const { log, rotate } = await open()
  const stopAdding = addMeanwhile(log)
  let changes = 0
  let child: ChildProcess | null = null
  for (let kill = 0; kill < 10; kill++) {
    child = spawn(process.execPath, [program, log.url, log.home], { stdio: ["pipe", "ignore", "inherit"] })
    const openChange = async () => (await readKeyState(log))?.open
    await expect.poll(openChange, { timeout: 15_000, interval: 5 }).toBeNull()
    await endOverlap(log)
    if (!isRefusal(await rotate())) changes += 1
    await delay(Math.random() * 300)
    const exited = once(child, "exit")
    child.kill("SIGKILL")
    await exited
  }
  const total = await stopAdding()
  const last = log.sequencer()
  last.start()
  await expect.poll(() => waits(log), { timeout: 15_000 }).toBe(0)
  await last.stop()
  expect(changes).toBeGreaterThan(1)
  expect(await checkLog(log)).toBe(total + changes)
  await checkTurns(log, changes)
}, 90_000)
