import { spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { checkLog, openTestLog } from "./test-log.ts"

const program = fileURLToPath(new URL("../../bench/sequencer-process.ts", import.meta.url))

test("a sequencer killed at any moment leaves a sound log, and nothing is lost or doubled", async () => {
  const log = await openTestLog()
  let total = 0
  for (let kill = 0; kill < 12; kill++) {
    const child = spawn(process.execPath, [program, log.url, log.home], {
      stdio: ["pipe", "ignore", "inherit"],
    })
    const until = performance.now() + 300 + Math.random() * 900
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
  const heads = await log.sql`select 1 from checkpoints`
  expect(heads.length).toBeGreaterThan(12)
  expect(await checkLog(log)).toBe(total)
}, 60_000)
