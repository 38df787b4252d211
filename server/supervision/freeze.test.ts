import { describe, expect, test } from "vitest"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { addMs, dayMs, hourMs, toMs } from "#contracts/time.ts"
import { editRow } from "#db/test-rows.ts"
import { acceptTrade } from "../trades/commands.ts"
import { sweepDeadlines } from "../trades/deadlines.ts"
import { accept } from "../trades/settlement-rules.ts"
import { loadScene } from "../trades/store.ts"
import { imposeFreeze, liftFreeze } from "./commands.ts"
import { testDesk } from "./desk.test-data.ts"
import { spreadFreeze, sweepFreezes } from "./jobs.ts"
import { freezePage, freezeReach, freezesPage } from "./queries.ts"
import { loadFreeze, loadListing, loadParty } from "./store.ts"

const desk = await testDesk()
const { services, owner, regulator, operator, buyer, tradeOf, orFail, freeze, lift } = desk
const { sql, newId, writer } = services
const accepting = (trade: Parameters<typeof tradeOf>[0]) =>
  acceptTrade(services, buyer, { commandId: newId("command"), trade })

describe("a frozen trade", () => {
  test("takes no step and no deadline, keeps what time was left, and goes on with it", async () => {
    const { trade } = await desk.delivered()
    const before = await tradeOf(trade)
    await editRow(owner.sql, "trade", trade, "deadline", addMs(writer.now(), 5 * hourMs))
    const id = await freeze("trade", trade)
    const frozen = await tradeOf(trade)
    expect(frozen).toMatchObject({ state: "delivered", frozenBy: id, deadline: null })
    expect(frozen.version).toBe(before.version + 1)
    expect(Math.abs((frozen.deadlineLeftMs ?? 0) - 5 * hourMs)).toBeLessThan(60_000)
    expect(await accepting(trade)).toMatchObject({ refused: "frozen" })
    await sweepDeadlines(services)
    expect((await tradeOf(trade)).state).toBe("delivered")

    orFail(await lift(id))
    const free = await tradeOf(trade)
    expect(free).toMatchObject({ frozenBy: null, deadlineLeftMs: null })
    const left = toMs(free.deadline ?? "") - toMs(free.updatedAt)
    expect(left).toBe(frozen.deadlineLeftMs)
    expect(await accepting(trade)).toEqual({ state: "accepted" })
  })

  test("still takes what the provider says, and waits with the delivery", async () => {
    const { trade, payment } = await desk.funding()
    const id = await freeze("trade", trade)
    orFail(await desk.captured(payment))
    expect(await tradeOf(trade)).toMatchObject({ state: "funded", deadline: null, deadlineLeftMs: 3 * dayMs })
    await sql`delete from graphile_worker._private_jobs`
    orFail(await lift(id))
    const jobs = await sql<{ task: string; payload: unknown }[]>`
      select t.identifier as task, j.payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id`
    expect(jobs).toEqual([{ task: "deliver", payload: { trade } }])
    expect((await tradeOf(trade)).deadline).not.toBeNull()
  })

  test("whose deadline passed in the moment of the freeze takes its default when it is lifted", async () => {
    const { trade } = await desk.delivered()
    await desk.passTime(trade)
    const id = await freeze("trade", trade)
    expect(await tradeOf(trade)).toMatchObject({ deadlineLeftMs: 0 })
    await sweepDeadlines(services)
    expect((await tradeOf(trade)).state).toBe("delivered")
    orFail(await lift(id))
    await sweepDeadlines(services)
    expect((await tradeOf(trade)).state).toBe("accepted")
  })
})

describe("a step that was decided before the freeze", () => {
  test.each(["trade", "listing", "party"] as const)("of its %s loses", async (scope) => {
    const own = { seller: await desk.party("seller") }
    const { trade } = await desk.delivered(own)
    const { listing, seller } = await tradeOf(trade)
    const target = { trade, listing, party: seller }[scope]
    let loads = 0
    const answer = await writer.run(
      { giver: buyer.party, id: newId("command"), action: "trade.accept", input: { trade } },
      async () => {
        const scene = await loadScene(sql, trade)
        // Between this load and the commit supervision acts.
        if (loads++ === 0) await freeze(scope, target)
        return scene ?? refuse("not_found")
      },
      (scene, now) => accept(scene, { user: buyer.user, party: buyer.party }, now),
    )
    expect(answer).toMatchObject({ refused: "frozen" })
    expect(loads).toBe(2)
    expect((await tradeOf(trade)).state).toBe("delivered")
  })
})

describe("a frozen party", () => {
  test("stops at once; the job carries it to each open trade and back", async () => {
    const own = { seller: await desk.party("seller") }
    const trades = [
      (await desk.delivered(own)).trade,
      (await desk.funding(own)).trade,
      await desk.agreed(own),
    ]
    const done = (await desk.delivered(own)).trade
    orFail(await accepting(done))
    await editRow(owner.sql, "trade", done, "state", "settled")
    const reach = orFail(await freezeReach(services, regulator, { scope: "party", target: own.seller.party }))
    expect(reach.open).toBe(3)
    expect(reach.trades.map(({ id }) => id).sort()).toEqual([...trades].sort())
    expect(reach.held).toEqual([{ currency: "CNY", minor: "19900" }])

    const id = await freeze("party", own.seller.party)
    expect((await loadParty(sql, own.seller.party))?.frozenBy).toBe(id)
    expect(await accepting(trades[0] ?? "trd_")).toMatchObject({ refused: "frozen", at: "party" })
    await spreadFreeze(services, id)
    await spreadFreeze(services, id)
    for (const trade of trades) expect(await tradeOf(trade)).toMatchObject({ frozenBy: id, deadline: null })
    expect((await tradeOf(done)).frozenBy).toBeNull()
    const versions = await Promise.all(trades.map(async (trade) => (await tradeOf(trade)).version))

    orFail(await lift(id))
    await spreadFreeze(services, id)
    await spreadFreeze(services, id)
    const after = await Promise.all(trades.map(tradeOf))
    expect(after.map(({ version }) => version)).toEqual(versions.map((version) => version + 1))
    for (const trade of after) expect(trade).toMatchObject({ frozenBy: null, deadlineLeftMs: null })
    expect((await loadParty(sql, own.seller.party))?.frozenBy).toBeNull()
  })

  test("stays frozen by another freeze; each trade is held until the last that reaches it ends", async () => {
    const own = { seller: await desk.party("seller") }
    const { trade } = await desk.delivered(own)
    const { listing } = await tradeOf(trade)
    const first = await freeze("party", own.seller.party)
    await spreadFreeze(services, first)
    const left = (await tradeOf(trade)).deadlineLeftMs
    const second = await freeze("party", own.seller.party)
    const third = await freeze("listing", listing)
    await Promise.all([spreadFreeze(services, second), spreadFreeze(services, third)])
    const fourth = await freeze("trade", trade)
    expect((await tradeOf(trade)).frozenBy).toBe(fourth)

    orFail(await lift(fourth))
    expect((await tradeOf(trade)).frozenBy).not.toBe(fourth)
    for (const [ending, holder] of [
      [first, second],
      [second, null],
    ] as const) {
      orFail(await lift(ending))
      await spreadFreeze(services, ending)
      expect((await loadParty(sql, own.seller.party))?.frozenBy).toBe(holder)
      expect((await tradeOf(trade)).frozenBy).not.toBeNull()
    }
    expect(await tradeOf(trade)).toMatchObject({ frozenBy: third, deadlineLeftMs: left })
    orFail(await lift(third))
    await spreadFreeze(services, third)
    expect((await tradeOf(trade)).frozenBy).toBeNull()
    expect((await loadListing(sql, listing))?.frozenBy).toBeNull()
  })

  test("two freezes lifted at once, in either order, leave nothing frozen", async () => {
    for (const order of [1, -1]) {
      const own = { seller: await desk.party("seller") }
      const { trade } = await desk.delivered(own)
      const trades = [await freeze("trade", trade), await freeze("trade", trade)]
      const parties = [await freeze("party", own.seller.party), await freeze("party", own.seller.party)]
      for (const freezes of [trades, parties])
        await Promise.all(freezes.toSorted(() => order).map(async (one) => orFail(await lift(one))))
      await Promise.all(parties.map((one) => spreadFreeze(services, one)))
      expect((await tradeOf(trade)).frozenBy).toBeNull()
      expect((await loadParty(sql, own.seller.party))?.frozenBy).toBeNull()
    }
  })
})

describe("the end of a freeze", () => {
  test("comes by itself when its time is over", async () => {
    const { trade } = await desk.delivered()
    const id = await freeze("trade", trade)
    expect(await sweepFreezes(services)).toBe(0)
    await editRow(owner.sql, "freeze", id, "expires", writer.now())
    expect(await sweepFreezes(services)).toBe(1)
    expect(await loadFreeze(sql, id)).toMatchObject({ state: "expired", version: 2 })
    expect((await tradeOf(trade)).frozenBy).toBeNull()
    expect(await lift(id)).toMatchObject({ refused: "freeze_not_active" })
  })

  test("is told with its sentences, and the list names what was frozen", async () => {
    const party = await desk.party("seller")
    const id = await freeze("party", party.party)
    orFail(await lift(id))
    const { records } = orFail(await freezePage(services, operator, id))
    expect(records.map(({ type }) => type)).toEqual(["freeze.imposed@1", "freeze.lifted@1"])
    expect(records[1]?.sentence.en).toBe("Supervision lifted the freeze of a party and its trades.")
    const { freezes } = orFail(await freezesPage(services, regulator, { after: null, which: "ended" }))
    expect(freezes[0]).toMatchObject({ id, name: { original: "en" }, state: "lifted" })
    const active = orFail(await freezesPage(services, regulator, { after: null, which: "active" }))
    expect(active.freezes.map((one) => one.id)).not.toContain(id)
  })
})

describe("an order to freeze", () => {
  const order = {
    scope: "party" as const,
    target: buyer.party,
    reason: "fraud" as const,
    document: "监〔2026〕7号",
    note: "",
  }
  const later = (days: number) => addMs(writer.now(), days * dayMs)
  const give = (by: typeof regulator, change: object) =>
    imposeFreeze(services, by, { commandId: newId("command"), ...order, expires: later(1), ...change })

  test.each([
    ["no document", { document: "" }, "legal_basis_missing"],
    ["an end in the past", { expires: later(-1) }, "invalid_input"],
    ["an end too far off", { expires: later(400) }, "invalid_input"],
    ["an unknown party", { target: newId("party") }, "not_found"],
    ["an unknown trade", { scope: "trade", target: newId("trade") }, "not_found"],
  ])("with %s is refused", async (_, change, refused) => {
    expect(await give(regulator, change)).toMatchObject({ refused })
  })

  test("is the regulator's alone, and given twice it is one", async () => {
    for (const other of [operator, buyer]) {
      expect(await give(other, {})).toMatchObject({ refused: "role_not_allowed" })
      const act = { commandId: newId("command"), freeze: newId("freeze"), document: "x" }
      expect(await liftFreeze(services, other, act)).toMatchObject({ refused: "role_not_allowed" })
    }
    const { party } = await desk.party("buyer")
    const input = { commandId: newId("command"), ...order, target: party, expires: later(1) }
    const answers = await Promise.all([1, 2, 3].map(() => imposeFreeze(services, regulator, input)))
    expect(answers.some(isRefusal)).toBe(false)
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await sql`select id from freezes where target = ${party}`).toHaveLength(1)
  })
})
