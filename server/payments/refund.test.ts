import { expect, test } from "vitest"
import type { Id } from "#contracts/ids.ts"
import { testMarket } from "../test-market.ts"
import { confirmTrade, proposeTrade } from "../trades/commands.ts"
import { sweepDeadlines } from "../trades/deadlines.ts"
import { loadScene } from "../trades/store.ts"
import { applySession, carryOut } from "./apply.ts"
import { sessionOf } from "./card-rail.ts"
import { payTrade } from "./commands.ts"
import { loadPayment } from "./store.ts"

const market = await testMarket()
const { services, harness } = market
const { sql, newId } = services
const seller = await market.party("seller")
const buyer = await market.party("buyer")

/** Paid, and then not delivered in time: all goes back. */
async function undelivered() {
  const { listing, plan } = await market.listing(seller, { price: { minor: "19900", currency: "CNY" } })
  const offer = { listing, plan, use: { actions: ["use" as const] }, locale: "en" as const }
  const commandId = () => newId("command")
  const { trade } = (await proposeTrade(services, buyer, { commandId: commandId(), ...offer } as never)) as {
    trade: Id<"trade">
  }
  const agreementHash = (await loadScene(sql, trade))?.trade.agreementHash ?? ""
  await confirmTrade(services, buyer, { commandId: commandId(), trade, agreementHash })
  await payTrade(services, buyer, { commandId: commandId(), trade, rail: "card" }, "en")
  const id = (await loadScene(sql, trade))?.trade.payment as Id<"payment">
  const payment = await loadPayment(sql, id)
  const session = (payment && (await sessionOf(sql, payment))) ?? ""
  await harness.control("POST", `sessions/${session}/pay`, {})
  await applySession(services, session)
  return { trade, id }
}

const stateOf = async (trade: Id<"trade">) => (await loadScene(sql, trade))?.trade.state

async function owed(trade: string): Promise<number> {
  const [row] = await sql<{ sum: bigint | null }[]>`
    select sum(amount)::bigint as sum from postings where account = ${`refund_payable:${trade}`}`
  return 0 - Number(row?.sum ?? 0)
}

test("a refund that waits for the provider's balance is not booked as money that went back", async () => {
  const { trade, id } = await undelivered()
  // The charge settles less the provider's fee, so that the balance does not suffice for the whole of it.
  await harness.control("POST", "clock", { advance_seconds: 5 * 86_400 })
  await market.passTime(trade)
  await sweepDeadlines(services)
  for (let i = 0; i < 3; i++) await carryOut(services, id)
  const { data } = await harness.stripe.refunds.list({ limit: 10 })
  expect(data.map(({ status }) => status)).toEqual(["pending"])
  expect([await stateOf(trade), await owed(trade)]).toEqual(["resolved", 19_900])

  await harness.control("POST", "topup", { amount: 100_000, currency: "cny" })
  await harness.control("POST", "clock", { advance_seconds: 2 })
  await expect
    .poll(async () => (await harness.stripe.refunds.list({ limit: 10 })).data.map(({ status }) => status))
    .toEqual(["succeeded"])
  await carryOut(services, id)
  expect([await stateOf(trade), await owed(trade)]).toEqual(["refunded", 0])
  expect((await loadPayment(sql, id))?.state).toBe("closed")
})
