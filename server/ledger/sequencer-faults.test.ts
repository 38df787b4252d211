import { randomBytes } from "node:crypto"
import { readFile, writeFile } from "node:fs/promises"
import { setTimeout as delay } from "node:timers/promises"
import { expect, test, vi } from "vitest"
import { makeId } from "#contracts/ids.ts"
import { makeClient } from "#db/client.ts"
import { headFile } from "./head-file.ts"
import { sealSteps } from "./seal.ts"
import { Sequencer } from "./sequencer.ts"
import { readStopped } from "./stopped-file.ts"
import { checkLog, openTestLog, type TestLog } from "./test-log.ts"

/**
 * Faults in pairs: each step of sealing and signing failed, or failed but was done, and then the recovery from that.
 * The steps, and what is on disk after each that was not before:
 *
 * | step | failed before | failed but persisted |
 * |---|---|---|
 * | read | nothing | nothing: reading the pending rows, threads and versions writes nothing |
 * | append | nothing | records, threads and tiles, the pending rows gone; one statement, so all of it or nothing |
 * | reread | records without a head | the same: hashing the stored bytes writes nothing |
 * | sign | records without a head | the same: the signature is only in memory |
 * | keep | the old head in the file | the new head in the file, not in the database; a torn write is a temporary file |
 * | publish | the new head in the file only | the new head in both, and the sequencer believes that it failed |
 *
 * The next one to lead, after each of these: seals what waits, signs records without a head, publishes a kept head
 * again byte for byte. sequencers.slow.test.ts kills processes with SIGKILL at the same steps.
 */
vi.setConfig({ testTimeout: 60_000 })

type Fault = `${"before" | "after"} ${(typeof sealSteps)[number]}`
const faults = sealSteps.flatMap((step): Fault[] => [`before ${step}`, `after ${step}`])
/** Every eleventh pair in each run: each fault comes first in some and second in some. All by `npm run test:large`. */
const pairs = faults
  .flatMap((first) => faults.map((second) => [first, second] as const))
  .filter((_, i) => process.env.QUANHENG_LARGE || i % 11 === 0)

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

/** Puts the database back to an older state, as a backup or a disk that forgot its last writes would. */
const putBack = (log: TestLog, size: number): Promise<void> =>
  log.spoil(`delete from sealed_facts where index >= ${size}; delete from checkpoints where size > ${size};
    delete from thread_entries where index >= ${size};
    update tiles set hashes = substring(hashes for ${32 * size}) where level = 0`)

test.each(faults)(
  "one held %s while its database falls back to an older state, of the same epoch, writes nothing more into it",
  async (held) => {
    const log = await openTestLog()
    const client = makeClient(log.url, { connections: 1, name: "held" })
    const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let armed = false
    const failpoint = (moment: string, step: string) => {
      if (!armed || `${moment} ${step}` !== held) return
      reached.resolve()
      return goOn.promise
    }
    const first = new Sequencer({ sql: client.sql, home: log.home, failpoint })
    for (const count of [5, 7]) {
      await log.add(count)
      await first.sealOnce()
    }
    await log.add(2)
    armed = true
    const round = first.sealOnce()
    await reached.promise
    await log.sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where application_name = 'held' and datname = current_database()`
    await putBack(log, 5)
    goOn.resolve()
    // After its last write there is nothing left that could fail.
    if (held === "after publish") expect(await round).toBe(2)
    else await expect(round).rejects.toThrow(/CONNECTION_(ENDED|CLOSED|DESTROYED)/)
    const written =
      await log.sql`select max(index)::int as last, (select max(size)::int from checkpoints) as head
      from sealed_facts`
    expect(written).toEqual([{ last: 4, head: 5 }])
    await expect(log.sequencer().sealOnce()).rejects.toThrow(
      /has 5 records, the last published checkpoint 1[24]\./,
    )
    await first.stop()
    await client.close()
  },
)

test("a head file that was torn while it was written disturbs nobody; one that is no checkpoint stops sealing", async () => {
  const log = await openTestLog()
  await log.add(3)
  const first = log.sequencer()
  await first.sealOnce()
  await first.stop()
  const whole = await readFile(headFile(log.home), "utf8")
  await writeFile(`${headFile(log.home)}.1.tmp`, whole.slice(0, 40))
  await log.add(1)
  const second = log.sequencer()
  expect(await second.sealOnce()).toBe(1)
  await second.stop()

  const newest = await readFile(headFile(log.home), "utf8")
  await writeFile(headFile(log.home), newest.slice(0, 40))
  await log.add(1)
  const third = log.sequencer()
  await expect(third.sealOnce()).rejects.toThrow(
    /^The kept head of the log cannot be read: .*Nothing is sealed until then/,
  )
  expect(third.state.kind).toBe("refused")
  expect(await readStopped(log.home)).not.toBeNull()
  expect((await log.sql`select 1 from checkpoints where size > 4`).length).toBe(0)
  await writeFile(headFile(log.home), newest)
  expect(await third.sealOnce()).toBe(1)
  expect(await checkLog(log)).toBe(5)
})

test("an id that is older than its own time tells costs one round, and its thread goes on", async () => {
  const log = await openTestLog()
  const made = Date.now() + 1500
  const [trade, grant] = [makeId("trade", made, randomBytes(10)), makeId("grant", made, randomBytes(10))]
  await log.addFact(grant, 1, { threads: [grant, trade].sort() })
  const first = log.sequencer()
  expect(await first.sealOnce()).toBe(1)
  await first.stop()
  const sequencer = log.sequencer()
  await log.add(1)
  expect(await sequencer.sealOnce()).toBe(1)
  await delay(made + 20 - Date.now())
  const second = makeId("grant", Date.now(), randomBytes(10))
  await log.addFact(second, 1, { threads: [second, trade].sort() })
  await expect(sequencer.sealOnce()).rejects.toThrow(/duplicate key/)
  expect(await sequencer.sealOnce()).toBe(1)
  expect(await checkLog(log)).toBe(3)
})
