import { readFile } from "node:fs/promises"
import { expect, test, vi } from "vitest"
import { makeClient } from "#db/client.ts"
import { headFile } from "./head-file.ts"
import { sealSteps } from "./seal.ts"
import { Sequencer } from "./sequencer.ts"
import { readStopped } from "./stopped-file.ts"
import { checkLog, openTestLog, type TestLog } from "./test-log.ts"

/** Faults in pairs: each step of sealing and signing failed, or failed but was done, and then the recovery from that. */
vi.setConfig({ testTimeout: 60_000 })

type Fault = `${"before" | "after"} ${(typeof sealSteps)[number]}`
const faults = sealSteps.flatMap((step): Fault[] => [`before ${step}`, `after ${step}`])
/** Every third pair in each run: each fault with each kind of other. All by `npm run test:large`. */
const pairs = faults
  .flatMap((first) => faults.map((second) => [first, second] as const))
  .filter((_, i) => process.env.QUANHENG_LARGE || i % 3 === 0)

const failing = (log: TestLog, fault: Fault): Sequencer =>
  log.sequencer((moment, step) => {
    if (`${moment} ${step}` === fault) throw new Error(fault)
  })

/** Every head that was ever kept or published, whatever failed then, is of the one log that there is in the end. */
async function expectOneHistory(log: TestLog, total: number, kept: ReadonlySet<string>): Promise<void> {
  const last = log.sequencer()
  for (let round = 0; round < 3; round++) await last.sealOnce()
  await last.stop()
  expect(await log.sql`select 1 from pending_facts`).toHaveLength(0)
  expect(await checkLog(log)).toBe(total)
  const published = await log.sql<{ note: string }[]>`select note from checkpoints`
  expect(published.map(({ note }) => note)).toEqual(expect.arrayContaining([...kept]))
}

test("a fault at any step and another at any step of the recovery leave one log", async () => {
  const log = await openTestLog()
  const kept = new Set<string>()
  let total = 0
  for (const pair of pairs)
    for (const fault of pair) {
      await log.add(2)
      total += 2
      await expect(failing(log, fault).sealOnce(), pair.join(", ")).rejects.toThrow(fault)
      kept.add(await readFile(headFile(log.home), "utf8"))
    }
  await expectOneHistory(log, total, kept)
})

test("one held at any step loses its session, another fails at any step, and the first goes on", async () => {
  const log = await openTestLog()
  const kept = new Set<string>()
  let total = 0
  for (const [held, fault] of pairs) {
    const name = `held-${total}`
    const client = makeClient(log.url, { connections: 1, name })
    const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const failpoint = (moment: string, step: string) => {
      if (`${moment} ${step}` !== held) return
      reached.resolve()
      return goOn.promise
    }
    await log.add(2)
    const first = new Sequencer({ sql: client.sql, home: log.home, failpoint })
    const round = first.sealOnce().catch(() => 0)
    await reached.promise
    await log.sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = ${name}`
    await log.add(2)
    total += 4
    await expect(failing(log, fault).sealOnce(), `${held}, ${fault}`).rejects.toThrow(fault)
    kept.add(await readFile(headFile(log.home), "utf8"))
    const third = log.sequencer()
    await third.sealOnce()
    const sealed = await log.sql`select count(*) as count, max(index) as last from sealed_facts`
    goOn.resolve()
    await round
    expect(await log.sql`select count(*) as count, max(index) as last from sealed_facts`).toEqual(sealed)
    expect(await readStopped(log.home), `${held}, ${fault}`).toBeNull()
    await Promise.all([first.stop(), third.stop()])
    await client.close()
  }
  await expectOneHistory(log, total, kept)
})
