import { afterEach, expect, test } from "vitest"
import type { Id } from "#contracts/ids.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { testMarket } from "../test-market.ts"
import { cancelTrade, confirmTrade, proposeTrade, startTradePayment } from "../trades/commands.ts"
import { loadScene } from "../trades/store.ts"
import { applySession } from "./apply.ts"
import { sessionOf } from "./card-rail.ts"
import { payInstruction, payTrade } from "./commands.ts"
import { expireCheckout } from "./inbox.ts"
import { loadPayment } from "./store.ts"

/** A trade that is cancelled while its payment page is being made, open, or hard to close. */
const market = await testMarket()
const { services, harness } = market
const { sql, newId } = services
const seller = await market.party("seller")
const buyer = await market.party("buyer")
const commandId = () => newId("command")
afterEach(() => harness.control("DELETE", "faults"))

async function agreed(): Promise<Id<"trade">> {
  const { listing, plan } = await market.listing(seller, { price: { minor: "19900", currency: "CNY" } })
  const offer = { listing, plan, use: { actions: ["use" as const] }, locale: "en" as const }
  const { trade } = (await proposeTrade(services, buyer, { commandId: commandId(), ...offer } as never)) as {
    trade: Id<"trade">
  }
  const agreementHash = (await loadScene(sql, trade))?.trade.agreementHash ?? ""
  await confirmTrade(services, buyer, { commandId: commandId(), trade, agreementHash })
  return trade
}

const pay = (trade: Id<"trade">) =>
  payTrade(services, buyer, { commandId: commandId(), trade, rail: "card" }, "en")

const cancel = (trade: Id<"trade">) =>
  cancelTrade(services, buyer, { commandId: commandId(), trade, reason: "changedMind" })

async function paymentOf(trade: Id<"trade">) {
  const id = (await loadScene(sql, trade))?.trade.payment
  const payment = id ? await loadPayment(sql, id) : null
  if (!payment) throw new Error("no payment")
  return payment
}

const sessionStatus = async (id: string) => (await harness.stripe.checkout.sessions.retrieve(id)).status

test("a page that was made without an answer ends without an alarm, and without ending its payment", async () => {
  const trade = await agreed()
  const path = "/v1/checkout/sessions"
  await harness.control("POST", "faults", { method: "POST", path, kind: "error_after", nth: 1 })
  expect(await pay(trade)).toMatchObject({ refused: "provider_unavailable" })
  const [unseen] = (await harness.stripe.checkout.sessions.list({ limit: 1 })).data
  if (!unseen) throw new Error("no page was made")
  await harness.stripe.checkout.sessions.expire(unseen.id)
  expect(await applySession(services, unseen.id)).toEqual({ state: "expired" })
  expect(await paymentOf(trade)).toMatchObject({ state: "started" })
})

test("a page that the provider did not close is closed by the next attempt, not forgotten", async () => {
  const trade = await agreed()
  await pay(trade)
  await cancel(trade)
  const payment = await paymentOf(trade)
  const path = "/v1/checkout/sessions/*/expire"
  await harness.control("POST", "faults", { method: "POST", path, kind: "error_before", nth: 1, times: 3 })
  await expect(expireCheckout(services, payment.id)).rejects.toThrow(/not closed/)
  expect((await paymentOf(trade)).state).toBe("started")
  await expireCheckout(services, payment.id)
  expect(await paymentOf(trade)).toMatchObject({ state: "failed", failure: "expired" })
  expect(await sessionStatus((await sessionOf(sql, payment)) ?? "")).toBe("expired")
})

test("a payment whose page was never asked for ends with its trade", async () => {
  const trade = await agreed()
  await startTradePayment(services, buyer, { commandId: commandId(), trade, rail: "card" })
  await cancel(trade)
  const { id } = await paymentOf(trade)
  await expireCheckout(services, id)
  expect(await paymentOf(trade)).toMatchObject({ state: "failed", failure: "closed" })
})

test("a page that was made and whose answer was lost is found and closed", async () => {
  const trade = await agreed()
  await harness.control("POST", "faults", {
    method: "POST",
    path: "/v1/checkout/sessions",
    kind: "truncate",
    nth: 1,
  })
  expect(await pay(trade)).toMatchObject({ refused: "provider_unavailable" })
  await cancel(trade)
  const payment = await paymentOf(trade)
  expect(await sessionOf(sql, payment)).toBeNull()
  await expireCheckout(services, payment.id)
  expect(await paymentOf(trade)).toMatchObject({ state: "failed", failure: "expired" })
  expect(await sessionStatus((await sessionOf(sql, payment)) ?? "")).toBe("expired")
})

test("no page is made for a trade that has ended", async () => {
  const trade = await agreed()
  await startTradePayment(services, buyer, { commandId: commandId(), trade, rail: "card" })
  await cancel(trade)
  const { id } = await paymentOf(trade)
  const answer = await payInstruction(services, buyer, id, "en")
  expect(isRefusal(answer) && answer).toMatchObject({
    refused: "trade_step_not_allowed",
    detail: { state: "cancelled" },
  })
  const open = await harness.stripe.checkout.sessions.list({ limit: 100 })
  expect(open.data.filter((session) => session.client_reference_id === id)).toEqual([])
})
