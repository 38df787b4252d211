import { expect, test } from "vitest"
import type { Money } from "#contracts/money.ts"
import { toMs } from "#contracts/time.ts"
import { processingMs, tradeDeadlines } from "#contracts/trade.ts"
import { editRow } from "#db/test-rows.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { testMarket } from "../test-market.ts"
import { cancelTrade } from "../trades/commands.ts"
import { sweepDeadlines } from "../trades/deadlines.ts"
import { loadScene } from "../trades/store.ts"
import { applySession, carryOut } from "./apply.ts"
import { payInstruction } from "./commands.ts"
import { loadPayment } from "./store.ts"

/** Methods whose money comes later than the buyer pays. */
const market = await testMarket()
const { services, harness } = market
const { sql, newId } = services
const trading = await testTrading(market)
const price: Money = { minor: "12800", currency: "CNY" }

type Opened = Awaited<ReturnType<typeof trading.open>>
const control = (opened: Opened, act: string, body: object = {}) =>
  harness.control("POST", `sessions/${opened.session}/${act}`, body)
const apply = (opened: Opened) => applySession(services, opened.session)
const tradeOf = async ({ trade }: Opened) => {
  const scene = await loadScene(sql, trade)
  if (!scene) throw new Error("the trade is there")
  return scene.trade
}
const paymentState = async ({ payment }: Opened) => (await loadPayment(sql, payment))?.state

async function paidLater() {
  const opened = await trading.open(price)
  await control(opened, "pay", { alipay: "succeeds_later" })
  await apply(opened)
  return opened
}

/** The trade's time is over: with its deadline set back it expires. */
async function lapse(opened: Opened) {
  const past = "2026-01-01T00:00:00.000Z"
  await editRow(market.owner.sql, "trade", opened.trade, "deadline", past)
  await sweepDeadlines(services)
}

test("paid but not there yet: the trade says so once, waits longer, and is funded when the money comes", async () => {
  const opened = await paidLater()
  const waiting = await tradeOf(opened)
  expect(waiting).toMatchObject({ state: "funding", processing: opened.payment })
  const waitsMs = toMs(waiting.deadline ?? "") - toMs(waiting.updatedAt)
  expect(waitsMs).toBe(processingMs)
  expect(waitsMs).toBeGreaterThan(tradeDeadlines.funding.ms)
  for (let i = 0; i < 3; i++) expect(await apply(opened)).toEqual({ state: "processing" })
  expect((await tradeOf(opened)).version).toBe(waiting.version)
  expect(await payInstruction(services, trading.buyer, opened.payment, "en")).toMatchObject({
    refused: "payment_state",
  })
  await control(opened, "settle")
  await apply(opened)
  expect((await tradeOf(opened)).state).toBe("funded")
  expect(await paymentState(opened)).toBe("held")
})

test("money that does not come frees the trade for another attempt", async () => {
  const opened = await paidLater()
  await control(opened, "fail")
  await apply(opened)
  expect(await tradeOf(opened)).toMatchObject({ state: "agreed", payment: null })
  expect(await loadPayment(sql, opened.payment)).toMatchObject({
    state: "failed",
    failure: "payment_intent_payment_attempt_failed",
  })
  expect(await apply(opened)).toEqual(expect.anything())
  expect(await paymentState(opened)).toBe("failed")
})

test.each([
  ["expired", lapse],
  [
    "cancelled",
    (opened: Opened) =>
      cancelTrade(services, trading.buyer, {
        commandId: newId("command"),
        trade: opened.trade,
        reason: "other",
      } as never),
  ],
])("money that comes after the trade %s goes back by itself", async (state, end) => {
  const opened = await paidLater()
  await end(opened)
  expect((await tradeOf(opened)).state).toBe(state)
  expect(await paymentState(opened)).toBe("started")
  await control(opened, "settle")
  for (let i = 0; i < 2; i++) await apply(opened)
  expect(await paymentState(opened)).toBe("held")
  for (let i = 0; i < 2; i++) await carryOut(services, opened.payment)
  expect(await loadPayment(sql, opened.payment)).toMatchObject({ state: "closed", release: null })
  const [{ held } = { held: "" }] = await sql<{ held: string }[]>`
    select coalesce(sum(amount), 0)::text as held from postings where account in (${`held:${opened.trade}`}, ${`refund_payable:${opened.trade}`})`
  expect(held).toBe("0")
  const { data } = await harness.stripe.refunds.list({ limit: 100 })
  expect(
    data.filter(({ metadata }) => metadata?.payment === opened.payment).map(({ amount }) => amount),
  ).toEqual([12_800])
})
