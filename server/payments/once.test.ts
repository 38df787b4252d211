import { expect, test } from "vitest"
import type { Money } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { hourMs } from "#contracts/time.ts"
import { moveClock } from "#db/test-clock.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { testMarket } from "../test-market.ts"
import { resolveTrade } from "../trades/commands.ts"
import { dispute } from "../trades/settlement-rules.ts"
import { loadScene } from "../trades/store.ts"
import { carryOut } from "./apply.ts"

/** Counterexamples that were found, each with money that would have moved twice. */
const market = await testMarket({ movableClock: true })
const { services, harness, owner } = market
const trading = await testTrading(market)
const yuan = (minor: string): Money => ({ minor, currency: "CNY" })
const fault = (kind: string, path: string) =>
  harness.control("POST", "faults", { kind, method: "POST", path, times: 3 })

/** A disputed trade whose price goes to both sides in small enough parts that the provider would move them twice. */
async function parted() {
  const opened = await trading.fund(yuan("10000"))
  const { trade } = opened
  await trading.deliver(opened)
  const scene = async () => (await loadScene(services.sql, trade)) ?? expect.fail("no such trade")
  await services.writer.run(
    { giver: "test", id: trade, action: "trade.dispute", input: { trade } },
    scene,
    (found, now) => dispute(found, "incomplete", "half is missing", trading.buyer, now),
  )
  const answer = await resolveTrade(services, trading.operator, {
    commandId: services.newId("command"),
    trade,
    release: yuan("7000"),
    refund: yuan("3000"),
    note: "a part",
  })
  if (isRefusal(answer)) throw new Error(answer.refused)
  return opened
}

test("a call that was carried out without an answer, then not taken up, is not made again when its key is forgotten", async () => {
  const { trade, payment } = await parted()
  for (const path of ["/v1/transfers", "/v1/refunds"]) await fault("truncate", path)
  await carryOut(services, payment)
  await harness.control("DELETE", "faults")
  for (const path of ["/v1/transfers", "/v1/refunds"]) await fault("rate_limit", path)
  await fault("rate_limit", "/v1/refunds")
  for (const path of ["/v1/transfers", "/v1/refunds"])
    await harness.control("POST", "faults", { kind: "rate_limit", method: "GET", path, times: 3 })
  await carryOut(services, payment)
  await harness.control("DELETE", "faults")
  services.writer.clock.set(await moveClock(owner.sql, 25 * hourMs))
  await harness.control("POST", "clock", { advance_seconds: 25 * 3600 })
  await carryOut(services, payment)
  const { data } = await harness.stripe.transfers.list({ transfer_group: trade })
  expect(data.map(({ amount }) => amount)).toEqual([6_300])
  const [charge] = (await harness.stripe.charges.list({ transfer_group: trade })).data
  expect(charge?.amount_refunded).toBe(3_000)
})
