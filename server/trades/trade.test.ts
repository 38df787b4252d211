import { describe, expect, test } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import type { Trade } from "#contracts/trade.ts"
import { type CertifiedNoun, nounMembers, nounTables } from "#db/nouns.ts"
import { applySession, carryOut } from "../payments/apply.ts"
import { sessionOf } from "../payments/card-rail.ts"
import { confirmPayout, confirmReceipt, payTrade } from "../payments/commands.ts"
import { receiveWebhook, sweepPayments } from "../payments/inbox.ts"
import { loadPayment } from "../payments/store.ts"
import { legDue } from "../payments/testing/leg-due.ts"
import { testMarket } from "../test-market.ts"
import {
  acceptTrade,
  cancelTrade,
  confirmTrade,
  disputeTrade,
  proposeTrade,
  resolveTrade,
} from "./commands.ts"
import { settleFreeTrade, sweepDeadlines } from "./deadlines.ts"
import { myTrades, tradePage } from "./queries.ts"
import { deliver } from "./settlement-rules.ts"
import { loadScene } from "./store.ts"

const market = await testMarket()
const { services, harness } = market
const { sql, newId } = services
const seller = await market.party("seller")
const buyer = await market.party("buyer")
const operator = await market.party("operator")
const yuan = (minor: string): Money => ({ minor, currency: "CNY" })
const cny = yuan("19900")

const tradeOf = async (id: Id<"trade">): Promise<Trade> => {
  const scene = await loadScene(sql, id)
  if (!scene) throw new Error("no such trade")
  return scene.trade
}

async function propose(
  by: UserActor,
  offer: { listing: Id<"listing">; plan: Id<"plan"> },
  commandId = newId("command"),
) {
  const input = { commandId, ...offer, use: { actions: ["use"] as ["use"] }, locale: "zh" as const }
  return proposeTrade(services, by, input)
}

/** A trade that both sides have confirmed. */
async function agreed(price: Money = cny, seats: number | null = null): Promise<Id<"trade">> {
  const answer = await propose(buyer, await market.listing(seller, { price, seats }))
  if (isRefusal(answer)) throw new Error(answer.refused)
  const { trade } = answer as { trade: Id<"trade"> }
  const { agreementHash } = await tradeOf(trade)
  expect(await confirmTrade(services, buyer, { commandId: newId("command"), trade, agreementHash })).toEqual({
    state: "agreed",
  })
  return trade
}

async function pay(trade: Id<"trade">, rail: "card" | "bank" = "card") {
  const answer = await payTrade(services, buyer, { commandId: newId("command"), trade, rail }, "zh")
  if (isRefusal(answer)) throw new Error(answer.refused)
  const payment = await loadPayment(sql, answer.payment as Id<"payment">)
  if (!payment) throw new Error("no payment")
  return { ...answer, row: payment, session: rail === "card" ? ((await sessionOf(sql, payment)) ?? "") : "" }
}

/** Delivery with a check that found the same bytes; the real check has tests of its own. */
const delivered = (trade: Id<"trade">) =>
  services.writer.run(
    { giver: "system", id: `deliver:${trade}`, action: "trade.deliver", input: { trade } },
    async () => (await loadScene(sql, trade)) ?? refuse("not_found"),
    (scene, now) =>
      deliver(
        scene,
        newId("grant"),
        { versionHash: "b".repeat(64), measuredHash: "b".repeat(64), result: "same", at: now },
        now,
      ),
  )

async function funded(): Promise<{ trade: Id<"trade">; payment: Id<"payment"> }> {
  const trade = await agreed()
  const { row, session } = await pay(trade)
  await harness.control("POST", `sessions/${session}/pay`, {})
  await applySession(services, session)
  return { trade, payment: row.id }
}

const balances = async (trade: string) => {
  const rows = await sql<{ account: string; sum: bigint }[]>`
    select split_part(account, ':', 1) as account, sum(amount)::bigint as sum from postings
    where trade = ${trade} group by 1 having sum(amount) <> 0 order by 1`
  return Object.fromEntries(rows.map(({ account, sum }) => [account, Number(sum)]))
}

describe("a trade paid by card", () => {
  test("goes from proposal to settlement, and the book agrees with the provider", async () => {
    const { trade, payment } = await funded()
    expect((await tradeOf(trade)).state).toBe("funded")
    await delivered(trade)
    expect(await acceptTrade(services, buyer, { commandId: newId("command"), trade })).toEqual({
      state: "accepted",
    })
    await carryOut(services, payment)
    expect((await tradeOf(trade)).state).toBe("settled")
    const [transfer] = (await harness.stripe.transfers.list({ transfer_group: trade })).data
    expect(transfer?.amount).toBe(17_910)
    const left = await balances(trade)
    const charge = (
      await harness.stripe.charges.list({ transfer_group: trade, expand: ["data.balance_transaction"] })
    ).data[0]
    const booked = charge?.balance_transaction
    const fee = typeof booked === "object" && booked ? booked.fee : 0
    expect(left).toEqual({ platform_fee: -1_990, provider_fees: fee, provider_pending: 1_990 - fee })
  })

  test("declined, then paid with another card", async () => {
    const trade = await agreed()
    const { session } = await pay(trade)
    await harness.control("POST", `sessions/${session}/decline`, {})
    expect(await applySession(services, session)).toEqual({ state: "open" })
    expect((await tradeOf(trade)).state).toBe("funding")
    await harness.control("POST", `sessions/${session}/pay`, {})
    await applySession(services, session)
    expect((await tradeOf(trade)).state).toBe("funded")
  })

  test("told of by the webhook ten times, the redirect and the sweep, is booked once", async () => {
    const trade = await agreed()
    const { session, row } = await pay(trade)
    await harness.control("POST", `sessions/${session}/pay`, {})
    await Promise.all(Array.from({ length: 10 }, () => applySession(services, session)))
    await sweepPayments(services, 0)
    expect(
      await sql`select leg from postings where source_type = 'payment.held' and source_id = ${row.id}`,
    ).toHaveLength(2)
    expect((await tradeOf(trade)).state).toBe("funded")
  })

  test("that arrives after the trade expired goes back by itself", async () => {
    const trade = await agreed()
    const { session, row } = await pay(trade)
    await market.passTime(trade)
    await sweepDeadlines(services)
    expect((await tradeOf(trade)).state).toBe("expired")
    await harness.control("POST", `sessions/${session}/pay`, {})
    await applySession(services, session)
    expect((await tradeOf(trade)).state).toBe("expired")
    await carryOut(services, row.id)
    expect((await loadPayment(sql, row.id))?.state).toBe("closed")
    const charge = (await harness.stripe.charges.list({ transfer_group: trade })).data[0]
    expect(charge?.refunded).toBe(true)
    expect((await balances(trade)).held).toBeUndefined()
  })

  test("whose transfer's answer is lost is not paid out twice", async () => {
    const { trade, payment } = await funded()
    await delivered(trade)
    await acceptTrade(services, buyer, { commandId: newId("command"), trade })
    await harness.control("POST", "faults", {
      method: "POST",
      path: "/v1/transfers",
      kind: "truncate",
      nth: 1,
    })
    for (let i = 0; i < 3; i++) await carryOut(services, payment)
    expect((await tradeOf(trade)).state).toBe("settled")
    expect((await harness.stripe.transfers.list({ transfer_group: trade })).data).toHaveLength(1)
  })
})

describe("a trade paid by bank transfer", () => {
  test("is held when the operator confirms the receipt, and settled when the payout is confirmed", async () => {
    const trade = await agreed()
    const { row } = await pay(trade, "bank")
    const receipt = { commandId: newId("command"), payment: row.id, amount: cny, bankNumber: "BR-2026-1" }
    expect(await confirmReceipt(services, buyer, receipt)).toMatchObject({ refused: "role_not_allowed" })
    expect(await confirmReceipt(services, operator, { ...receipt, amount: yuan("19901") })).toMatchObject({
      refused: "payment_mismatch",
    })
    expect(await confirmReceipt(services, operator, receipt)).toMatchObject({ state: "funded" })
    await delivered(trade)
    await acceptTrade(services, buyer, { commandId: newId("command"), trade })
    await carryOut(services, row.id)
    expect((await tradeOf(trade)).state).toBe("accepted")
    const payout = {
      commandId: newId("command"),
      payment: row.id,
      leg: "release" as const,
      attempt: 1,
      amount: await legDue(sql, row.id, "release"),
      bankNumber: "BP-2026-1",
    }
    expect(await confirmPayout(services, operator, payout)).toMatchObject({ state: "settled" })
    expect(await balances(trade)).toEqual({ bank: 1_990, platform_fee: -1_990 })
  })
})

describe("a dispute", () => {
  test("is resolved by a split whose parts add up", async () => {
    const { trade, payment } = await funded()
    await delivered(trade)
    await disputeTrade(services, buyer, {
      commandId: newId("command"),
      trade,
      reason: "incomplete",
      statement: "half is missing",
    })
    expect(await acceptTrade(services, buyer, { commandId: newId("command"), trade })).toMatchObject({
      refused: "trade_step_not_allowed",
    })
    const split = {
      commandId: newId("command"),
      trade,
      release: yuan("10000"),
      refund: yuan("9900"),
      note: "half",
    }
    expect(await resolveTrade(services, operator, { ...split, refund: yuan("9901") })).toMatchObject({
      refused: "split_invalid",
    })
    const both = { ...operator, parties: [operator.party, seller.party] }
    expect(await resolveTrade(services, both, split)).toMatchObject({ refused: "own_matter" })
    expect(await resolveTrade(services, operator, split)).toEqual({ state: "resolved" })
    await carryOut(services, payment)
    expect((await tradeOf(trade)).state).toBe("settled")
    expect(await balances(trade)).toMatchObject({ platform_fee: -1_000 })
    expect((await harness.stripe.charges.list({ transfer_group: trade })).data[0]?.amount_refunded).toBe(
      9_900,
    )
  })
})

describe("the same and the other", () => {
  test("a double click on accept is one acceptance", async () => {
    const { trade } = await funded()
    await delivered(trade)
    const commandId = newId("command")
    const answers = await Promise.all([1, 2, 3].map(() => acceptTrade(services, buyer, { commandId, trade })))
    expect(answers).toEqual([{ state: "accepted" }, { state: "accepted" }, { state: "accepted" }])
  })

  test("a double click on pay is one payment", async () => {
    const trade = await agreed()
    const commandId = newId("command")
    const answers = await Promise.all(
      [1, 2].map(() => payTrade(services, buyer, { commandId, trade, rail: "card" }, "en")),
    )
    expect(answers[0]).toEqual(answers[1])
    expect(await sql`select 1 from payments where trade = ${trade}`).toHaveLength(1)
  })

  test("two buyers for the last seat: one gets it, the other is told", async () => {
    const offer = await market.listing(seller, { price: cny, seats: 1 })
    const rival = await market.party("buyer")
    const both = await Promise.all(
      [buyer, rival].map(async (by) => {
        const { trade } = (await propose(by, offer)) as { trade: Id<"trade"> }
        return { by, trade, agreementHash: (await tradeOf(trade)).agreementHash }
      }),
    )
    const answers = await Promise.all(
      both.map(({ by, ...rest }) => confirmTrade(services, by, { commandId: newId("command"), ...rest })),
    )
    expect(answers.filter((answer) => isRefusal(answer) && answer.refused === "no_seat_left")).toHaveLength(1)
    expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1)
    const winner = both[answers.findIndex((answer) => !isRefusal(answer))]
    if (!winner) throw new Error("nobody won")
    await cancelTrade(services, winner.by, {
      commandId: newId("command"),
      trade: winner.trade,
      reason: "changedMind",
    })
    expect(await sql`select free from seats where plan = ${offer.plan}`).toEqual([{ free: 1 }])
  })

  test("another party's trade is not found, to read and to act on", async () => {
    const trade = await agreed()
    const stranger = await market.party("buyer")
    expect(await tradePage(services, stranger, trade)).toMatchObject({ refused: "not_found" })
    expect(await acceptTrade(services, stranger, { commandId: newId("command"), trade })).toMatchObject({
      refused: "not_found",
    })
    expect(
      await payTrade(services, stranger, { commandId: newId("command"), trade, rail: "card" }, "en"),
    ).toMatchObject({ refused: "not_found" })
    expect(
      await payTrade(services, seller, { commandId: newId("command"), trade, rail: "card" }, "en"),
    ).toMatchObject({ refused: "role_not_allowed" })
    expect(await myTrades(services, stranger, { after: null, side: null })).toMatchObject({ trades: [] })
  })

  test("unverified parties agree but do not pay", async () => {
    const unknown = await market.party("buyer", { verified: false })
    const offer = await market.listing(seller, { price: cny })
    const { trade } = (await propose(unknown, offer)) as { trade: Id<"trade"> }
    const { agreementHash } = await tradeOf(trade)
    await confirmTrade(services, unknown, { commandId: newId("command"), trade, agreementHash })
    expect(
      await payTrade(services, unknown, { commandId: newId("command"), trade, rail: "card" }, "en"),
    ).toMatchObject({
      refused: "party_not_verified",
    })
  })

  test("an agreement other than the one shown is not confirmed", async () => {
    const offer = await market.listing(seller, { price: cny, approval: true })
    const { trade } = (await propose(buyer, offer)) as { trade: Id<"trade"> }
    const { agreementHash } = await tradeOf(trade)
    const confirm = (by: UserActor, hash: string) =>
      confirmTrade(services, by, { commandId: newId("command"), trade, agreementHash: hash })
    expect(await confirm(buyer, "0".repeat(64))).toMatchObject({ refused: "agreement_changed" })
    expect(await confirm(buyer, agreementHash)).toEqual({ state: "proposed" })
    expect(await confirm(buyer, agreementHash)).toMatchObject({ refused: "already_confirmed" })
    expect(await confirm(seller, agreementHash)).toEqual({ state: "agreed" })
  })
})

test("a free trade needs no payment", async () => {
  const trade = await agreed(yuan("0"))
  await delivered(trade)
  await acceptTrade(services, buyer, { commandId: newId("command"), trade })
  await settleFreeTrade(services, trade)
  expect((await tradeOf(trade)).state).toBe("settled")
  expect(await balances(trade)).toEqual({})
})

test("silence after delivery accepts; no delivery after payment refunds", async () => {
  const silent = await funded()
  await delivered(silent.trade)
  await market.passTime(silent.trade)
  const undelivered = await funded()
  await market.passTime(undelivered.trade)
  await sweepDeadlines(services)
  for (const { payment } of [silent, undelivered]) await carryOut(services, payment)
  expect((await tradeOf(silent.trade)).state).toBe("settled")
  expect((await tradeOf(undelivered.trade)).state).toBe("refunded")
})

test("each deadline leaves a reminder; the sweep lets go of those that no longer hold, and of no other", async () => {
  const { trade } = await funded()
  await delivered(trade)
  const reminders = async () =>
    (await sql<{ at: string }[]>`select at from reminders where trade = ${trade} order by at`).map(
      ({ at }) => at,
    )
  const before = await reminders()
  expect(before.length).toBeGreaterThan(1)
  expect(before).toContain((await tradeOf(trade)).deadline)
  await market.owner.sql`insert into reminders (at, trade) values ('2026-01-01T00:00:00.000Z', ${trade})`
  expect(await sweepDeadlines(services)).toBe(0)
  expect(await reminders()).toEqual(before)
})

test("beside a row stand the members that queries look for, as the row has them", async () => {
  await funded()
  for (const noun of Object.keys(nounTables) as CertifiedNoun[])
    for (const member of nounMembers[noun]) {
      const wrong = await sql.unsafe(
        `select id from ${nounTables[noun]} where "${member}" is distinct from row->>'${member}'`,
      )
      expect(wrong, `${noun}.${member}`).toHaveLength(0)
    }
})

test("a webhook with a wrong signature is refused, and keeps nothing", async () => {
  const body = new TextEncoder().encode('{"id":"evt_x","object":"event"}')
  expect(await receiveWebhook(services, body, "t=1,v1=00")).toMatchObject({ refused: "webhook_signature" })
  expect(await sql`select 1 from inbox where event = 'evt_x'`).toHaveLength(0)
})

test("every change of a trade or payment has its fact", async () => {
  const rows = await sql`
    select id, version from (select id, version from trades union all select id, version from payments) t
    where version <> (select count(*) from pending_facts f where f.subject = t.id)`
  expect(rows).toEqual([])
})
