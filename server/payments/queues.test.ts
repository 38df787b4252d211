import { describe, expect, test } from "vitest"
import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { editRow } from "#db/test-rows.ts"
import { operatorOverview } from "../operations/queries.ts"
import { testMarket } from "../test-market.ts"
import { cancelTrade, confirmTrade, disputeTrade, proposeTrade, resolveTrade } from "../trades/commands.ts"
import { disputeQueue } from "../trades/queries.ts"
import { deliver } from "../trades/settlement-rules.ts"
import { loadScene } from "../trades/store.ts"
import { carryOut } from "./apply.ts"
import { confirmPayout, confirmReceipt, payTrade } from "./commands.ts"
import { type PaymentQueue, paymentPage, paymentQueue } from "./queries.ts"
import { legDue } from "./testing/leg-due.ts"

const market = await testMarket()
const { services, owner } = market
const { sql, newId } = services
const seller = await market.party("seller")
const buyer = await market.party("buyer")
const operator = await market.party("operator")
const yuan = (minor: string): Money => ({ minor, currency: "CNY" })
const price = yuan("19900")
const command = () => newId("command")

async function done<T>(answer: Promise<unknown>): Promise<T> {
  const got = await answer
  if (isRefusal(got)) throw new Error(`${got.refused} at ${got.at}`)
  return got as T
}

/** A trade that waits for the buyer's money on a rail. */
async function started(rail: "bank" | "card" = "bank") {
  const offer = await market.listing(seller, { price })
  const { listing, plan } = offer
  const { trade } = await done<{ trade: Id<"trade"> }>(
    proposeTrade(services, buyer, {
      commandId: command(),
      listing,
      plan,
      use: { actions: ["use"] },
      locale: "zh",
    }),
  )
  const agreementHash = (await sceneOf(trade)).trade.agreementHash
  await done(confirmTrade(services, buyer, { commandId: command(), trade, agreementHash }))
  const { payment } = await done<{ payment: string }>(
    payTrade(services, buyer, { commandId: command(), trade, rail }, "zh"),
  )
  return { trade, payment: payment as Id<"payment"> }
}

async function sceneOf(trade: Id<"trade">) {
  const scene = await loadScene(sql, trade)
  if (!scene) throw new Error("no such trade")
  return scene
}

const receive = (payment: Id<"payment">, amount: Money = price, commandId = command(), by = operator) =>
  confirmReceipt(services, by, { commandId, payment, amount, bankNumber: `BR-${payment.slice(-12)}` })

const payOut = async (
  payment: Id<"payment">,
  leg: "release" | "refund",
  commandId = command(),
  by = operator,
) =>
  confirmPayout(services, by, {
    commandId,
    payment,
    leg,
    attempt: 1,
    amount: await legDue(sql, payment, leg),
    bankNumber: `BP-${payment.slice(-12)}-${leg}`,
  })

/** A disputed trade whose money is held by bank. */
async function disputed() {
  const { trade, payment } = await started()
  await done(receive(payment))
  await done(
    services.writer.run(
      { giver: "system", id: `deliver:${trade}`, action: "trade.deliver", input: { trade } },
      async () => (await loadScene(sql, trade)) ?? refuse("not_found"),
      (scene, now) => {
        const hash = "b".repeat(64)
        return deliver(
          scene,
          newId("grant"),
          { versionHash: hash, measuredHash: hash, result: "same", at: now },
          now,
        )
      },
    ),
  )
  await done(
    disputeTrade(services, buyer, {
      commandId: command(),
      trade,
      reason: "incomplete",
      statement: "half of the rows are missing",
    }),
  )
  return { trade, payment }
}

const listed = async (queue: PaymentQueue) => {
  const { payments } = await done<{ payments: { payment: { id: string } }[] }>(
    paymentQueue(services, operator, { queue, after: null }),
  )
  return payments.map(({ payment }) => payment.id)
}

const bookOf = async (trade: string) => {
  const rows = await sql<{ account: string; sum: number }[]>`
    select split_part(account, ':', 1) as account, sum(amount)::float8 as sum from postings
    where trade = ${trade} group by 1 having sum(amount) <> 0 order by 1`
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]))
}

describe("a bank transfer that came", () => {
  test.each([
    ["one fen too much", yuan("19901"), "payment_mismatch"],
    ["one fen too little", yuan("19899"), "payment_mismatch"],
    ["nothing", yuan("0"), "payment_mismatch"],
    ["the same number of another currency", { minor: "19900", currency: "USD" } as Money, "payment_mismatch"],
  ])("of %s is not booked", async (_what, amount, refused) => {
    const { trade, payment } = await started()
    expect(await receive(payment, amount)).toMatchObject({ refused })
    expect(await bookOf(trade)).toEqual({})
    expect((await sceneOf(trade)).trade.state).toBe("funding")
    expect(await listed("receipts")).toContain(payment)
    expect(await receive(payment)).toMatchObject({ state: "funded" })
  })

  test("is booked once: a double click, and a second operator with another number", async () => {
    const { trade, payment } = await started()
    const commandId = command()
    const answers = await Promise.all([1, 2, 3].map(() => receive(payment, price, commandId)))
    expect(answers).toEqual([{ state: "funded" }, { state: "funded" }, { state: "funded" }])
    expect(await receive(payment)).toMatchObject({ refused: "payment_state", detail: { state: "held" } })
    expect(await bookOf(trade)).toEqual({ bank: 19_900, held: -19_900 })
    expect(await listed("receipts")).not.toContain(payment)
  })

  test("cannot be told by a buyer, a seller or the regulator, nor of a card payment or of none", async () => {
    const { payment } = await started()
    for (const by of [buyer, seller, await market.party("regulator")])
      expect(await receive(payment, price, command(), by)).toMatchObject({ refused: "role_not_allowed" })
    const requester = { ...operator, memberRole: "requester" as const }
    expect(await receive(payment, price, command(), requester)).toMatchObject({
      refused: "member_role_not_allowed",
    })
    const card = await started("card")
    expect(await receive(card.payment)).toMatchObject({ refused: "rail_not_available" })
    expect(await receive(newId("payment"))).toMatchObject({ refused: "not_found" })
  })

  test("after its trade ended waits apart, and goes back whole when it comes all the same", async () => {
    const { trade, payment } = await started()
    await done(cancelTrade(services, buyer, { commandId: command(), trade, reason: "changedMind" }))
    expect(await listed("receipts")).not.toContain(payment)
    expect(await listed("late")).toContain(payment)
    expect(await receive(payment)).toMatchObject({ state: "cancelled", stray: true })
    await carryOut(services, payment)
    expect(await listed("payouts")).toContain(payment)
    await done(payOut(payment, "refund"))
    expect(await bookOf(trade)).toEqual({})
    expect(await listed("payouts")).not.toContain(payment)
  })
})

describe("a dispute", () => {
  test("waits in its queue, is parted, and the trade is settled with the second payout", async () => {
    const { trade, payment } = await disputed()
    const { disputes } = await done<{ disputes: { trade: { id: string } }[] }>(
      disputeQueue(services, operator, { after: null }),
    )
    expect(disputes.map((one) => one.trade.id)).toContain(trade)
    const split = { trade, release: yuan("12000"), refund: yuan("7900"), note: "a part is missing" }
    for (const [release, refund] of [
      [yuan("12000"), yuan("7901")],
      [yuan("0"), yuan("0")],
      [yuan("19900"), { minor: "0", currency: "USD" } as Money],
    ] as const)
      expect(
        await resolveTrade(services, operator, { ...split, commandId: command(), release, refund }),
      ).toMatchObject({ refused: "split_invalid" })
    expect(await resolveTrade(services, buyer, { ...split, commandId: command() })).toMatchObject({
      refused: "role_not_allowed",
    })
    const commandId = command()
    const answers = await Promise.all(
      [1, 2].map(() => resolveTrade(services, operator, { ...split, commandId })),
    )
    expect(answers).toEqual([{ state: "resolved" }, { state: "resolved" }])
    expect(await resolveTrade(services, operator, { ...split, commandId: command() })).toMatchObject({
      refused: "trade_step_not_allowed",
    })

    const { payments: payouts } = await done<{ payments: { payment: { id: string }; due: object }[] }>(
      paymentQueue(services, operator, { queue: "payouts", after: null }),
    )
    // What is to be paid, not what came: the market's fee stays.
    expect(payouts.find((row) => row.payment.id === payment)?.due).toEqual({
      release: yuan("10800"),
      refund: yuan("7900"),
    })
    expect(await payOut(payment, "refund")).toMatchObject({ state: "resolved" })
    expect(await payOut(payment, "refund")).toMatchObject({ refused: "payment_state" })
    expect(await payOut(payment, "release")).toMatchObject({ state: "settled" })
    expect(await bookOf(trade)).toEqual({ bank: 1_200, platform_fee: -1_200 })
  })

  test("pages of disputes follow one another, the nearest deadline first, frozen ones last", async () => {
    const made = []
    for (let i = 0; i < 32; i++) made.push((await disputed()).trade)
    const [first, second] = made as [Id<"trade">, Id<"trade">]
    await editRow(owner.sql, "trade", first, "deadline", null)
    await editRow(owner.sql, "trade", second, "deadline", "2026-01-01T00:00:00.000Z")
    type Page = { disputes: { trade: { id: Id<"trade"> } }[]; next: string | null }
    const one = await done<Page>(disputeQueue(services, operator, { after: null }))
    const two = await done<Page>(disputeQueue(services, operator, { after: one.next }))
    const read = [...one.disputes, ...two.disputes].map(({ trade }) => trade.id)
    expect(new Set(read).size).toBe(read.length)
    expect([...read].sort()).toEqual([...made].sort())
    expect(read[0]).toBe(second)
    expect(read.at(-1)).toBe(first)
    expect(two.next).toBeNull()
    expect(await disputeQueue(services, operator, { after: "yesterday" })).toMatchObject({
      refused: "invalid_input",
    })
  })
})

test("an operator that is itself a side confirms and decides nothing of its own", async () => {
  const { trade, payment } = await started()
  for (const side of [buyer, seller]) {
    const both = { ...side, roles: [...side.roles, "operator" as const] }
    expect(await receive(payment, price, command(), both)).toMatchObject({ refused: "own_matter" })
    expect(await payOut(payment, "release", command(), both)).toMatchObject({ refused: "own_matter" })
    const split = { trade, release: price, refund: yuan("0"), note: "for us" }
    expect(await resolveTrade(services, both, { ...split, commandId: command() })).toMatchObject({
      refused: "own_matter",
    })
  }
  expect(await bookOf(trade)).toEqual({})
})

test("a card call of unknown outcome is told apart once it is more than a moment old", async () => {
  const { payment } = await started("card")
  expect(await listed("stuck")).not.toContain(payment)
  await owner.sql`update intents set state = 'unknown', created_at = now() - interval '5 minutes'
    where payment = ${payment}`
  expect(await listed("stuck")).toContain(payment)
  expect(await paymentPage(services, operator, payment)).toMatchObject({
    calls: [{ kind: "checkout", state: "unknown" }],
  })
})

test("the overview counts what waits, and nobody but the operator reads it", async () => {
  const overview = await done<{
    payments: Record<PaymentQueue, { count: number; oldest: string | null }>
    disputes: { count: number; oldest: string | null }
  }>(operatorOverview(services, operator))
  expect(overview.payments.receipts.count).toBe((await listed("receipts")).length)
  expect(overview.payments.stuck.oldest).not.toBeNull()
  expect(overview.disputes.count).toBe(32)
  for (const by of [buyer, seller, await market.party("regulator")]) {
    expect(await operatorOverview(services, by)).toMatchObject({ refused: "role_not_allowed" })
    expect(await disputeQueue(services, by, { after: null })).toMatchObject({ refused: "role_not_allowed" })
  }
  expect(await paymentQueue(services, buyer, { queue: "receipts", after: null })).toMatchObject({
    refused: "role_not_allowed",
  })
  expect(await paymentPage(services, seller, newId("payment"))).toMatchObject({ refused: "role_not_allowed" })
})
