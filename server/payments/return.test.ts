import { expect, test } from "vitest"
import type { Money } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { editRow } from "#db/test-rows.ts"
import { auditBook } from "../escrow/audit.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { testMarket } from "../test-market.ts"
import { loadScene } from "../trades/store.ts"
import { confirmPayout, returnPayout } from "./commands.ts"
import { paymentQueue } from "./queries.ts"
import { loadPayment } from "./store.ts"

/** Bank payouts of a leg that come back. */
const market = await testMarket()
const { services } = market
const { sql, newId } = services
const trading = await testTrading(market)
const { operator, seller } = trading
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
  const pay = (attempt: number) =>
    confirmPayout(services, operator, {
      commandId: newId("command"),
      payment,
      leg,
      attempt,
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
