import { expect, test } from "vitest"
import type { Id } from "#contracts/ids.ts"
import { addMs } from "#contracts/time.ts"
import { testMarket } from "../test-market.ts"
import { confirmTrade, proposeTrade } from "../trades/commands.ts"
import { sweepDeadlines } from "../trades/deadlines.ts"
import { loadScene } from "../trades/store.ts"
import { applySession, carryOut } from "./apply.ts"
import { makeCardRail, sessionOf } from "./card-rail.ts"
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

test("a refund that the provider refuses is tried again later and later, and somebody is told of it", async () => {
  const { trade, id } = await undelivered()
  await market.passTime(trade)
  await sweepDeadlines(services)
  let [calls, passed] = [0, 0]
  const refusing: typeof services.provider = {
    ...services.provider,
    async refund() {
      calls++
      return { failed: { code: "charge_disputed", message: "no", declined: false, retry: "new_key" } }
    },
  }
  const later = () => addMs(services.writer.now(), passed)
  const by = (provider: typeof refusing) => ({
    ...services,
    rails: { ...services.rails, card: makeCardRail(sql, provider, later) },
  })
  const told = () => sql`select code, detail->>'what' as what, detail->>'payment' as payment from alerts
    where kind = 'call' and subject = ${id} and closed_at is null`
  const seen: number[] = []
  for (const seconds of [0, 15, 50, 70, 120, 250, 265, 600, 1_000]) {
    passed = seconds * 1_000
    await carryOut(by(refusing), id)
    seen.push(calls)
    expect(await told()).toHaveLength(calls < 3 ? 0 : 1)
  }
  expect(seen).toEqual([1, 1, 1, 2, 2, 3, 3, 3, 4])
  expect(await told()).toEqual([{ code: "charge_disputed", what: "refund", payment: id }])
  expect(await owed(trade)).toBe(19_900)
  passed = 86_400_000
  await carryOut(by(services.provider), id)
  expect(await stateOf(trade)).toBe("refunded")
  expect(await told()).toEqual([])
})

test("a refund that waits for the provider's balance is not booked as money that went back", async () => {
  const { trade, id } = await undelivered()
  // The charge settles less the provider's fee, so that the balance does not suffice for the whole of it.
  await harness.control("POST", "clock", { advance_seconds: 5 * 86_400 })
  await market.passTime(trade)
  await sweepDeadlines(services)
  for (let i = 0; i < 3; i++) await carryOut(services, id)
  const charge = (await loadPayment(sql, id))?.charge ?? ""
  const statuses = async () =>
    (await harness.stripe.refunds.list({ charge })).data.map(({ status }) => status)
  expect(await statuses()).toEqual(["pending"])
  expect([await stateOf(trade), await owed(trade)]).toEqual(["resolved", 19_900])

  await harness.control("POST", "topup", { amount: 100_000, currency: "cny" })
  await harness.control("POST", "clock", { advance_seconds: 2 })
  await expect.poll(statuses).toEqual(["succeeded"])
  await carryOut(services, id)
  expect([await stateOf(trade), await owed(trade)]).toEqual(["refunded", 0])
  expect((await loadPayment(sql, id))?.state).toBe("closed")
})
