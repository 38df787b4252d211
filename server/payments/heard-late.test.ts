import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import { applyDisputeFact } from "../chargebacks/apply.ts"
import { auditBook } from "../escrow/audit.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { sealAll, verifyExported } from "../ledger/test-export.ts"
import { carryOutRefund } from "../refunds/carry-out.ts"
import { giveMoneyBack } from "../refunds/commands.ts"
import { loadRefund } from "../refunds/store.ts"
import { done } from "../refunds/test-sale.ts"
import { reconcile } from "../settlements/run.ts"
import { testMarket } from "../test-market.ts"
import { sweepDeadlines } from "../trades/deadlines.ts"
import { appliers } from "./appliers.ts"
import { carryOut } from "./apply.ts"
import { askRefundLegByBank, decideRefundLegByBank } from "./leg-by-bank.ts"
import { loadPayment } from "./store.ts"

/** Refunds that counted as refused and were made after all, where a lost chargeback has a part in the same money. */
const market = await testMarket()
const { services, harness } = market
const { sql, newId } = services
const trading = await testTrading(market)
const price: Money = { minor: "10000", currency: "CNY" }
await harness.control("POST", "topup", { amount: 10_000_000, currency: "cny" })

const balance = async (account: string) => {
  const [row] = await sql<{ sum: string }[]>`
    select coalesce(sum(amount), 0)::text as sum from postings where account = ${account}`
  return Number(row?.sum)
}
const atProvider = async () => (await balance("provider_pending")) + (await balance("provider_available"))
const rowOf = async (id: Id<"payment">) => (await loadPayment(sql, id)) ?? expect.fail("no such payment")

/** All of the price is to go back, by its leg or by a refund of 40.00 beside it, and the provider has refused it. */
async function refused(how: "leg" | "refund") {
  const opened = await trading.fund(price)
  const { charge } = await rowOf(opened.payment)
  const all = await harness.stripe.refunds.create({ charge: charge ?? "" })
  const amount = how === "leg" ? price : { ...price, minor: "4000" }
  let refund: Id<"refund"> | null = null
  if (how === "leg") {
    await market.passTime(opened.trade)
    await sweepDeadlines(services)
    await carryOut(services, opened.payment)
  } else {
    const input = { commandId: newId("command"), trade: opened.trade, amount, reason: "agreed", note: "part" }
    refund = (await done<{ refund: Id<"refund"> }>(giveMoneyBack(services, trading.seller, input as never)))
      .refund
    await carryOutRefund(services, refund)
  }
  await harness.control("POST", `refunds/${all.id}/fail`, {})
  const key = `refund:${refund ?? opened.payment}:1`
  const [sent] = await sql`select state from intents where key = ${key}`
  expect(sent).toEqual({ state: "failed" })
  /** What the provider has made of the refused call after all. */
  const make = () =>
    harness.stripe.refunds.create({
      charge: charge ?? "",
      amount: Number(amount.minor),
      metadata: { trade: opened.trade, payment: opened.payment, key },
    })
  return { ...opened, charge: charge ?? "", refund, make }
}

/** A chargeback that was lost, also of money that has gone back already: as a bank may, and the stand-in does not. */
async function lose({ payment, trade, charge }: Awaited<ReturnType<typeof refused>>, minor: number) {
  const sum = (fen: number) => ({ minor: String(fen), currency: "CNY" })
  await done(
    applyDisputeFact(services, {
      kind: "dispute",
      dispute: `du_${newId("command")}`,
      status: "lost",
      charge,
      marks: { tradeId: trade, paymentId: payment, key: null },
      amount: sum(minor),
      withdrawn: { amount: sum(minor), fee: sum(0) },
      reinstated: null,
      reason: "credit_not_processed",
      dueBy: null,
      at: services.writer.now(),
    }),
  )
}

const wrong = async () =>
  (await auditBook(sql)).filter(({ rule }) => /^(payment|trade|fact|liability)$/.test(rule))
/** What the two books tell differently of these refunds. */
async function unexplained(...made: string[]) {
  await reconcile(services, { patience: 0 })
  return sql`select code from alerts where closed_at is null
    and (kind = 'line' and detail->>'source' = any(${made}) or kind = 'journal' and subject like '%refund%')`
}

test("what was made is heard of before a lost chargeback is taken out of what is still owed", async () => {
  const leg = await refused("leg")
  const beside = await refused("refund")
  const [byLeg, byRefund] = [await leg.make(), await beside.make()]
  const before = await balance("chargeback_loss")
  await lose(leg, 3_000)
  expect((await rowOf(leg.payment)).refund).toMatchObject({
    state: "done",
    amount: price,
    reference: byLeg.id,
  })
  // The buyer has it twice, and nobody can be asked for it.
  expect(await balance("chargeback_loss")).toBe(before + 3_000)
  await lose(beside, 3_000)
  expect(await loadRefund(sql, beside.refund as Id<"refund">)).toMatchObject({
    state: "repaid",
    amount: { minor: "4000" },
    reference: byRefund.id,
  })
  // Of what is held there was enough.
  expect(await balance("chargeback_loss")).toBe(before + 3_000)
  expect(await balance(`held:${beside.trade}`)).toBe(-3_000)
  for (const { trade } of [leg, beside]) expect(await balance(`refund_payable:${trade}`)).toBe(0)
  expect(await wrong()).toEqual([])
  expect(await unexplained(byLeg.id, byRefund.id)).toEqual([])
})

test.each(["leg", "refund", "leg by bank"] as const)(
  "what was made of a %s is booked for as much as was asked for, where a chargeback has lowered it since",
  async (how) => {
    const one = await refused(how === "refund" ? "refund" : "leg")
    await lose(one, 3_000)
    if (how === "leg by bank") {
      const { payment } = one
      const version = async () => ({
        commandId: newId("command"),
        payment,
        version: (await rowOf(payment)).version,
      })
      const to = "Bank of Shanghai, Buyer Ltd, 6222 0001"
      await done(askRefundLegByBank(services, trading.operator, { ...(await version()), to, note: "closed" }))
      const colleague = { ...trading.operator, user: newId("user") }
      await done(decideRefundLegByBank(services, colleague, { ...(await version()), confirm: true }))
    }
    const [before, cash] = [await balance("chargeback_loss"), await atProvider()]
    const made = await one.make()
    for (let i = 0; i < 2; i++) await appliers.refund?.(services, made.id)
    const asked = how === "refund" ? 4_000 : 10_000
    const row = one.refund ? await loadRefund(sql, one.refund) : (await rowOf(one.payment)).refund
    expect(row).toMatchObject({
      state: one.refund ? "repaid" : "done",
      amount: { minor: String(asked - 3_000) },
      reference: made.id,
    })
    expect(await balance(`refund_payable:${one.trade}`)).toBe(0)
    expect(await atProvider()).toBe(cash - asked)
    expect(await balance("chargeback_loss")).toBe(before + 3_000)
    expect(await wrong()).toEqual([])
    expect(await unexplained(made.id)).toEqual([])
  },
)

test("the records of all this say what its journals moved: an export of them verifies", async () => {
  const home = await mkdtemp(join(tmpdir(), "quanheng-heard-"))
  try {
    await sealAll(sql, home)
    expect(await verifyExported(services, home)).toEqual({ verdict: "intact", failures: [] })
  } finally {
    await rm(home, { recursive: true, force: true })
  }
})
