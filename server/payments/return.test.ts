import { describe, expect, test } from "vitest"
import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { editRow } from "#db/test-rows.ts"
import { findLegs } from "../bank-files/waiting-store.ts"
import { applyDispute } from "../chargebacks/apply.ts"
import { auditBook } from "../escrow/audit.ts"
import { Crash, dyingAfterCommit } from "../escrow/testing/crash.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { testMarket } from "../test-market.ts"
import { sweepDeadlines } from "../trades/deadlines.ts"
import { tradePage } from "../trades/queries.ts"
import { loadRecords, loadScene } from "../trades/store.ts"
import { appliers } from "./appliers.ts"
import { carryOut } from "./apply.ts"
import { confirmPayout, returnPayout } from "./commands.ts"
import { askRefundLegByBank, decideRefundLegByBank } from "./leg-by-bank.ts"
import { paymentPage, paymentQueue } from "./queries.ts"
import { loadPayment } from "./store.ts"
import { legDue } from "./testing/leg-due.ts"

/** Bank payouts of a leg that come back, and refunds by bank as the provider refuses them. */
const market = await testMarket()
const { services, harness } = market
const { sql, newId } = services
const trading = await testTrading(market)
const { operator, seller, buyer } = trading
const price: Money = { minor: "10000", currency: "CNY" }
const balance = async (account: string) => {
  const [row] = await sql<{ sum: string }[]>`
    select coalesce(sum(amount), 0)::text as sum from postings where account = ${account}`
  return Number(row?.sum)
}

test("the seller is owed it again, the operator pays it out again, and the trade stays settled", async () => {
  const opened = await trading.fund(price, "bank")
  await trading.accept(opened)
  const { payment, trade } = opened
  const leg = "release" as const
  const pay = async (attempt: number) =>
    confirmPayout(services, operator, {
      commandId: newId("command"),
      payment,
      leg,
      attempt,
      amount: await legDue(sql, payment, leg),
      bankNumber: `BP-2026-000${attempt}`,
    })
  const back = (attempt: number, actor = operator) =>
    returnPayout(services, actor, {
      commandId: newId("command"),
      payment,
      leg,
      attempt,
      reason: "account closed",
    })
  expect(await back(1)).toMatchObject({ refused: "payment_state" })
  for (const attempt of [1, 2, 3]) {
    // A page that was read before it came back means the payout before this one.
    if (attempt > 1) expect(await pay(attempt - 1)).toMatchObject({ refused: "stale_version" })
    expect(isRefusal(await pay(attempt))).toBe(false)
    if (attempt > 1) expect(await back(attempt - 1)).toMatchObject({ refused: "stale_version" })
    expect(await balance(`seller_payable:${seller.party}`)).toBe(0)
    expect((await loadPayment(sql, payment))?.state).toBe("closed")
    expect((await loadScene(sql, trade))?.trade.state).toBe("settled")
    if (attempt === 3) break
    expect(await back(attempt, { ...operator, party: seller.party })).toMatchObject({ refused: "own_matter" })
    expect(isRefusal(await back(attempt))).toBe(false)
    expect(await back(attempt)).toMatchObject({ refused: "payment_state" })
    expect(await balance(`seller_payable:${seller.party}`)).toBe(-9_000)
    const waiting = await paymentQueue(services, operator, { queue: "payouts", after: null })
    expect(JSON.stringify(waiting)).toContain(payment)
  }
  expect(await balance("bank")).toBe(1_000)
  expect(await auditBook(sql)).toEqual([])
})

test("a freeze stops a payout by bank, and takes note of one that the bank had made before", async () => {
  const opened = await trading.fund(price, "bank")
  await trading.accept(opened)
  await editRow(market.owner.sql, "trade", opened.trade, "frozenBy", "frz_00000000000000000000000000")
  const { payment } = opened
  const pay = (changes: { alreadyPaid?: boolean }) =>
    confirmPayout(services, operator, {
      commandId: newId("command"),
      payment,
      leg: "release",
      attempt: 1,
      amount: { minor: "9000", currency: "CNY" },
      bankNumber: "BP-2026-0077",
      ...changes,
    })
  expect(await pay({})).toMatchObject({ refused: "frozen" })
  expect(await pay({ alreadyPaid: false })).toMatchObject({ refused: "frozen" })
  expect((await loadPayment(sql, payment))?.state).toBe("parting")
  expect(isRefusal(await pay({ alreadyPaid: true }))).toBe(false)
  expect((await loadPayment(sql, payment))?.state).toBe("closed")
})

test("money on a card does not come back that way", async () => {
  const opened = await trading.fund(price)
  await trading.settle(opened)
  expect(
    await returnPayout(services, operator, {
      commandId: newId("command"),
      payment: opened.payment,
      leg: "release",
      attempt: 1,
      reason: "account closed",
    }),
  ).toMatchObject({ refused: "rail_not_available" })
})

describe("a refund leg that the provider refuses for good", () => {
  const colleague = { ...operator, user: services.newId("user") }
  const to = "Bank of Shanghai, Buyer Ltd, 6222 0001"
  const command = () => services.newId("command")
  const rowOf = async (payment: Id<"payment">) => {
    const row = await loadPayment(sql, payment)
    if (!row) throw new Error("the payment is there")
    return row
  }
  async function ask(payment: Id<"payment">, by = operator) {
    const { version } = await rowOf(payment)
    return askRefundLegByBank(services, by, {
      commandId: command(),
      payment,
      version,
      to,
      note: "card closed",
    })
  }
  async function decide(payment: Id<"payment">, by = colleague, confirm = true) {
    const { version } = await rowOf(payment)
    return decideRefundLegByBank(services, by, { commandId: command(), payment, version, confirm })
  }
  async function toBank(payment: Id<"payment">) {
    for (const answer of [await ask(payment), await decide(payment)])
      expect(answer).not.toHaveProperty("refused")
  }
  const pay = async (payment: Id<"payment">, bankNumber: string, attempt = 1, more = {}) =>
    confirmPayout(services, operator, {
      commandId: command(),
      payment,
      leg: "refund",
      attempt,
      amount: await legDue(sql, payment, "refund"),
      bankNumber,
      ...more,
    })
  const bank = () => balance("bank")
  const owed = async (trade: Id<"trade">) => 0 - (await balance(`refund_payable:${trade}`))
  const stateOf = async (trade: Id<"trade">) => (await loadScene(sql, trade))?.trade.state
  /** All of the price is to go back, and the provider has refused it; `free` lets it take refunds of the charge again. */
  async function refused() {
    const opened = await trading.fund(price)
    const { charge } = await rowOf(opened.payment)
    const all = await harness.stripe.refunds.create({ charge: charge ?? "" })
    await market.passTime(opened.trade)
    await sweepDeadlines(services)
    await carryOut(services, opened.payment)
    const free = () => harness.control("POST", `refunds/${all.id}/fail`, {})
    return { ...opened, charge: charge ?? "", free }
  }
  const openAlerts = (subject: string) =>
    sql`select code from alerts where subject = ${subject} and kind = 'call' and closed_at is null`

  test("goes by bank when two people say so, and no call is made for it any more", async () => {
    const { trade, payment, free } = await refused()
    const page = async () => paymentPage(services, operator, payment)
    expect(await page()).toMatchObject({ refused: true })
    expect(await ask(payment, seller)).toMatchObject({ refused: "role_not_allowed" })
    const own = { ...operator, parties: [operator.party, buyer.party] }
    expect(await ask(payment, own)).toMatchObject({ refused: "own_matter" })
    expect(await decide(payment)).toMatchObject({ refused: "payment_state" })
    expect(await pay(payment, "BL-2026-0001")).toMatchObject({ refused: "rail_not_available" })
    expect(isRefusal(await ask(payment))).toBe(false)
    expect(await decide(payment, operator)).toMatchObject({ refused: "second_person" })
    expect(isRefusal(await decide(payment, colleague, false))).toBe(false)
    expect((await rowOf(payment)).refund?.byBank).toBeUndefined()
    // A call that was begun since: its outcome is not known.
    expect(isRefusal(await ask(payment))).toBe(false)
    await market.owner
      .sql`update intents set state = 'unknown' where payment = ${payment} and kind = 'refund'`
    expect(await decide(payment)).toMatchObject({ refused: "refund_not_refused" })
    await market.owner.sql`update intents set state = 'failed' where payment = ${payment} and kind = 'refund'`
    expect(isRefusal(await decide(payment))).toBe(false)
    expect((await rowOf(payment)).refund).toMatchObject({ rail: "bank", to, state: "pending" })

    await free()
    await market.owner.sql`update intents set created_at = now() - interval '9 hours',
      last_sent_at = now() - interval '9 hours' where payment = ${payment}`
    for (let i = 0; i < 2; i++) await carryOut(services, payment)
    expect(await sql`select from intents where payment = ${payment} and kind = 'refund'`).toHaveLength(1)
    const waiting = await paymentQueue(services, operator, { queue: "payouts", after: null })
    expect(waiting).toMatchObject({
      payments: expect.arrayContaining([expect.objectContaining({ buyerAccount: to })]),
    })
    const stuck = await paymentQueue(services, operator, { queue: "stuck", after: null })
    expect(JSON.stringify(stuck)).not.toContain(payment)
    expect(await findLegs("refund")(sql, { id: payment })).toMatchObject([
      { kind: "refundLeg", id: payment, waiting: true, amount: price, doubt: null },
    ])
    expect(await findLegs("release")(sql, { id: payment })).toEqual([])
    for (const by of [seller, buyer])
      expect(JSON.stringify((await tradePage(services, by, trade)) ?? "")).not.toContain("6222 0001")

    const before = await bank()
    expect(isRefusal(await pay(payment, "BL-2026-0002"))).toBe(false)
    expect([await bank(), await owed(trade), await stateOf(trade)]).toEqual([before - 10_000, 0, "refunded"])
    expect(await pay(payment, "BL-2026-0003")).toHaveProperty("refused")
    // What the bank sends back is owed again, and is asked of the provider once more.
    const back = {
      commandId: command(),
      payment,
      leg: "refund",
      attempt: 1,
      reason: "no such account",
    } as const
    expect(isRefusal(await returnPayout(services, operator, back))).toBe(false)
    expect([await bank(), await owed(trade)]).toEqual([before, 10_000])
    expect((await rowOf(payment)).refund).not.toHaveProperty("rail")
    await market.owner.sql`update intents set created_at = now() - interval '9 hours',
      last_sent_at = now() - interval '9 hours' where payment = ${payment}`
    await carryOut(services, payment)
    expect((await rowOf(payment)).refund).toMatchObject({
      state: "done",
      reference: expect.stringMatching(/^re_/),
    })
    expect(await owed(trade)).toBe(0)
    const types = (await loadRecords(sql, trade)).map(({ type }) => type)
    expect(types).toEqual(expect.arrayContaining(["payment.bankAsked@1", "payment.toBank@1"]))
  })

  test("what became less since the page was read is not confirmed by the amount that stood there", async () => {
    const { payment, charge, free } = await refused()
    await toBank(payment)
    await free()
    const { id } = (await harness.control("POST", `charges/${charge}/dispute`, { amount: 3_000 })) as {
      id: string
    }
    await applyDispute(services, id)
    await harness.control("POST", `disputes/${id}/lose`, {})
    await applyDispute(services, id)
    const confirm = (amount: Money) => pay(payment, "BL-2026-0041", 1, { amount })
    expect(await confirm(price)).toMatchObject({ refused: "amount_changed", detail: { amount: "7000" } })
    expect(await confirm({ minor: "7000", currency: "USD" })).toMatchObject({ refused: "amount_changed" })
    expect((await rowOf(payment)).refund).toMatchObject({ state: "pending" })
    const before = await bank()
    expect(isRefusal(await confirm({ minor: "7000", currency: "CNY" }))).toBe(false)
    expect(await bank()).toBe(before - 7_000)
  })

  test("not while it is frozen or contested", async () => {
    const { trade, payment } = await refused()
    expect(isRefusal(await ask(payment))).toBe(false)
    await editRow(market.owner.sql, "trade", trade, "frozenBy", "frz_00000000000000000000000000")
    expect(await decide(payment)).toMatchObject({ refused: "frozen" })
    await editRow(market.owner.sql, "trade", trade, "frozenBy", null)
    await editRow(market.owner.sql, "payment", payment, "chargeback", "cbk_00000000000000000000000000")
    expect(await decide(payment)).toMatchObject({ refused: "chargeback_open" })
    await editRow(market.owner.sql, "payment", payment, "chargeback", null)
    expect(isRefusal(await decide(payment))).toBe(false)
    await editRow(market.owner.sql, "payment", payment, "chargeback", "cbk_00000000000000000000000000")
    expect(await pay(payment, "BL-2026-0011")).toMatchObject({ refused: "chargeback_open" })
    expect(isRefusal(await pay(payment, "BL-2026-0011", 1, { alreadyPaid: true }))).toBe(false)
  })

  test("a late success by card is booked once, and told: before the bank's number and after it", async () => {
    for (const paid of [false, true]) {
      const { trade, payment, charge, free } = await refused()
      await toBank(payment)
      if (paid) expect(isRefusal(await pay(payment, "BL-2026-0021"))).toBe(false)
      await free()
      const key = `refund:${payment}:1`
      const late = await harness.stripe.refunds.create({ charge, metadata: { trade, payment, key } })
      // Told although the process that booked it died.
      await expect(appliers.refund?.(dyingAfterCommit(services), late.id)).rejects.toThrow(Crash)
      for (let i = 0; i < 2; i++) await appliers.refund?.(services, late.id)
      expect(await openAlerts(payment)).toEqual([{ code: paid ? "paid_twice" : "paid_by_card" }])
      expect((await rowOf(payment)).refund).toMatchObject({
        state: "done",
        reference: paid ? "BL-2026-0021" : late.id,
      })
      expect(await owed(trade)).toBe(0)
      expect(await pay(payment, "BL-2026-0022")).toHaveProperty("refused")
    }
  })

  test("a late success by card of what nobody has had paid by bank yet is that refund, and nobody has to", async () => {
    const { trade, payment, charge, free } = await refused()
    expect(isRefusal(await ask(payment))).toBe(false)
    await free()
    const key = `refund:${payment}:1`
    const late = await harness.stripe.refunds.create({ charge, metadata: { trade, payment, key } })
    for (let i = 0; i < 2; i++) await appliers.refund?.(services, late.id)
    expect((await rowOf(payment)).refund).toEqual({ amount: price, state: "done", reference: late.id })
    expect([await stateOf(trade), await owed(trade)]).toEqual(["refunded", 0])
    expect(await decide(payment)).toHaveProperty("refused")
  })

  test("what a lost chargeback of a part has left goes by bank, and the trade ends", async () => {
    const { trade, payment } = await trading.fund(price)
    const { charge } = await rowOf(payment)
    const { id } = (await harness.control("POST", `charges/${charge}/dispute`, { amount: 3_000 })) as {
      id: string
    }
    await applyDispute(services, id)
    await harness.control("POST", `disputes/${id}/lose`, {})
    await applyDispute(services, id)
    await market.passTime(trade)
    await sweepDeadlines(services)
    await carryOut(services, payment)
    expect([await stateOf(trade), await owed(trade)]).toEqual(["resolved", 7_000])
    expect(await paymentPage(services, operator, payment)).toMatchObject({ refused: true })
    await toBank(payment)
    expect(isRefusal(await pay(payment, "BL-2026-0031"))).toBe(false)
    expect([await stateOf(trade), await owed(trade)]).toEqual(["refunded", 0])
    const wrong = (await auditBook(sql)).filter(({ rule }) => /^(payment|trade|fact)$/.test(rule))
    expect(wrong).toEqual([])
  })
})
