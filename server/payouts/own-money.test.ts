import { expect, test } from "vitest"
import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { payTrade } from "../payments/commands.ts"
import { reconcile } from "../settlements/run.ts"
import { testMarket } from "../test-market.ts"
import { confirmTopUpReceipt, topUp } from "../top-ups/commands.ts"
import { payOut, payOutInput } from "./commands.ts"
import { payoutList } from "./queries.ts"
import { loadOwn } from "./store.ts"

const market = await testMarket()
const { services, harness, owner } = market
const { sql, newId } = services
const trading = await testTrading(market)
const { operator } = trading
await harness.control("POST", "topup", { amount: 1_000_000, currency: "cny" })
await reconcile(services, {})

const yuan = (minor: number): Money => ({ minor: String(minor), currency: "CNY" })
const balance = async (account: string) => {
  const [row] = await sql<{ sum: string }[]>`
    select coalesce(sum(amount), 0)::text as sum from postings where account = ${account}`
  return Number(row?.sum)
}

test("what is held for others is not the platform's own, whichever part of it is available, nor what two ask for", async () => {
  const own = async () => {
    const list = await payoutList(services, operator)
    if (isRefusal(list)) throw new Error(list.refused)
    return Number(list.available.find(({ currency }) => currency === "CNY")?.minor)
  }
  const ask = (minor: number) =>
    payOut(services, operator, { commandId: newId("command"), amount: yuan(minor) })
  const before = await own()
  expect(before).toBe(1_000_000)
  expect(await ask(before + 1)).toMatchObject({ refused: "payout_too_large" })
  await trading.fund(yuan(10_000))
  const fees = await balance("provider_fees")
  expect(await own()).toBe(before - fees)
  await owner.sql`insert into postings (source_type, source_id, leg, account, currency, amount, occurred_at)
    select 'settlement.booked', 'set_test', leg, account, 'CNY', amount, ${services.writer.now()}
    from (values (0, 'provider_available', 10000), (1, 'provider_pending', -10000)) as moved (leg, account, amount)`
  expect(await own()).toBe(before - fees)
  expect(await ask(before - fees + 1)).toMatchObject({ refused: "payout_too_large" })
  await trading.fund(yuan(20_000), "bank")
  const most = await own()
  expect(most).toBe(before - fees)
  const both = await Promise.all([ask(most), ask(most)])
  expect(both.filter((answer) => !isRefusal(answer))).toHaveLength(1)
  expect(await own()).toBe(0)
})

test("what parties prepaid by bank lies there, and takes nothing from the platform's own at the provider", async () => {
  const own = async () => (await loadOwn(sql)).find(({ currency }) => currency === "CNY")?.minor ?? "0"
  await harness.control("POST", "topup", { amount: 500_000, currency: "cny" })
  await reconcile(services, {})
  const before = await own()
  const amount = yuan(30_000)
  const started = { commandId: newId("command"), amount, rail: "bank" } as const
  const { topUp: id } = (await topUp(services, trading.buyer, started)) as unknown as { topUp: Id<"topUp"> }
  const receipt = { commandId: newId("command"), topUp: id, amount, bankNumber: `BR-${id.slice(-12)}` }
  expect(isRefusal(await confirmTopUpReceipt(services, operator, receipt))).toBe(false)
  expect(await own()).toBe(before)
  await trading
    .agree(yuan(20_000))
    .then((trade) =>
      payTrade(services, trading.buyer, { commandId: newId("command"), trade, rail: "balance" }, "en"),
    )
  expect(await balance(`buyer_credit:${trading.buyer.party}`)).toBe(-10_000)
  expect(await own()).toBe(before)
})

test("an amount that no bank can move is no input", () => {
  const taken = (minor: string) =>
    payOutInput.safeParse({ commandId: newId("command"), amount: { minor, currency: "KWD" } }).success
  expect([taken("1000"), taken("1001")]).toEqual([true, false])
})
