import { spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { isRefusal } from "#contracts/refusal.ts"
import { putRow } from "#db/test-rows.ts"
import { sealSteps } from "../seal.ts"
import { checkLog, openTestLog, type TestLog } from "../test-log.ts"
import { newId, testServices } from "../test-records.ts"
import { endOverlap, readKeyState, startRotation, untilHandedOver } from "./commands.ts"
import { readTurns } from "./turns.ts"

const program = fileURLToPath(new URL("../test-sequencer.ts", import.meta.url))

async function open() {
  const log = await openTestLog()
  const { writer } = await testServices(log)
  const operator = newId("party")
  await putRow(log.sql, "party", { id: operator, version: 1, roles: ["operator"] })
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

/** Each costs two processes: every third in each run, all by `npm run test:large`. rotation.test.ts fails at each. */
const deaths = sealSteps
  .flatMap((step) => (["before", "after"] as const).map((moment) => ({ moment, step })))
  .filter((_, i) => process.env.QUANHENG_LARGE || i % 3 === 0)

test.each(deaths)(
  "a process killed $moment $step of the change's round: the next one goes on to a right end",
  async ({ moment, step }) => {
    const { log, rotate } = await open()
    await log.add(3)
    const first = log.sequencer()
    await first.sealOnce()
    await first.stop()
    await log.add(2)
    expect(isRefusal(await rotate())).toBe(false)
    await log.add(2)
    const killed = spawn(process.execPath, [program, log.url, log.home, moment, step], {
      stdio: ["pipe", "ignore", "inherit"],
    })
    expect((await once(killed, "exit"))[1]).toBe("SIGKILL")
    const next = spawn(process.execPath, [program, log.url, log.home], {
      stdio: ["pipe", "ignore", "inherit"],
    })
    await expect.poll(() => waits(log), { timeout: 15_000 }).toBe(0)
    expect(await untilHandedOver(log.sql, 1, 15_000)).not.toBeNull()
    next.stdin?.end()
    await once(next, "exit")
    expect(await checkLog(log)).toBe(8)
    await checkTurns(log, 1)
    expect(await endOverlap(log)).toBe(1)
  },
  40_000,
)
