import { readdir, readFile, rm } from "node:fs/promises"
import path from "node:path"
import { expect, test } from "vitest"
import { must } from "#contracts/assert.ts"
import { factLine } from "../commit/fact-batches.ts"
import { headFile, keepHead } from "./head-file.ts"
import { SealingRefusedError } from "./lead.ts"
import { sealSteps } from "./seal.ts"
import { Sequencer } from "./sequencer.ts"
import { readStopped } from "./stopped-file.ts"
import { checkLog, factOf, openTestLog, type TestLog } from "./test-log.ts"

const publishedSizes = async ({ sql }: TestLog): Promise<number[]> =>
  (await sql<{ size: number }[]>`select size::float8 as size from checkpoints order by checkpoints.size`).map(
    ({ size }) => size,
  )

const waiting = async ({ sql }: TestLog): Promise<number> => (await sql`select 1 from pending_facts`).length

test("a new log publishes its empty head, then one head a round", async () => {
  const log = await openTestLog()
  const sequencer = log.sequencer()
  expect(await sequencer.sealOnce()).toBe(0)
  for (const count of [1, 1, 253, 1, 1, 300]) {
    await log.add(count)
    expect(await sequencer.sealOnce()).toBe(count)
  }
  expect(await publishedSizes(log)).toEqual([0, 1, 2, 255, 256, 257, 557])
  expect(await checkLog(log)).toBe(557)
  expect(await readFile(headFile(log.home), "utf8")).toBe(
    (await log.sql`select note from checkpoints where size = 557`)[0]?.note,
  )
})

test("the next sequencer goes on where the last one stopped, with all threads", async () => {
  const log = await openTestLog()
  for (const count of [5, 260, 9]) {
    const sequencer = log.sequencer()
    await log.add(count)
    expect(await sequencer.sealOnce()).toBe(count)
    await sequencer.stop()
  }
  expect(await checkLog(log)).toBe(274)
})

test.each(sealSteps.flatMap((step) => (["before", "after"] as const).map((moment) => ({ moment, step }))))(
  "a crash $moment $step leaves the old head or the new one, and the next start completes it",
  async ({ moment, step }) => {
    const log = await openTestLog()
    let armed = false
    const sequencer = log.sequencer((atMoment, atStep) => {
      if (armed && atMoment === moment && atStep === step) throw new Error("crash")
    })
    await log.add(300)
    await sequencer.sealOnce()
    await log.add(20)
    armed = true
    await expect(sequencer.sealOnce()).rejects.toThrow("crash")
    const sizes = await publishedSizes(log)
    expect(sizes.at(-1)).toBe(moment === "after" && step === "publish" ? 320 : 300)
    await log.add(1)
    const next = log.sequencer()
    const appended = step !== "read" && `${moment} ${step}` !== "before append"
    expect(await next.sealOnce()).toBe(appended ? 1 : 21)
    expect(await checkLog(log)).toBe(321)
    expect(await waiting(log)).toBe(0)
  },
)

test("of two sequencers one leads; the other takes over when it stops", async () => {
  const log = await openTestLog()
  const [first, second] = [log.sequencer(), log.sequencer()]
  await log.add(3)
  expect(await first.sealOnce()).toBe(3)
  await log.add(3)
  expect(await second.sealOnce()).toBe(0)
  expect(second.state.kind).toBe("standby")
  await first.stop()
  expect(await second.sealOnce()).toBe(3)
  expect(await checkLog(log)).toBe(6)
})

test.each(["append", "publish"] as const)(
  "a sequencer that was replaced without noticing writes nothing more: %s",
  async (step) => {
    const log = await openTestLog()
    let armed = false
    const loser = log.sequencer(async (moment, atStep) => {
      if (!armed || moment !== "before" || atStep !== step) return
      armed = false
      await log.sql`update sequencer set epoch = epoch + 1`
    })
    await log.add(4)
    await loser.sealOnce()
    await log.add(4)
    armed = true
    expect(await loser.sealOnce()).toBe(0)
    expect(loser.state.kind).toBe("standby")
    expect(await publishedSizes(log)).toEqual([0, 4])
    await log.sequencer().sealOnce()
    expect(await publishedSizes(log)).toEqual([0, 4, 8])
    expect(await checkLog(log)).toBe(8)
  },
)

const restoreTo = (size: number): string => `
  delete from sealed_facts where index >= ${size}; delete from checkpoints where size > ${size};
  delete from thread_entries where index >= ${size};
  update tiles set hashes = substring(hashes for ${32 * size}) where level = 0`

test("a database restored from an older backup is not sealed on, and nothing is lost by that", async () => {
  const log = await openTestLog()
  const sequencer = log.sequencer()
  for (const count of [5, 7]) {
    await log.add(count)
    await sequencer.sealOnce()
  }
  await sequencer.stop()
  await log.spoil(restoreTo(5))
  await log.add(2)
  const next = log.sequencer()
  await expect(next.sealOnce()).rejects.toThrow(/has 5 records, the last published checkpoint 12/)
  expect(next.state).toMatchObject({ kind: "refused", refusal: { refused: "log_behind" } })
  expect(await readStopped(log.home)).toMatchObject({
    refusal: { refused: "log_behind" },
    advice: expect.stringMatching(
      /Restore the newest backup .* all 12 records .* nothing waiting is lost\.$/,
    ),
  })
  expect(await publishedSizes(log)).toEqual([0, 5])
  expect(await waiting(log)).toBe(2)
})

test("a database that took another way than the published log is not sealed on", async () => {
  const log = await openTestLog()
  const sequencer = log.sequencer()
  for (const count of [5, 7]) {
    await log.add(count)
    await sequencer.sealOnce()
  }
  await sequencer.stop()
  const published = await readFile(headFile(log.home), "utf8")
  await log.spoil(restoreTo(5))
  await rm(headFile(log.home))
  await log.add(20)
  const forked = log.sequencer()
  expect(await forked.sealOnce()).toBe(20)
  await forked.stop()
  await rm(path.dirname(headFile(log.home)), { recursive: true })
  await keepHead(log.home, published)
  await expect(log.sequencer().sealOnce()).rejects.toThrow(/are not those of the last published checkpoint/)
})

test("an empty database beside a published log is refused, and so is a missing key", async () => {
  const [log, empty] = [await openTestLog(), await openTestLog()]
  await log.add(1)
  const first = log.sequencer()
  await first.sealOnce()
  await first.stop()
  const other = new Sequencer({ sql: empty.sql, home: log.home })
  await expect(other.sealOnce()).rejects.toThrow(/the database is empty/)

  await rm(path.join(log.home, "keys"), { recursive: true })
  const keyless = log.sequencer()
  await expect(keyless.sealOnce()).rejects.toBeInstanceOf(SealingRefusedError)
  expect(keyless.state).toMatchObject({ kind: "refused", refusal: { refused: "log_key_missing" } })
})

test("a bit that flips between writing and signing is never signed over", async () => {
  const log = await openTestLog()
  await log.add(2)
  let armed = false
  const sequencer = log.sequencer(async (moment, step) => {
    if (!armed || moment !== "before" || step !== "reread") return
    await log.spoil(
      "update sealed_facts set leaf = set_byte(leaf, 40, get_byte(leaf, 40) # 1) where index = 3",
    )
  })
  await sequencer.sealOnce()
  await log.add(5)
  armed = true
  await expect(sequencer.sealOnce()).rejects.toThrow(/record 3 does not have its hash/)
  expect(await publishedSizes(log)).toEqual([0, 2])
  await expect(log.sequencer().sealOnce()).rejects.toThrow(/damaged/)
})

test("versions of a subject are sealed in order; a fact that is none waits and stops nobody", async () => {
  const log = await openTestLog()
  await log.addFact("trd_b", 2)
  await log.addFact("trd_c", 1, { body: { amount: 1.5 } })
  await log.addFact("trd_d", 1, { threads: ["z", "a"] })
  await log.add(3)
  const sequencer = log.sequencer()
  expect(await sequencer.sealOnce()).toBe(3)
  await log.addFact("trd_b", 1)
  expect(await sequencer.sealOnce()).toBe(1)
  expect(await sequencer.sealOnce()).toBe(1)
  expect(await waiting(log)).toBe(2)
  expect(await checkLog(log)).toBe(5)
})

test("what cannot be sealed yet stays in its batch, in its place, when the others leave it", async () => {
  const log = await openTestLog()
  const line = (subject: string, version: number, change: object = {}) =>
    factLine(subject, version, JSON.stringify({ ...factOf(subject, version), ...change }))
  const wrong = { threads: ["z", "a"] }
  const lines = [line("trd_a", 1), line("trd_b", 2), line("trd_c", 1, wrong), line("trd_d", 1)]
  await log.sql`insert into pending_batches (facts) values (${lines.join("\n")}), (${line("trd_b", 3)})`
  const left = () => log.sql`select subject, version from pending_facts order by id`
  const before = await log.sql`select min(batch) as batch from pending_facts`
  const sequencer = log.sequencer()
  expect(await sequencer.sealOnce()).toBe(2)
  expect(await left()).toEqual([
    { subject: "trd_b", version: 2 },
    { subject: "trd_c", version: 1 },
    { subject: "trd_b", version: 3 },
  ])
  expect(await log.sql`select min(batch) as batch from pending_facts`).toEqual(before)
  await log.sql`insert into pending_batches (facts) values (${line("trd_b", 1)})`
  const rounds = [await sequencer.sealOnce(), await sequencer.sealOnce(), await sequencer.sealOnce()]
  expect(rounds).toEqual([1, 2, 0])
  expect(await left()).toEqual([{ subject: "trd_c", version: 1 }])
  expect(await checkLog(log)).toBe(5)
})

test("facts that waited when the market was upgraded are sealed in their order, and the release before may add more", async () => {
  const log = await openTestLog()
  const name = (await readdir("db/migrations")).find((file) => file.endsWith("_facts_wait_in_batches.sql"))
  const migration = await readFile(path.join("db/migrations", must(name, "the migration")), "utf8")
  await log.owner.sql.unsafe(`drop view pending_facts; drop function quanheng_add_fact; drop table pending_batches;
    create table pending_facts (id bigserial primary key, subject text not null, version integer not null, fact text not null);
    grant all on pending_facts to public; grant all on pending_facts_id_seq to public`)
  for (const version of [1, 2]) await log.addFact("trd_old", version)
  await log.sql`insert into pending_facts (subject, version, fact) values ('trd_lines', 1,
    ${JSON.stringify(factOf("trd_lines", 1), null, 1)})`
  const before = await log.sql`select subject, version, fact::jsonb as fact from pending_facts order by id`
  for (const statement of migration.split("--> statement-breakpoint")) await log.owner.sql.unsafe(statement)
  await log.owner.sql.unsafe(
    "grant all on pending_batches, pending_facts to public; grant all on sequence pending_batches_id_seq to public",
  )
  expect(await log.sql`select subject, version, fact::jsonb as fact from pending_facts order by id`).toEqual(
    before,
  )
  expect(before).toHaveLength(3)
  await log.addFact("trd_old", 3)
  expect(await log.sequencer().sealOnce()).toBe(4)
  expect(await checkLog(log)).toBe(4)
})

test("a running sequencer seals what comes, alone and in crowds", async () => {
  const log = await openTestLog()
  const sequencer = log.sequencer()
  sequencer.start()
  let total = 0
  for (const count of [1, 2000, 1, 4000, 3]) {
    await log.add(count)
    total += count
    await expect.poll(() => waiting(log), { timeout: 10_000, interval: 10 }).toBe(0)
  }
  await sequencer.stop()
  expect(await checkLog(log)).toBe(total)
})

test("a database whose last commit was lost signs the same head again; one that lost records waits for them", async () => {
  const log = await openTestLog()
  const first = log.sequencer()
  for (const count of [5, 7]) {
    await log.add(count)
    await first.sealOnce()
  }
  await first.stop()
  const heads = () => log.sql`select size, note from checkpoints order by size`
  const before = await heads()
  await log.spoil("delete from checkpoints where size = 12")
  const second = log.sequencer()
  await second.sealOnce()
  await second.stop()
  // Ed25519 signs the same text to the same bytes: whoever holds the lost head holds this one.
  expect((await heads()).map(({ size, note }) => [size, note])).toEqual(
    before.map(({ size, note }) => [size, note]),
  )

  const copy = ["sealed_facts", "checkpoints", "thread_entries", "tiles"]
  for (const table of copy) await log.owner.sql.unsafe(`create table kept_${table} as select * from ${table}`)
  await log.spoil(restoreTo(5))
  await log.add(2)
  const third = log.sequencer()
  await expect(third.sealOnce()).rejects.toThrow(/has 5 records, the last published checkpoint 12/)
  for (const table of copy)
    await log.spoil(`delete from ${table}; insert into ${table} select * from kept_${table}`)
  expect(await third.sealOnce()).toBe(2)
  expect(await checkLog(log)).toBe(14)
  expect(await readStopped(log.home)).toBeNull()
})
