import { spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { checkLog, openTestLog, type TestLog } from "./test-log.ts"

const program = fileURLToPath(new URL("../../bench/sequencer-process.ts", import.meta.url))

/** Each sequencer that takes the lead raises it by one. */
async function epoch({ sql }: TestLog): Promise<number> {
  const [row] = await sql<{ epoch: number }[]>`select epoch::float8 as epoch from sequencer`
  return row?.epoch ?? 0
}

test("a sequencer killed at any moment leaves a sound log, and nothing is lost or doubled", async () => {
  const log = await openTestLog()
  let total = 0
  for (let kill = 0; kill < 12; kill++) {
    const child = spawn(process.execPath, [program, log.url, log.home], {
      stdio: ["pipe", "ignore", "inherit"],
    })
    await expect.poll(() => epoch(log), { timeout: 15_000, interval: 5 }).toBeGreaterThan(kill)
    const until = performance.now() + Math.random() * 400
    while (performance.now() < until) {
      const count = 1 + Math.floor(Math.random() * 60)
      await log.add(count)
      total += count
      await delay(5)
    }
    const exited = once(child, "exit")
    child.kill("SIGKILL")
    await exited
  }
  const last = log.sequencer()
  last.start()
  const waiting = async () => (await log.sql`select 1 from pending_facts limit 1`).length
  await expect.poll(waiting, { timeout: 15_000 }).toBe(0)
  await last.stop()
  expect((await log.sql`select 1 from checkpoints`).length).toBeGreaterThan(2)
  expect(await checkLog(log)).toBe(total)
}, 60_000)
