import { expect, test } from "vitest"
import type { Money } from "#contracts/money.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { testMarket } from "../test-market.ts"
import { sweepPayments } from "./inbox.ts"
import { loadPayment } from "./store.ts"

/** What nobody told of is found, whatever else waits for long. */
const market = await testMarket()
const { services, harness } = market
const { sql } = services
const trading = await testTrading(market)
const price: Money = { minor: "10000", currency: "CNY" }

test("payments that stay open for long, by bank or by card, keep no later one from being looked at", async () => {
  for (const rail of ["bank", "bank", "card", "card"] as const) await trading.open(price, rail)
  const paid = await trading.open(price)
  await harness.control("POST", `sessions/${paid.session}/pay`, {})
  // Only those by card are looked at: with two at a time it is reached by the second.
  for (let i = 0; i < 2; i++) expect(await sweepPayments(services, 0, 2)).toBe(2)
  expect((await loadPayment(sql, paid.payment))?.state).toBe("held")
  // It begins again after the last one, also where one of them throws.
  const throwing = { ...services, provider: { ...services.provider } }
  throwing.provider.retrieveCheckout = async () => {
    throw new Error("no answer at all")
  }
  await expect(sweepPayments(throwing, 0, 1)).rejects.toThrow("no answer at all")
  await expect(sweepPayments(throwing, 0, 1)).rejects.toThrow("no answer at all")
  expect(await sweepPayments(services, 0)).toBe(2)
})
