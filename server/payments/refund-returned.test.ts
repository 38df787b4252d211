import { expect, test } from "vitest"
import type { Money } from "#contracts/money.ts"
import { auditBook } from "../escrow/audit.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { reconcile } from "../settlements/run.ts"
import { testMarket } from "../test-market.ts"
import { sweepDeadlines } from "../trades/deadlines.ts"
import { loadScene } from "../trades/store.ts"
import { appliers } from "./appliers.ts"
import { carryOut } from "./apply.ts"
import { loadPayment } from "./store.ts"

/** Refunds of a trade's own payment that come back after they had succeeded. */
const market = await testMarket()
const { services, harness } = market
const { sql } = services
const trading = await testTrading(market)
const price: Money = { minor: "10000", currency: "CNY" }
const stateOf = async (trade: string) => (await loadScene(sql, trade as never))?.trade.state

async function owed(trade: string): Promise<number> {
  const [row] = await sql<{ sum: bigint | null }[]>`
    select sum(amount)::bigint as sum from postings where account = ${`refund_payable:${trade}`}`
  return 0 - Number(row?.sum ?? 0)
}

test("a refund that had succeeded and is sent back is owed again, and made again under a new key", async () => {
  const { trade, payment: id } = await trading.fund(price, "card", "4000000000005126")
  await harness.control("POST", "topup", { amount: 1_000_000, currency: "cny" })
  await market.passTime(trade)
  await sweepDeadlines(services)
  for (let i = 0; i < 2; i++) await carryOut(services, id)
  const first = (await loadPayment(sql, id))?.refund?.reference ?? ""
  expect([await stateOf(trade), await owed(trade), first]).toEqual([
    "refunded",
    0,
    expect.stringMatching(/^re_/),
  ])

  await harness.control("POST", "clock", { advance_seconds: 2 * 86_400 })
  await expect.poll(async () => (await harness.stripe.refunds.retrieve(first)).status).toBe("failed")
  const told = () => appliers.refund?.(services, first)
  expect(await told()).toEqual({ state: "refund_failed" })
  expect(await owed(trade)).toBe(10_000)
  expect(await loadPayment(sql, id)).toMatchObject({
    state: "parting",
    refund: { state: "pending", reference: null, attempt: 2 },
  })
  // Told again, by the event or by any other way, it is the same one.
  for (let i = 0; i < 2; i++) await Promise.all([told(), carryOut(services, id), told()])
  const again = await loadPayment(sql, id)
  expect(again).toMatchObject({ state: "closed", refund: { state: "done", attempt: 2 } })
  expect(again?.refund?.reference).not.toBe(first)
  expect([await stateOf(trade), await owed(trade)]).toEqual(["refunded", 0])
  const { data } = await harness.stripe.refunds.list({ limit: 100 })
  expect(
    data
      .filter(({ metadata }) => metadata?.payment === id)
      .map(({ status, metadata }) => [status, metadata?.key]),
  ).toEqual([
    ["succeeded", `refund:${id}:2`],
    ["failed", `refund:${id}:1`],
  ])
  // The provider's book tells of both, and of what came back; each line finds its journal.
  await reconcile(services, { patience: 0 })
  expect(
    await sql`select code, subject from alerts where kind in ('line', 'journal') and closed_at is null`,
  ).toEqual([])
  expect((await auditBook(sql)).filter(({ rule }) => rule === "payment")).toEqual([])
})
