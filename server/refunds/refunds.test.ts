import { describe, expect, test, vi } from "vitest"
import type { Id } from "#contracts/ids.ts"
import type { Payment } from "#contracts/payment.ts"
import { statementLines } from "#contracts/statement.ts"
import type { Trade } from "#contracts/trade.ts"
import { editRow } from "#db/test-rows.ts"
import { repayDebt, writeOff } from "../debts/commands.ts"
import { loadDebt, loadDebtsOf } from "../debts/store.ts"
import { auditBook } from "../escrow/audit.ts"
import { Crash, dyingAfterCommit } from "../escrow/testing/crash.ts"
import { appliers } from "../payments/appliers.ts"
import { carryOut } from "../payments/apply.ts"
import { confirmPayee, confirmPayout, returnPayout } from "../payments/commands.ts"
import { loadPayment } from "../payments/store.ts"
import { legDue } from "../payments/testing/leg-due.ts"
import { testMarket } from "../test-market.ts"
import { acceptTrade } from "../trades/commands.ts"
import { myTrades, tradePage } from "../trades/queries.ts"
import { loadRecords, loadTradeCard } from "../trades/store.ts"
import { applyRefundNews, carryOutDebt, carryOutRefund } from "./carry-out.ts"
import {
  askRefundByBank,
  confirmGivingBack,
  confirmRefund,
  decideRefundByBank,
  giveMoneyBack,
  returnRefund,
} from "./commands.ts"
import { claimQueue } from "./queries.ts"
import { mostRefunds } from "./rules.ts"
import { loadRefund, loadRefundCardsOf, loadRefundQueue, loadRefundsOf } from "./store.ts"
import { done, salesIn, yuan } from "./test-sale.ts"

const market = await testMarket({ retries: 0 })
const { services, harness, owner } = market
const { sql } = services
const [seller, buyer, operator] = await Promise.all([
  market.party("seller"),
  market.party("buyer"),
  market.party("operator"),
])
const colleague = { ...operator, user: services.newId("user") }
const { held, delivered, settled, sceneOf, balance, command } = salesIn(market, { seller, buyer, operator })
await harness.control("POST", "topup", { amount: 10_000_000, currency: "cny" })

type Answer = { refund: Id<"refund">; state: string }
const wanted = (trade: Id<"trade">, minor: number) => ({
  commandId: command(),
  trade,
  amount: yuan(minor),
  reason: "agreed" as const,
  note: "half of the year is missing",
})
const giveBack = (trade: Id<"trade">, minor: number, by = seller) =>
  giveMoneyBack(services, by, wanted(trade, minor))
const given = (trade: Id<"trade">, minor: number, by = seller) => done<Answer>(giveBack(trade, minor, by))
const cameBack = (refund: Id<"refund">, attempt: number, by = operator) =>
  returnRefund(services, by, { commandId: command(), refund, attempt })
const debtOf = async (trade: Id<"trade">) => (await loadDebtsOf(sql, trade))[0]
const fault = (kind: string, path: string) =>
  harness.control("POST", "faults", { kind, method: "POST", path, times: 9 })
const fired = async () => {
  const { data } = (await harness.control("GET", "faults")) as { data: { fired: unknown[] }[] }
  await harness.control("DELETE", "faults")
  return data.map((one) => one.fired.length)
}
const openAlerts = (subject: string) =>
  sql`select kind, code from alerts where subject = ${subject} and closed_at is null`
const refundsAtProvider = async (payment: Id<"payment">) => {
  const { charge } = (await loadPayment(sql, payment)) ?? {}
  const { data } = await harness.stripe.refunds.list({ charge: charge ?? "", limit: 50 })
  return data.map(({ amount }) => amount)
}

describe("before the release", () => {
  test("several parts go back, and the rest is parted in the ratio of the price", async () => {
    const { trade, payment } = await delivered()
    for (const minor of [10_000, 5_000]) {
      const { refund } = await given(trade, minor)
      await carryOutRefund(services, refund)
      expect((await loadRefund(sql, refund))?.state).toBe("repaid")
    }
    expect(await balance(`held:${trade}`)).toBe(85_000)
    expect(await balance(`refund_payable:${trade}`)).toBe(0)
    await done(acceptTrade(services, buyer, { commandId: command(), trade }))
    await carryOut(services, payment)
    const row = await loadPayment(sql, payment)
    expect([row?.state, row?.fee?.minor, row?.release?.amount.minor]).toEqual(["closed", "8500", "85000"])
    expect([await balance(`held:${trade}`), (await sceneOf(trade)).trade.state]).toEqual([0, "settled"])
    expect((await refundsAtProvider(payment)).sort()).toEqual([10_000, 5_000])
  })

  test("not in more parts than a payment may have", async () => {
    const { trade } = await delivered()
    for (let i = 0; i < mostRefunds; i++) await given(trade, 1)
    expect(await giveBack(trade, 1)).toMatchObject({ refused: "too_many_refunds" })
    expect(await loadRefundsOf(sql, trade)).toHaveLength(mostRefunds)
    expect(await done(giveBack(trade, 100_000 - mostRefunds))).toEqual({ state: "resolved" })
  })

  test("all of it is the trade's own end, and the operator does the same for trades of others", async () => {
    for (const by of [seller, operator]) {
      const { trade, payment } = await delivered()
      expect(await done(giveBack(trade, 100_000, by))).toEqual({ state: "resolved" })
      await carryOut(services, payment)
      expect((await sceneOf(trade)).trade.state).toBe("refunded")
    }
  })

  test("more than is held, another currency, another's trade and nothing at all are refused, and nothing moves", async () => {
    const { trade } = await delivered()
    await given(trade, 60_000)
    const before = await sql`select count(*) from postings`
    const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined)
    expect(await giveBack(trade, 40_001, operator)).toMatchObject({ refused: "refund_too_large" })
    expect(warned.mock.calls).toEqual([[`a step of ${trade} is refused: refund_too_large at amount`]])
    warned.mockRestore()
    expect(await openAlerts(trade)).toEqual([{ kind: "command", code: "refund_too_large" }])
    expect(await giveBack(trade, 0)).toMatchObject({ refused: "invalid_input" })
    const euro = { ...wanted(trade, 1), amount: { minor: "1", currency: "EUR" as const } }
    expect(await giveMoneyBack(services, seller, euro)).toMatchObject({ refused: "payment_mismatch" })
    expect(await giveBack(trade, 1, await market.party("seller"))).toMatchObject({ refused: "not_found" })
    expect(await giveBack(trade, 1, buyer)).toMatchObject({ refused: "role_not_allowed" })
    expect(await giveBack(trade, 1, { ...operator, party: buyer.party })).toMatchObject({
      refused: "own_matter",
    })
    expect(await sql`select count(*) from postings`).toEqual(before)
  })

  test("the same command twice is one refund, and two at once never take more than is held", async () => {
    const { trade } = await delivered()
    const once = wanted(trade, 1_000)
    const answers = await Promise.all([1, 2].map(() => giveMoneyBack(services, seller, once)))
    expect(answers[0]).toEqual(answers[1])
    const both = await Promise.all([giveBack(trade, 60_000), giveBack(trade, 60_000)])
    expect(both.filter((answer) => JSON.stringify(answer).includes("refund_too_large"))).toHaveLength(1)
    expect(await balance(`held:${trade}`)).toBe(39_000)
  })

  test("by bank the operator's transfer is the refund", async () => {
    const { trade } = await held("bank")
    const { refund } = await given(trade, 30_000)
    await carryOutRefund(services, refund)
    expect((await loadRefund(sql, refund))?.state).toBe("decided")
    const paid = { refund, amount: yuan(30_000), bankNumber: "BP-2026-0009" }
    expect(
      await confirmRefund(services, { ...operator, party: buyer.party }, { commandId: command(), ...paid }),
    ).toMatchObject({ refused: "own_matter" })
    // With the operator's seat, but a member of the buyer as well.
    const both = { ...operator, parties: [operator.party, buyer.party] }
    expect(await confirmRefund(services, both, { commandId: command(), ...paid })).toMatchObject({
      refused: "own_matter",
    })
    await done(confirmRefund(services, operator, { commandId: command(), ...paid }))
    expect(await confirmRefund(services, operator, { commandId: command(), ...paid })).toMatchObject({
      refused: "refund_state",
    })
    expect(await balance(`refund_payable:${trade}`)).toBe(0)
    await done(cameBack(refund, 1))
    expect(await balance(`refund_payable:${trade}`)).toBe(30_000)
    expect(await loadRefund(sql, refund)).toMatchObject({ state: "decided", rail: "bank", attempt: 2 })
    const other = { ...paid, bankNumber: "BP-2026-0099" }
    // Less than the page said: a part may have been made up for since.
    for (const amount of [yuan(29_999), { ...yuan(30_000), currency: "USD" as const }])
      expect(
        await confirmRefund(services, operator, { commandId: command(), ...other, amount, attempt: 2 }),
      ).toMatchObject({ refused: "amount_changed" })
    // A page that was read before it came back means the payment before this one.
    expect(
      await confirmRefund(services, operator, { commandId: command(), ...other, attempt: 1 }),
    ).toMatchObject({ refused: "stale_version" })
    await done(confirmRefund(services, operator, { commandId: command(), ...other, attempt: 2 }))
    const uses = await sql`select number, attempt from bank_uses where thing = ${refund} order by number`
    expect(uses).toEqual([
      { number: "BP-2026-0009", attempt: 1 },
      { number: "BP-2026-0099", attempt: 2 },
    ])
    expect(await balance(`refund_payable:${trade}`)).toBe(0)
  })
})

describe("what becomes of a call", () => {
  test.each(["error_before", "error_after", "reset_after", "truncate"])(
    "a refund whose answer is %s is sent once",
    async (kind) => {
      const { trade, payment } = await delivered()
      const { refund } = await given(trade, 7_000)
      await fault(kind, "/v1/refunds")
      await carryOutRefund(services, refund)
      expect(Math.max(...(await fired()))).toBeGreaterThan(0)
      for (let i = 0; i < 2; i++) await carryOutRefund(services, refund)
      expect((await loadRefund(sql, refund))?.state).toBe("repaid")
      expect(await refundsAtProvider(payment)).toEqual([7_000])
      expect(await balance(`refund_payable:${trade}`)).toBe(0)
    },
  )

  test("killed between the intent and the call, and at once in two processes: still one", async () => {
    const { trade, payment } = await delivered()
    const { refund } = await given(trade, 7_000)
    await Promise.all([1, 2, 3].map(() => carryOutRefund(services, refund)))
    await owner.sql`update intents set state = 'ready' where subject = ${refund}`
    await carryOutRefund(services, refund)
    expect(await refundsAtProvider(payment)).toEqual([7_000])
  })

  test("a lost call whose key is forgotten is looked up, not repeated", async () => {
    const { trade, payment } = await delivered()
    const { refund } = await given(trade, 7_000)
    await fault("reset_after", "/v1/refunds")
    await carryOutRefund(services, refund)
    await fired()
    await owner.sql`update intents set sent_at = now() - interval '25 hours' where subject = ${refund}`
    await fault("error_before", "/v1/refunds")
    await carryOutRefund(services, refund)
    await harness.control("DELETE", "faults")
    expect((await loadRefund(sql, refund))?.state).toBe("repaid")
    expect(await refundsAtProvider(payment)).toEqual([7_000])
  })

  test("what was repaid and comes back is owed again, and sent by a new key", async () => {
    const { trade, payment } = await delivered()
    const { refund } = await given(trade, 7_000)
    await carryOutRefund(services, refund)
    const key = `refund:${refund}:1`
    expect(await applyRefundNews(services, key, "refund_failed")).toBe(true)
    expect(await balance(`refund_payable:${trade}`)).toBe(7_000)
    expect(await loadRefund(sql, refund)).toMatchObject({ state: "decided", attempt: 2 })
    // The same news again tells of the first attempt only.
    await owner.sql`update intents set created_at = now() - interval '2 hours' where subject = ${refund}`
    await carryOutRefund(services, refund)
    await applyRefundNews(services, key, "refund_failed")
    expect((await loadRefund(sql, refund))?.state).toBe("repaid")
    expect(await refundsAtProvider(payment)).toEqual([7_000, 7_000])
    expect(await balance(`refund_payable:${trade}`)).toBe(0)
  })
})

describe("after the release", () => {
  test("the transfer is taken back first, then the buyer is refunded; fee and seller give by their ratio", async () => {
    const { trade } = await settled()
    const { refund } = await given(trade, 30_000)
    expect(await debtOf(trade)).toMatchObject({ state: "reversing", amount: yuan(27_000) })
    expect(await balance(`seller_receivable:${seller.party}`)).toBe(-27_000)
    await carryOutRefund(services, refund)
    expect(await debtOf(trade)).toMatchObject({ state: "paid", left: yuan(0) })
    expect((await loadRefund(sql, refund))?.state).toBe("repaid")
    expect(await balance(`seller_receivable:${seller.party}`)).toBe(0)
    expect(await balance(`refund_payable:${trade}`)).toBe(0)
    expect(await giveBack(trade, 70_001)).toMatchObject({ refused: "refund_too_large" })
  })

  test("nothing goes to the buyer while it is unknown whether the transfer was taken back", async () => {
    const { trade, payment } = await settled()
    const { refund } = await given(trade, 10_000)
    await fault("reset_after", "/v1/transfers/*/reversals")
    await carryOutRefund(services, refund)
    expect(Math.max(...(await fired()))).toBeGreaterThan(0)
    expect(await debtOf(trade)).toMatchObject({ state: "reversing" })
    expect(await refundsAtProvider(payment)).toEqual([])
    await carryOutRefund(services, refund)
    expect(await debtOf(trade)).toMatchObject({ state: "paid" })
    expect(await refundsAtProvider(payment)).toEqual([10_000])
    const transfer = (await loadPayment(sql, payment))?.release?.reference ?? ""
    expect((await harness.stripe.transfers.retrieve(transfer)).amount_reversed).toBe(9_000)
  })

  test("an operator's needs two people, none of them of the trade's parties", async () => {
    const { trade } = await settled()
    const { refund, state } = await given(trade, 10_000, operator)
    expect([state, await balance(`refund_payable:${trade}`)]).toEqual(["asked", 0])
    const decide = (by: typeof operator, confirm = true) =>
      confirmGivingBack(services, by, { commandId: command(), refund, version: 1, confirm })
    expect(await decide(operator)).toMatchObject({ refused: "second_person" })
    for (const own of [{ party: seller.party }, { parties: [operator.party, seller.party] }])
      expect(await decide({ ...colleague, ...own })).toMatchObject({ refused: "own_matter" })
    await done(decide(colleague))
    await carryOutRefund(services, refund)
    expect(await loadRefund(sql, refund)).toMatchObject({ state: "repaid", confirmedBy: colleague.user })

    const dropped = await given(trade, 10_000, operator)
    await done(
      confirmGivingBack(services, operator, {
        commandId: command(),
        refund: dropped.refund,
        version: 1,
        confirm: false,
      }),
    )
    expect((await loadRefundsOf(sql, trade)).map((one) => one.state)).toEqual(["repaid", "dropped"])
  })

  test("by bank it is owed at once, kept back in part, and written off by two people", async () => {
    const own = await market.party("seller")
    const sales = salesIn(market, { seller: own, buyer, operator })
    const first = await sales.settled("bank")
    const { refund } = await given(first.trade, 50_000, own)
    const debt = await debtOf(first.trade)
    const repay = () =>
      confirmRefund(services, operator, {
        commandId: command(),
        refund,
        amount: yuan(50_000),
        bankNumber: "BP-2026-0010",
      })
    expect(await repay()).toMatchObject({ refused: "refund_waits" })
    const waiting = async () => (await loadRefundCardsOf(sql, first.payment)).map(({ waits }) => waits)
    expect(await waiting()).toEqual([true])
    expect((await loadRefundQueue(sql, 100)).map((card) => card.refund.id)).not.toContain(refund)
    expect(debt).toMatchObject({ state: "owed", owedFor: "bank", left: yuan(45_000) })
    const note = "the seller has gone out of business"
    const ask = (by: typeof operator, version: number) =>
      writeOff(services, by, { commandId: command(), debt: debt?.id as Id<"debt">, version, note })
    await done(ask(operator, 1))
    expect(await ask(operator, 2)).toMatchObject({ refused: "second_person" })
    const second = await sales.settled("bank")
    expect((await loadPayment(sql, second.payment))?.release?.netted).toEqual(yuan(45_000))
    await expectOnlySellerTold(second, own)
    const { payment } = second
    const leg = { payment, leg: "release" as const }
    const reason = "account 6222 8888 is closed"
    await done(returnPayout(services, operator, { commandId: command(), ...leg, attempt: 1, reason }))
    await expectOnlySellerTold(second, own)
    const amount = await legDue(sql, payment, "release")
    const again = { commandId: command(), ...leg, attempt: 2, amount, bankNumber: "BP-2026-0013" }
    await done(confirmPayout(services, operator, again))
    expect(await ask(colleague, 3)).toMatchObject({ refused: "debt_state" })
    expect(await waiting()).toEqual([false])
    await done(repay())

    const third = await sales.settled("bank")
    const fourth = await sales.settled("bank")
    await given(third.trade, 10_000, own)
    const seen = await debtOf(third.trade)
    const bankNumber = "BR-2026-0012"
    const came = (version: number, by = operator) =>
      repayDebt(services, by, {
        commandId: command(),
        debt: seen?.id as Id<"debt">,
        version,
        amount: yuan(1_000),
        bankNumber,
      })
    const both = { ...operator, parties: [operator.party, own.party] }
    expect(await came(1, both)).toMatchObject({ refused: "own_matter" })
    await done(came(1))
    // The same transfer again, from a page that was read before it.
    expect(await came(1)).toMatchObject({ refused: "debt_state" })
    const other = await debtOf(third.trade)
    expect(other?.left).toEqual(yuan(8_000))
    await given(fourth.trade, 10_000, own)
    const queue = await done<{ debts: { debt: { id: string; seller: string } }[] }>(
      claimQueue(services, operator),
    )
    expect(queue.debts.flatMap(({ debt }) => (debt.seller === own.party ? [debt.id] : []))).toEqual([
      other?.id,
      (await debtOf(fourth.trade))?.id,
    ])
    const off = (by: typeof operator, version: number) =>
      writeOff(services, by, { commandId: command(), debt: other?.id as Id<"debt">, version, note })
    expect(await off(both, 2)).toMatchObject({ refused: "own_matter" })
    await done(off(operator, 2))
    await done(off(colleague, 3))
    expect(await debtOf(third.trade)).toMatchObject({ state: "writtenOff", left: yuan(0) })
    expect(await balance(`seller_receivable:${own.party}`)).toBe(-9_000)
  })
})

/** What was kept back of a sale's release, 450.00, is on the seller's page and in their facts, and not in the buyer's. */
async function expectOnlySellerTold({ trade }: { trade: Id<"trade"> }, own: typeof seller): Promise<void> {
  const shown = async (by: typeof buyer) => {
    const page = await done<{ trade: Trade; payment: Payment }>(tradePage(services, by, trade))
    const list = await myTrades(services, by, { after: null, side: null })
    const lines = statementLines(page.trade, page.payment).map(({ key, amount }) => `${key} ${amount.minor}`)
    return { told: JSON.stringify([page, list]).includes("netted"), lines }
  }
  expect(await shown(buyer)).toEqual({ told: false, lines: ["gross 100000", "fee 10000", "payout 90000"] })
  const lines = ["gross 100000", "fee 10000", "netted 45000", "payout 45000"]
  expect(await shown(own)).toEqual({ told: true, lines })
  const readers = async (type: string) => {
    const record = (await loadRecords(sql, trade)).find((one) => one.type === type)
    const rows = await owner.sql<{ readers: string[] }[]>`
      select readers from disclosures where subject = ${record?.subject ?? ""} and version = ${record?.version ?? 0}`
    return rows.flatMap((row) => row.readers).sort()
  }
  expect(await readers("payment.netted@1")).toEqual([own.party])
  expect(await readers("payment.releaseReturned@1")).not.toContain(buyer.party)
  expect(await readers("payment.released@1")).toContain(own.party)
  expect(await readers("payment.released@1")).not.toContain(buyer.party)
  expect(await readers("payment.parted@2")).toEqual([buyer.party, own.party].sort())
}

describe("a seller's account that changes while a release is open", () => {
  test("by card nothing goes there before an operator has confirmed it", async () => {
    const own = await market.party("seller")
    const sales = salesIn(market, { seller: own, buyer, operator })
    const { trade, payment } = await sales.delivered()
    await done(acceptTrade(services, buyer, { commandId: command(), trade }))
    const swapped = await harness.payee()
    await owner.sql`update parties set row = jsonb_set(row::jsonb, '{payee}', ${JSON.stringify(swapped)}::text::jsonb)::json where id = ${own.party}`
    const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined)
    for (let i = 0; i < 2; i++) await carryOut(services, payment)
    expect(warned.mock.calls).toEqual([[`a step of ${payment} is refused: payee_changed at release`]])
    warned.mockRestore()
    expect(await openAlerts(payment)).toEqual([{ kind: "command", code: "payee_changed" }])
    expect((await loadPayment(sql, payment))?.state).toBe("parting")
    expect((await harness.stripe.transfers.list({ transfer_group: trade })).data).toEqual([])
    const stranger = { ...operator, parties: [operator.party, buyer.party] }
    expect(
      await confirmPayee(services, stranger, { commandId: command(), payment, account: swapped }),
    ).toMatchObject({
      refused: "own_matter",
    })
    // The seller changed it once more after the operator had asked.
    const account = await harness.payee()
    expect(await confirmPayee(services, operator, { commandId: command(), payment, account })).toMatchObject({
      refused: "payee_changed",
    })
    await done(confirmPayee(services, operator, { commandId: command(), payment, account: swapped }))
    expect(await openAlerts(payment)).toEqual([])
    await carryOut(services, payment)
    const { data } = await harness.stripe.transfers.list({ transfer_group: trade })
    expect(data.map(({ destination }) => destination)).toEqual([swapped])
  })

  test("by bank a payout is not confirmed, and the buyer does not read the account", async () => {
    const own = await market.party("seller")
    const sales = salesIn(market, { seller: own, buyer, operator })
    const { trade, payment } = await sales.delivered("bank")
    await done(acceptTrade(services, buyer, { commandId: command(), trade }))
    await owner.sql`update parties set row = jsonb_set(row::jsonb, '{bankAccount}', '"6222 9999"')::json where id = ${own.party}`
    const payOut = () =>
      confirmPayout(services, operator, {
        commandId: command(),
        payment,
        leg: "release",
        attempt: 1,
        amount: yuan(90_000),
        bankNumber: "BP-2026-0001",
      })
    expect(await payOut()).toMatchObject({ refused: "payee_changed" })
    expect(await openAlerts(payment)).toEqual([{ kind: "command", code: "payee_changed" }])
    expect((await loadPayment(sql, payment))?.state).toBe("parting")
    await done(confirmPayee(services, operator, { commandId: command(), payment, account: "6222 9999" }))
    await done(payOut())
    expect((await loadPayment(sql, payment))?.state).toBe("closed")
    expect(JSON.stringify((await loadTradeCard(sql, trade))?.payment)).not.toContain("6222")
  })
})

describe("what the provider refuses for good", () => {
  const to = "Bank of Shanghai, Buyer Ltd, 6222 0001"
  const note = "the card is closed"
  /** A refund of 70.00 that the provider has refused; `free` lets it take refunds of the charge again. */
  async function refusedOnce() {
    const { trade, payment } = await delivered()
    const { charge } = (await loadPayment(sql, payment)) ?? {}
    const all = await harness.stripe.refunds.create({ charge: charge ?? "" })
    const { refund } = await given(trade, 7_000)
    await carryOutRefund(services, refund)
    const free = () => harness.control("POST", `refunds/${all.id}/fail`, {})
    return { trade, payment, charge: charge ?? "", refund, free }
  }
  const ask = (refund: Id<"refund">, by = operator, version = 1) =>
    askRefundByBank(services, by, { commandId: command(), refund, version, to, note })
  const decide = (refund: Id<"refund">, by = colleague, version = 2, confirm = true) =>
    decideRefundByBank(services, by, { commandId: command(), refund, version, confirm })
  const byBank = (refund: Id<"refund">, bankNumber: string) =>
    confirmRefund(services, operator, { commandId: command(), refund, amount: yuan(7_000), bankNumber })

  test("is paid by bank when two people say so, and no call is made for it any more", async () => {
    const { trade, payment, refund, free } = await refusedOnce()
    const card = async () => (await loadRefundCardsOf(sql, payment))[0]
    expect(await card()).toMatchObject({ refused: true, failure: "charge_already_refunded" })
    expect(await ask(refund, seller)).toMatchObject({ refused: "role_not_allowed" })
    for (const own of [seller.party, buyer.party])
      expect(await ask(refund, { ...operator, parties: [operator.party, own] })).toMatchObject({
        refused: "own_matter",
      })
    expect(await decide(refund, colleague, 1)).toMatchObject({ refused: "refund_state" })
    expect(await byBank(refund, "BP-2026-0100")).toMatchObject({ refused: "rail_not_available" })
    await done(ask(refund))
    expect(await decide(refund, operator)).toMatchObject({ refused: "second_person" })
    expect(await decide(refund, { ...colleague, party: buyer.party })).toMatchObject({
      refused: "own_matter",
    })
    await done(decide(refund, colleague, 2, false))
    expect((await loadRefund(sql, refund))?.byBank).toBeUndefined()
    await done(ask(refund, operator, 3))
    await done(decide(refund, colleague, 4))
    expect(await loadRefund(sql, refund)).toMatchObject({ state: "decided", rail: "bank", to })
    await free()
    await owner.sql`update intents set created_at = now() - interval '9 hours',
      last_sent_at = now() - interval '9 hours' where subject = ${refund}`
    await carryOutRefund(services, refund)
    expect(await refundsAtProvider(payment)).toEqual([100_000])
    expect(await card()).toMatchObject({ buyerAccount: to })
    expect((await loadRefundQueue(sql, 100)).map((one) => one.refund.id)).toContain(refund)
    const page = await done<{ refunds: object[] }>(tradePage(services, seller, trade) as never)
    expect(JSON.stringify(page.refunds)).not.toContain("6222")
    const before = await balance("bank")
    await done(byBank(refund, "BP-2026-0101"))
    expect([await balance("bank"), await balance(`refund_payable:${trade}`)]).toEqual([before + 7_000, 0])
    expect(await loadRefund(sql, refund)).toMatchObject({ state: "repaid", reference: "BP-2026-0101" })
    // What the bank sends back is owed again, and the provider is asked once more before another account is.
    expect(await cameBack(refund, 2)).toMatchObject({ refused: "stale_version" })
    expect(await cameBack(refund, 1, { ...operator, parties: [buyer.party] })).toMatchObject({
      refused: "own_matter",
    })
    await done(cameBack(refund, 1))
    expect(await cameBack(refund, 2)).toMatchObject({ refused: "rail_not_available" })
    expect([await balance("bank"), await balance(`refund_payable:${trade}`)]).toEqual([before, 7_000])
    const again = await loadRefund(sql, refund)
    expect(again).toMatchObject({ state: "decided", rail: "card", attempt: 2 })
    expect(again).not.toHaveProperty("to")
    await carryOutRefund(services, refund)
    expect(await loadRefund(sql, refund)).toMatchObject({ state: "repaid", rail: "card" })
  })

  test("not what nobody can tell of, nor what a chargeback or a freeze stops", async () => {
    const { trade } = await delivered()
    const { refund } = await given(trade, 7_000)
    expect(await ask(refund)).toMatchObject({ refused: "refund_not_refused" })
    await fault("error_before", "/v1/refunds")
    await carryOutRefund(services, refund)
    await harness.control("DELETE", "faults")
    expect(await ask(refund)).toMatchObject({ refused: "refund_not_refused" })
    const other = await refusedOnce()
    await done(ask(other.refund))
    // A call that was begun since: its outcome is not known.
    await owner.sql`update intents set state = 'unknown' where subject = ${other.refund}`
    expect(await decide(other.refund)).toMatchObject({ refused: "refund_not_refused" })
    await owner.sql`update intents set state = 'failed' where subject = ${other.refund}`
    await editRow(owner.sql, "trade", other.trade, "frozenBy", "frz_00000000000000000000000000")
    expect(await decide(other.refund)).toMatchObject({ refused: "frozen" })
    await editRow(owner.sql, "trade", other.trade, "frozenBy", null)
    await editRow(owner.sql, "payment", other.payment, "chargeback", "cbk_00000000000000000000000000")
    expect(await decide(other.refund)).toMatchObject({ refused: "chargeback_open" })
  })

  test("a late success by card is booked once, and told: before the bank's number and after it", async () => {
    for (const stage of ["asked", "decided", "paid"]) {
      const paid = stage === "paid"
      const { trade, payment, charge, refund, free } = await refusedOnce()
      await done(ask(refund))
      // As long as the second person has not said so, it is just the refund, and nobody has to be told.
      if (stage !== "asked") await done(decide(refund))
      if (paid) await done(byBank(refund, "BP-2026-0102"))
      await free()
      const late = await harness.stripe.refunds.create({
        charge,
        amount: 7_000,
        metadata: { trade, payment, key: `refund:${refund}:1` },
      })
      // Told although the process that booked it died.
      await expect(appliers.refund?.(dyingAfterCommit(services), late.id)).rejects.toThrow(Crash)
      for (let i = 0; i < 2; i++) await appliers.refund?.(services, late.id)
      const code = paid ? "paid_twice" : "paid_by_card"
      expect(await openAlerts(refund)).toEqual(stage === "asked" ? [] : [{ kind: "call", code }])
      expect(await loadRefund(sql, refund)).toMatchObject({ state: "repaid", rail: paid ? "bank" : "card" })
      expect(await balance(`refund_payable:${trade}`)).toBe(0)
      expect(await byBank(refund, "BP-2026-0103")).toHaveProperty("refused")
    }
    const wrong = (await auditBook(sql)).filter(
      ({ rule }) => rule === "fact" || rule === "trade" || rule === "payment",
    )
    expect(wrong).toEqual([])
  })
})

test("a freeze stops what leaves: no refund is decided, and none that was is sent", async () => {
  const { trade, payment } = await delivered()
  const { refund } = await given(trade, 7_000)
  await owner.sql`update trades set row = jsonb_set(row::jsonb, '{frozenBy}', '"frz_00000000000000000000000000"')::json where id = ${trade}`
  await carryOutRefund(services, refund)
  expect(await giveBack(trade, 1)).toMatchObject({ refused: "frozen" })
  expect(await refundsAtProvider(payment)).toEqual([])
  expect(await carryOutDebt(services, services.newId("debt"))).toBe("paid")

  const lost = await settled()
  const back = await given(lost.trade, 7_000)
  const { id } = (await debtOf(lost.trade)) ?? { id: services.newId("debt") }
  await fault("error_after", "/v1/transfers/*/reversals")
  expect(await carryOutDebt(services, id)).toBe("reversing")
  expect((await fired())[0]).toBeGreaterThan(0)
  await owner.sql`update trades set row = jsonb_set(row::jsonb, '{frozenBy}', '"frz_00000000000000000000000000"')::json where id = ${lost.trade}`
  await carryOutRefund(services, back.refund)
  // What was taken back before the freeze is learnt; what was to leave then waits.
  expect(await loadDebt(sql, id)).toMatchObject({ state: "paid" })
  expect((await loadRefund(sql, back.refund))?.state).toBe("decided")

  const byBank = await held("bank")
  const waiting = (await given(byBank.trade, 7_000)).refund
  await owner.sql`update trades set row = jsonb_set(row::jsonb, '{frozenBy}', '"frz_00000000000000000000000000"')::json where id = ${byBank.trade}`
  const paid = {
    commandId: command(),
    refund: waiting,
    amount: yuan(7_000),
    bankNumber: "BP-2026-0011",
  }
  expect(await confirmRefund(services, operator, paid)).toMatchObject({ refused: "frozen" })
  const before = { ...paid, commandId: command(), alreadyPaid: true }
  expect((await loadRefundCardsOf(sql, byBank.payment)).map(({ frozen }) => frozen)).toEqual([true])
  expect((await loadRefund(sql, waiting))?.state).toBe("decided")
  // What the bank had done by then is a fact, and no step out.
  await done(confirmRefund(services, operator, before))
  expect((await loadRefund(sql, waiting))?.state).toBe("repaid")
})

test("what cannot be taken back is owed and kept back from the next release, to the cent", async () => {
  const own = await market.party("seller")
  const sales = salesIn(market, { seller: own, buyer, operator })
  const first = await sales.settled()
  const second = await sales.delivered()
  const { payee } = (
    await sql<{ payee: string }[]>`select row->>'payee' as payee from parties where id = ${own.party}`
  )[0] ?? { payee: "" }
  // The seller has moved all of it to their bank.
  await harness.control("POST", "clock", { advance_seconds: 8 * 86_400 })
  await harness.stripe.payouts.create({ amount: 90_000, currency: "cny" }, { stripeAccount: payee })
  const { refund } = await given(first.trade, 100_000, own)
  await carryOutRefund(services, refund)
  const debt = await debtOf(first.trade)
  expect(debt).toMatchObject({ state: "owed", owedFor: "balance", left: yuan(90_000) })
  // Not out of what other buyers paid, by the seller's word alone.
  expect((await loadRefund(sql, refund))?.state).toBe("decided")
  expect(await refundsAtProvider(first.payment)).toEqual([])

  await done(acceptTrade(services, buyer, { commandId: command(), trade: second.trade }))
  await carryOut(services, second.payment)
  const row = await loadPayment(sql, second.payment)
  expect([row?.state, row?.release?.netted]).toEqual(["closed", yuan(90_000)])
  expect((await sceneOf(second.trade)).trade.state).toBe("settled")
  expect(await loadDebt(sql, debt?.id as Id<"debt">)).toMatchObject({ state: "paid" })
  await carryOutRefund(services, refund)
  expect((await loadRefund(sql, refund))?.state).toBe("repaid")
  expect(await balance(`seller_receivable:${own.party}`)).toBe(0)
  expect(await balance(`seller_payable:${own.party}`)).toBe(0)
  expect((await harness.stripe.transfers.list({ transfer_group: second.trade })).data).toEqual([])
})
