import type { TransactionSql } from "postgres"
import { expect, test } from "vitest"
import type { Money } from "#contracts/money.ts"
import { applySession, carryOut } from "../payments/apply.ts"
import { testMarket } from "../test-market.ts"
import { sweepDeadlines } from "../trades/deadlines.ts"
import { auditBook, auditSnapshot } from "./audit.ts"
import { testTrading } from "./trading.test-data.ts"

/** A market with a trade of each kind, whose book is then damaged in one way after another. */
const market = await testMarket()
const { services, harness, owner } = market
const trading = await testTrading(market)
const yuan = (minor: string): Money => ({ minor, currency: "CNY" })
const audit = async () => (await auditBook(services.sql)).map(({ rule, subject }) => [rule, subject] as const)

const settled = await trading.fund(yuan("10000"))
await trading.settle(settled)
const held = await trading.fund({ minor: "500", currency: "JPY" }, "bank")
const started = await trading.open(yuan("700"))
const late = await trading.open(yuan("900"))
await market.passTime(late.trade)
await sweepDeadlines(services)
await harness.control("POST", `sessions/${late.session}/pay`, {})
await applySession(services, late.session)
await carryOut(services, late.payment)

type Row = { source: [type: string, id: string]; account: string; amount: number; trade?: string }

/** What the audit says of a damaged book; the damage is rolled back. */
async function damaged(damage: (sql: TransactionSql) => Promise<unknown>) {
  let found: (readonly [string, string])[] = []
  await owner.sql
    .begin(async (transaction) => {
      await transaction`alter table postings disable trigger all`
      await damage(transaction)
      found = (await auditSnapshot(transaction)).map(({ rule, subject }) => [rule, subject] as const)
      throw new Error("rolled back")
    })
    .catch((error: Error) => {
      if (error.message !== "rolled back") throw error
    })
  return found
}

const post = (sql: TransactionSql, ...rows: Row[]) =>
  sql`insert into postings ${sql(
    rows.map(({ source, account, amount, trade = null }, i) => ({
      source_type: source[0],
      source_id: source[1],
      leg: i + 10,
      account,
      currency: "CNY",
      amount,
      trade,
      occurred_at: "2026-11-27T00:00:00.000Z",
    })),
  )}`

test("a market at rest breaks no rule", async () => {
  expect(await audit()).toEqual([])
})

test("a journal whose debits are not its credits is found", async () => {
  const found = await damaged(
    (sql) => sql`update postings set amount = amount + 1
      where source_type = 'payment.released' and source_id = ${settled.payment} and amount > 0`,
  )
  expect(found).toContainEqual(["journal", `payment.released ${settled.payment}`])
})

test("a liability that is overdrawn is found, and so is money that is not there", async () => {
  const account = `seller_payable:${trading.seller.party}`
  const found = await damaged((sql) =>
    post(
      sql,
      { source: ["x", "y"], account, amount: 5_000 },
      { source: ["x", "y"], account: "bank", amount: -5_000 },
    ),
  )
  expect(found).toContainEqual(["negative", account])
  expect(found).toContainEqual(["fact", "x y"])
  const uncovered = await damaged((sql) =>
    post(
      sql,
      { source: ["x", "y"], account: "platform_fee", amount: 5_000 },
      { source: ["x", "y"], account: "bank", amount: -5_000 },
      { source: ["x", "y"], account: "suspense", amount: -1 },
      { source: ["x", "y"], account: "bad_debt", amount: 1 },
    ),
  )
  expect(uncovered).toContainEqual(["coverage", "CNY"])
})

test("tax that was paid may be given back later, and no more than was paid", async () => {
  const given = async (amount: number) =>
    await damaged((sql) =>
      post(
        sql,
        { source: ["correction.taxPaid", "y"], account: "tax_payable", amount: 5_000 },
        { source: ["correction.taxPaid", "y"], account: "bank", amount: -5_000 },
        { source: ["x", "y"], account: "tax_payable", amount: amount - 5_000 },
        { source: ["x", "y"], account: "platform_capital", amount: 5_000 - amount },
      ),
    )
  expect(await given(5_000)).not.toContainEqual(["negative", "tax_payable"])
  expect(await given(5_001)).toContainEqual(["negative", "tax_payable"])
})

test("held funds that left without a parting are found by the trade's sum", async () => {
  const found = await damaged((sql) =>
    post(
      sql,
      { source: ["x", "y"], account: `held:${held.trade}`, amount: 500, trade: held.trade },
      { source: ["x", "y"], account: "bank", amount: -500, trade: held.trade },
    ),
  )
  expect(found).toContainEqual(["trade", held.trade])
})

test.each([
  ["money whose payment says it never came", started.payment, { state: "held" }],
  ["a payment that says less was paid", held.payment, { amount: { minor: "499", currency: "JPY" } }],
  ["a payment that says it was not parted", settled.payment, { state: "held", release: null }],
  ["a leg that says it is still to go", late.payment, { state: "parting", refund: { state: "pending" } }],
])("%s is found", async (_what, payment, changes) => {
  const found = await damaged(
    (sql) => sql`update payments set row = (row::jsonb || ${JSON.stringify(changes)}::text::jsonb)::json,
      state = coalesce(${JSON.parse(JSON.stringify(changes)).state ?? null}, state) where id = ${payment}`,
  )
  expect(found).toContainEqual(["payment", payment])
})

test("a journal without its fact is found, and a fact without its journal", async () => {
  const source = `payment.held ${held.payment}`
  const gone = await damaged(
    (sql) => sql`delete from postings where source_type = 'payment.held'
    and source_id = ${held.payment}`,
  )
  expect(gone).toContainEqual(["fact", source])
  expect(gone).toContainEqual(["payment", held.payment])
  const untold = await damaged(
    (sql) => sql`delete from pending_batches b using pending_facts f
    where f.batch = b.id and f.subject = ${held.payment}`,
  )
  expect(untold).toContainEqual(["fact", source])
})
