import { randomBytes } from "node:crypto"
import fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { type Id, type IdKind, makeId } from "#contracts/ids.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Trade } from "#contracts/trade.ts"
import { knownJobMigration } from "#db/commit-jobs.ts"
import { testDatabase } from "#db/test-database.ts"
import { editRow, putRow } from "#db/test-rows.ts"
import { makeKeyRing } from "./commit/key-ring.ts"
import { Writer } from "./commit.ts"
import { type Decision, decide, type Guard } from "./decision.ts"

const { sql, owner } = await testDatabase()
const masterKey = randomBytes(32)
let writer: Writer
let otherProcess: Writer

beforeAll(async () => {
  writer = await new Writer(sql, makeKeyRing(sql, masterKey)).start()
  otherProcess = await new Writer(sql, makeKeyRing(sql, masterKey)).start()
})

const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, Date.now(), randomBytes(10))
const party = newId("party")
const user = newId("user")

/** A trade's next version with its fact, and whatever else is given. */
function change(trade: Id<"trade">, version: number, more: Partial<Decision> = {}): Decision {
  const row = { id: trade, version, state: "proposed", buyer: party } as Trade
  const fact = {
    type: "trade.confirmed@1",
    subject: { noun: "trade", id: trade, version },
    threads: [{ id: trade }],
    actor: { role: "buyer", party, user },
    occurredAt: writer.now(),
    body: { version, state: "proposed", side: "buyer", agreementHash: "a".repeat(64), method: "click" },
    secret: { user },
    owner: party,
    readers: [party],
  } as const
  return decide({
    changes: [{ noun: "trade", row }],
    facts: [{ ...fact, threads: [{ id: trade }], readers: [party] }],
    result: { trade, version },
    ...more,
  })
}

const versionOf = async (trade: Id<"trade">): Promise<number> => {
  const [row] = await sql<{ version: number }[]>`select version from trades where id = ${trade}`
  return row?.version ?? 0
}

/** Steps the trade on by one, as a command does: load, decide, commit. */
const step = (by: Writer, trade: Id<"trade">, id: string = newId("command"), more?: Partial<Decision>) =>
  by.run(
    { giver: party, id, action: "step", input: { trade } },
    async () => versionOf(trade),
    (version) => change(trade, version + 1, more),
  )

test("a commit wakes whoever seals, and a crowd of commits wakes once", async () => {
  let woken = 0
  const { unlisten } = await sql.listen("facts", () => woken++)
  await new Promise((resolve) => setTimeout(resolve, 30))
  const trades = Array.from({ length: 40 }, () => newId("trade"))
  await Promise.all(trades.map((trade) => step(writer, trade)))
  await expect.poll(() => woken, { interval: 5 }).toBeGreaterThan(0)
  expect(woken).toBeLessThan(trades.length / 4)
  await unlisten()
})

describe("a command", () => {
  test("given again answers the first answer and writes nothing more", async () => {
    const trade = newId("trade")
    const id = newId("command")
    const answers = await Promise.all(Array.from({ length: 10 }, () => step(writer, trade, id)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await step(otherProcess, trade, id)).toEqual(answers[0])
    expect(await versionOf(trade)).toBe(1)
  })

  test("whose id was used for something else is refused", async () => {
    const id = newId("command")
    await step(writer, newId("trade"), id)
    expect(await step(writer, newId("trade"), id)).toMatchObject({ refused: "command_reused" })
  })

  test("that its rule refuses still tells the first answer when it is a repetition", async () => {
    const trade = newId("trade")
    const id = newId("command")
    const once = () =>
      writer.run(
        { giver: party, id, action: "once", input: null },
        async () => versionOf(trade),
        (version): Decision | Refusal => (version > 0 ? refuse("already_confirmed") : change(trade, 1)),
      )
    expect(await once()).toEqual({ trade, version: 1 })
    expect(await once()).toEqual({ trade, version: 1 })
  })
})

describe("decisions that meet", () => {
  test("on one thing, from two processes, all happen, one after the other", async () => {
    const trade = newId("trade")
    await step(writer, trade)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => step(i % 2 ? writer : otherProcess, trade)),
    )
    const versions = answers.map((answer) =>
      isRefusal(answer) ? 0 : (answer as { version: number }).version,
    )
    expect(versions.filter((version) => version > 0).length + answers.filter(isRefusal).length).toBe(40)
    expect(new Set(versions.filter((version) => version > 0)).size).toBe(
      versions.filter((version) => version > 0).length,
    )
    expect(await versionOf(trade)).toBe(1 + versions.filter((version) => version > 0).length)
    expect(
      answers.filter(isRefusal).every((answer) => isRefusal(answer) && answer.refused === "too_busy"),
    ).toBe(true)
  })

  test("what was read of a party stands only while no party or listing has changed", async () => {
    const guarded = newId("party")
    await putRow(owner.sql, "party", { id: guarded, version: 1, identifier: guarded })
    const now = async () =>
      (await sql<{ moves: string }[]>`select count::text as moves from moves`)[0]?.moves ?? ""
    const guards: Guard[] = [{ noun: "party", id: guarded, version: 1 }]
    const at = (moves: string) => ({
      command: { giver: party, id: newId("command"), digest: "d" },
      decision: change(newId("trade"), 1, { guards }),
      moves,
    })
    const before = await now()
    expect(await writer.commit([at(before)])).toMatchObject([{ kind: "written" }])
    await editRow(owner.sql, "party", guarded, "frozenBy", "frz_x")
    await owner.sql`update parties set version = 2 where id = ${guarded}`
    expect(await now()).not.toBe(before)
    expect(await writer.commit([at(before)])).toEqual([{ kind: "lost" }])
    // In one batch with a decision that has looked since and relies on nothing old.
    const since = { ...at(await now()), decision: change(newId("trade"), 1) }
    expect(await writer.commit([at(before), since])).toMatchObject([{ kind: "lost" }, { kind: "written" }])
    const alike = {
      ...at(await now()),
      decision: change(newId("trade"), 1, { guards: [{ ...guards[0], version: 2 }] as Guard[] }),
    }
    expect(await writer.commit([at(before), alike])).toMatchObject([{ kind: "lost" }, { kind: "written" }])
  })

  test("a guard that moved makes the decision lose, and only that one", async () => {
    const guarded = newId("trade")
    await step(writer, guarded)
    const stale: Guard = { noun: "trade", id: guarded, version: 99 }
    const good = newId("trade")
    const [lost, written] = await Promise.all([
      writer.commit([
        {
          command: { giver: party, id: newId("command"), digest: "d" },
          decision: change(newId("trade"), 1, { guards: [stale] }),
        },
      ]),
      writer.commit([
        { command: { giver: party, id: newId("command"), digest: "d" }, decision: change(good, 1) },
      ]),
    ])
    expect(lost[0]?.kind).toBe("lost")
    expect(written[0]?.kind).toBe("written")
    expect(await versionOf(good)).toBe(1)
  })

  test("for the last seat: one gets it", async () => {
    const plan = newId("plan")
    await owner.sql`insert into seats (plan, free) values (${plan}, 3)`
    const take = (by: Writer) =>
      by.run(
        { giver: party, id: newId("command"), action: "take", input: null },
        async () =>
          (await sql<{ free: number }[]>`select free from seats where plan = ${plan}`)[0]?.free ?? 0,
        (free) =>
          free <= 0 ? refuse("no_seat_left") : change(newId("trade"), 1, { seats: [{ plan, take: 1 }] }),
      )
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => take(i % 2 ? writer : otherProcess)),
    )
    expect(answers.filter((answer) => !isRefusal(answer)).length).toBe(3)
    expect(await sql`select free from seats where plan = ${plan}`).toEqual([{ free: 0 }])
  })
})

describe("a decision that is not whole", () => {
  const whole = () => change(newId("trade"), 1)
  test.each([
    ["a change without its fact", () => ({ ...whole(), facts: [] })],
    ["a fact without its change", () => ({ ...whole(), changes: [] })],
    ["a fact of another version", () => ({ ...whole(), facts: change(newId("trade"), 2).facts })],
    [
      "a journal that does not balance",
      () => ({
        ...whole(),
        journals: [
          {
            source: { type: "t", id: newId("payment") },
            trade: null,
            occurredAt: writer.now(),
            postings: [{ account: "bank" as const, debit: { minor: "1", currency: "CNY" as const } }],
          },
        ],
      }),
    ],
  ])("%s is a bug and writes nothing", async (_, make) => {
    const command = { giver: party, id: newId("command"), digest: "d" }
    await expect(writer.commit([{ command, decision: make() }])).rejects.toThrow(/assertion failed/)
    expect(await sql`select 1 from commands where id = ${command.id}`).toHaveLength(0)
  })

  test("an unbalanced journal is refused by the database too", async () => {
    await expect(
      sql`insert into postings (source_type, source_id, leg, account, currency, amount, occurred_at)
        values ('x', 'y', 1, 'bank', 'CNY', 5, '2026-01-01T00:00:00.000Z')`,
    ).rejects.toThrow(/does not balance/)
  })
})

describe("what is written", () => {
  const journal = (id: string) => ({
    source: { type: "test", id },
    trade: null,
    occurredAt: writer.now(),
    postings: [
      { account: "bank" as const, debit: { minor: "7", currency: "CNY" as const } },
      { account: "held:trd_x" as const, credit: { minor: "7", currency: "CNY" as const } },
    ],
  })

  test("is all of a decision: row, fact, disclosure, postings and job", async () => {
    const trade = newId("trade")
    await step(writer, trade, newId("command"), {
      journals: [journal(trade)],
      jobs: [{ task: "deliver", payload: { trade } }],
    })
    expect(await sql`select subject, version from pending_facts where subject = ${trade}`).toEqual([
      { subject: trade, version: 1 },
    ])
    expect(await sql`select owner from disclosures where subject = ${trade}`).toEqual([{ owner: party }])
    expect(await sql`select leg from postings where source_id = ${trade} order by leg`).toEqual([
      { leg: 1 },
      { leg: 2 },
    ])
    expect(
      await sql`select task_identifier from graphile_worker.jobs where task_identifier = 'deliver'`,
    ).not.toHaveLength(0)
  })

  test("has its jobs as the queue would take them: with a task met before, with a new one, now, later, and one of a key", async () => {
    const [newest] = await owner.sql`select max(id)::int as id from graphile_worker.migrations`
    expect(newest).toEqual({ id: knownJobMigration })
    const [trade, run] = [newId("trade"), newId("export")]
    const job = { task: "deliver", payload: { trade } } as const
    const jobs: Decision["jobs"] = [job, { ...job, delayMs: 60_000 }, { task: "export", payload: { run } }]
    await step(writer, trade, newId("command"), { jobs: [...jobs, { ...job, key: trade }] })
    await step(writer, trade, newId("command"), { jobs: [{ ...job, key: trade }] })
    const rows = await sql`
      select j.task_identifier as task, p.payload, j.key, round(extract(epoch from j.run_at - j.created_at))::int as after
      from graphile_worker.jobs j join graphile_worker._private_jobs p on p.id = j.id
      where p.payload->>'trade' = ${trade} or p.payload->>'run' = ${run} order by j.task_identifier, j.key, j.run_at`
    expect(rows).toEqual([
      { task: "deliver", payload: { trade }, key: trade, after: 0 },
      { task: "deliver", payload: { trade }, key: null, after: 0 },
      { task: "deliver", payload: { trade }, key: null, after: 60 },
      { task: "export", payload: { run }, key: null, after: 0 },
    ])
  })

  test("has its job also where its task is met for the first time by another process at that moment", async () => {
    // The other's task comes between the rows that are written at once and the others.
    await owner.sql.unsafe(`create function meet_task() returns trigger language plpgsql security definer as $$ begin
      insert into graphile_worker._private_tasks (identifier) values ('settleFree') on conflict do nothing;
      return null; end $$;
      create trigger meet_task after insert on graphile_worker._private_jobs execute function meet_task()`)
    const trade = newId("trade")
    const jobs = (["deliver", "settleFree"] as const).map((task) => ({ task, payload: { trade } }))
    await step(writer, trade, newId("command"), { jobs })
    await owner.sql`drop function meet_task cascade`
    const rows = await sql`select j.task_identifier as task from graphile_worker.jobs j
      join graphile_worker._private_jobs p on p.id = j.id where p.payload->>'trade' = ${trade} order by 1`
    expect(rows.map(({ task }) => task)).toEqual(["deliver", "settleFree"])
  })

  test("holds no confidential value in clear", async () => {
    const trade = newId("trade")
    await step(writer, trade)
    const [row] = await sql<{ fact: string }[]>`select fact from pending_facts where subject = ${trade}`
    expect(row?.fact).not.toContain(user)
    expect(row?.fact).not.toContain(party)
    expect(JSON.parse(row?.fact ?? "{}").body.user).toEqual({
      commit: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  test("is refused where a confidential value is missing, not left out in silence", async () => {
    const wrong = change(newId("trade"), 1)
    Object.assign(wrong.facts[0] as object, { secret: { user: undefined } })
    const command = { giver: party, id: newId("command"), digest: "d" }
    await expect(writer.commit([{ command, decision: wrong }])).rejects.toThrow("not JSON")
  })

  test("one bad decision does not take its batch with it", async () => {
    const trade = newId("trade")
    await step(writer, trade, newId("command"), { journals: [journal(`twice-${trade}`)] })
    const good = newId("trade")
    const results = await Promise.allSettled([
      step(writer, newId("trade"), newId("command"), { journals: [journal(`twice-${trade}`)] }),
      step(writer, good),
    ])
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"])
    expect(await versionOf(good)).toBe(1)
  })

  test("the serving role cannot change what is append-only", async () => {
    await expect(sql`update commands set digest = 'x'`).rejects.toThrow(/permission denied|append-only/)
    await expect(owner.sql`delete from postings`).rejects.toThrow(/append-only/)
  })
})

test("any mix of steps, repetitions and rivals leaves each trade with as many facts as versions", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(3), fc.boolean(), fc.nat(2)), { maxLength: 25 }),
      async (calls) => {
        const trades = Array.from({ length: 4 }, () => newId("trade"))
        const ids = trades.map(() => newId("command"))
        await Promise.all(
          calls.map(([which, repeated, by]) =>
            step(
              by ? writer : otherProcess,
              trades[which] ?? newId("trade"),
              repeated ? ids[which] : newId("command"),
            ),
          ),
        )
        for (const trade of trades) {
          const facts = await sql<
            { version: number }[]
          >`select version from pending_facts where subject = ${trade} order by id`
          expect(facts.map(({ version }) => version)).toEqual(
            Array.from({ length: await versionOf(trade) }, (_, i) => i + 1),
          )
        }
      },
    ),
    { numRuns: 15 },
  )
})
