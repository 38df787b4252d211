import { describe, expect, test } from "vitest"
import type { Currency, Money } from "#contracts/money.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { fromForm } from "#contracts/rights/form.ts"
import { openForm } from "#contracts/rights/rights.test-data.ts"
import { type StatementKey, statementLines } from "#contracts/statement.ts"
import type { PlanTax } from "#contracts/tax.ts"
import type { Trade } from "#contracts/trade.ts"
import { applySession, carryOut } from "../payments/apply.ts"
import { sessionOf } from "../payments/card-rail.ts"
import { payTrade } from "../payments/commands.ts"
import { loadPayment } from "../payments/store.ts"
import { testMarket } from "../test-market.ts"
import {
  acceptTrade,
  confirmTrade,
  disputeTrade,
  invoiceTrade,
  proposeTrade,
  resolveTrade,
} from "./commands.ts"
import { canInvoice, mostInvoices } from "./invoice-rules.ts"
import { tradePage } from "./queries.ts"
import { deliver } from "./settlement-rules.ts"
import { loadAgreement, loadScene } from "./store.ts"

const market = await testMarket()
const { services, harness } = market
const { sql, newId } = services
const [seller, buyer, operator] = [
  await market.party("seller"),
  await market.party("buyer"),
  await market.party("operator"),
]
const german = await market.party("seller", { country: "DE" })
const french = await market.party("buyer", { country: "FR" })

const policy = fromForm({ ...openForm, abroad: "anywhere" })

type Sides = { seller: typeof seller; buyer: typeof buyer }
type TradeId = Trade["id"]
const command = () => ({ commandId: newId("command") })

async function must<T>(answer: Promise<T>): Promise<Exclude<T, { refused: string }>> {
  const found = await answer
  if (isRefusal(found)) throw new Error(`${found.refused} ${found.at ?? ""}`)
  return found as Exclude<T, { refused: string }>
}

const sceneOf = async (trade: TradeId) => {
  const scene = await loadScene(sql, trade)
  if (!scene) throw new Error("no such trade")
  return scene
}

/** A trade at such a plan, paid by card and delivered. */
async function deliveredTrade(price: Money, tax: PlanTax | undefined, sides: Sides): Promise<TradeId> {
  const { listing, plan } = await market.listing(sides.seller, { price, policy, ...(tax ? { tax } : {}) })
  const use = { actions: ["use"] as ["use"] }
  const proposed = await must(
    proposeTrade(services, sides.buyer, {
      ...command(),
      listing,
      plan,
      use,
      locale: "en",
      purchaseOrder: "PO-2026-7",
    }),
  )
  const { trade } = proposed as { trade: TradeId }
  const { agreementHash } = (await sceneOf(trade)).trade
  await must(confirmTrade(services, sides.buyer, { ...command(), trade, agreementHash }))
  const page = await must(payTrade(services, sides.buyer, { ...command(), trade, rail: "card" }, "en"))
  const payment = await loadPayment(sql, page.payment as never)
  if (!payment) throw new Error("no payment")
  const session = (await sessionOf(sql, payment)) ?? ""
  await harness.control("POST", `sessions/${session}/pay`, {})
  await applySession(services, session)
  const check = { versionHash: "b".repeat(64), measuredHash: "b".repeat(64), result: "same" } as const
  await must(
    services.writer.run(
      { giver: "system", id: `deliver:${trade}`, action: "trade.deliver", input: { trade } },
      async () => (await loadScene(sql, trade)) ?? refuse("not_found"),
      (scene, now) => deliver(scene, newId("grant"), { ...check, at: now }, now),
    ),
  )
  return trade
}

/** What the book has credited to each kind of account for the trade, in minor units. */
async function booked(trade: string): Promise<Record<string, number>> {
  const rows = await sql<{ kind: string; sum: bigint }[]>`
    select split_part(account, ':', 1) as kind, -sum(amount)::bigint as sum from postings
    where trade = ${trade} group by 1`
  return Object.fromEntries(rows.map(({ kind, sum }) => [kind, Number(sum)]))
}

async function settled(trade: TradeId) {
  const { payment } = await sceneOf(trade)
  if (!payment) throw new Error("no payment")
  await carryOut(services, payment.id)
  const after = await sceneOf(trade)
  const lines = statementLines(after.trade, after.payment)
  const of = (key: StatementKey) => Number(lines.find((line) => line.key === key)?.amount.minor ?? "0")
  const book = await booked(trade)
  const sent = (await harness.stripe.transfers.list({ transfer_group: trade })).data
  return { ...after, of, book, sent: sent.reduce((sum, { amount }) => sum + amount, 0) }
}

const thirteen: PlanTax = { basisPoints: 1_300, included: true }
const home = { seller, buyer }

describe("a trade in each currency, with tax", () => {
  const cases: [Currency, string, PlanTax, { price: string; tax: string; fee: string }][] = [
    ["CNY", "11300", thirteen, { price: "11300", tax: "1300", fee: "1000" }],
    ["USD", "19999", { basisPoints: 725, included: false }, { price: "21449", tax: "1450", fee: "2000" }],
    ["EUR", "10000", { basisPoints: 1_900, included: false }, { price: "11900", tax: "1900", fee: "1000" }],
    ["HKD", "77700", { basisPoints: 0, included: true }, { price: "77700", tax: "0", fee: "7770" }],
    ["JPY", "10999", { basisPoints: 1_000, included: true }, { price: "10999", tax: "1000", fee: "1000" }],
    ["KWD", "12340", { basisPoints: 500, included: false }, { price: "12960", tax: "620", fee: "1230" }],
  ]

  test.each(cases)(
    "%s %s: fixed when proposed, booked apart, and stated as booked",
    async (currency, minor, tax, expected) => {
      const trade = await deliveredTrade({ minor, currency }, tax, home)
      const { charges, price, purchaseOrder } = (await sceneOf(trade)).trade
      expect([price.minor, charges?.tax.minor, charges?.fee.minor]).toEqual([
        expected.price,
        expected.tax,
        expected.fee,
      ])
      expect(purchaseOrder).toBe("PO-2026-7")
      await must(acceptTrade(services, buyer, { ...command(), trade }))
      const end = await settled(trade)
      expect(end.trade.state).toBe("settled")
      expect(end.book.held).toBe(0)
      expect([end.book.platform_fee, end.book.tax_payable ?? 0, end.sent]).toEqual([
        end.of("fee"),
        end.of("taxKept"),
        end.of("payout"),
      ])
      expect(end.of("payout")).toBe(Number(expected.price) - Number(expected.tax) - Number(expected.fee))
    },
  )

  test("a part of it: fee and tax in proportion, the rest refunded", async () => {
    const trade = await deliveredTrade({ minor: "11300", currency: "CNY" }, thirteen, home)
    await must(
      disputeTrade(services, buyer, { ...command(), trade, reason: "incomplete", statement: "half" }),
    )
    const part = (minor: string): Money => ({ minor, currency: "CNY" })
    await must(
      resolveTrade(services, operator, {
        ...command(),
        trade,
        release: part("5650"),
        refund: part("5650"),
        note: "half",
      }),
    )
    const end = await settled(trade)
    expect(end.book).toMatchObject({ held: 0, platform_fee: 500, tax_payable: 650 })
    expect([end.of("refund"), end.of("fee"), end.of("taxKept"), end.of("payout")]).toEqual([
      5_650, 500, 650, 4_500,
    ])
    expect(end.sent).toBe(4_500)
  })
})

test("between two countries of the Union the buyer owes the tax, and the agreement says so", async () => {
  const price: Money = { minor: "11900", currency: "EUR" }
  const trade = await deliveredTrade(
    price,
    { basisPoints: 1_900, included: true },
    { seller: german, buyer: french },
  )
  const { trade: row } = await sceneOf(trade)
  expect(row.price).toEqual({ minor: "10000", currency: "EUR" })
  expect(row.charges).toMatchObject({ treatment: "reverseCharge", basisPoints: 0, tax: { minor: "0" } })
  expect((await loadAgreement(sql, row.agreementHash))?.text).toContain(
    "Reverse charge: the seller charges no VAT",
  )
})

test("the seller notes its tax invoice once the buyer has paid; the buyer cannot, nor with another form", async () => {
  const trade = await deliveredTrade({ minor: "11300", currency: "CNY" }, thirteen, home)
  const note = (by: typeof seller, number: string) =>
    invoiceTrade(services, by, { ...command(), trade, number })
  const number = "26352000000012345678"
  const { deadline } = (await sceneOf(trade)).trade
  expect(await note(seller, "INV-7")).toMatchObject({ refused: "invoice_number_invalid" })
  expect(await note(buyer, number)).toMatchObject({ refused: "role_not_allowed" })
  expect(await note(german, "INV-7")).toMatchObject({ refused: "not_found" })
  expect(await note(seller, number)).toEqual({ state: "delivered" })
  const { trade: row } = await sceneOf(trade)
  expect(row).toMatchObject({ invoice: { number }, state: "delivered", deadline })
  // The same again changes nothing; others take its place, but not without end.
  expect(await note(seller, number)).toEqual({ state: "delivered" })
  expect((await sceneOf(trade)).trade.version).toBe(row.version)
  const other = (i: number) => `2635200000002000${String(1_000 + i)}`
  for (let i = 2; i <= mostInvoices; i++) expect(await note(seller, other(i))).toEqual({ state: "delivered" })
  expect(await note(seller, other(0))).toMatchObject({ refused: "too_many_invoices" })
  expect(await note(seller, other(mostInvoices))).toEqual({ state: "delivered" })
  expect((await sceneOf(trade)).trade.invoice).toMatchObject({ number: other(mostInvoices) })
})

test("the buyer's invoicing details are read once the trade is paid, and not of one that ended unpaid", async () => {
  const billing = JSON.stringify({ title: "Paper Ltd", taxNumber: "91350211M000100Y43" })
  await market.owner.sql`update parties
    set row = jsonb_set(row::jsonb, '{billing}', ${billing}::text::jsonb)::json where id = ${buyer.party}`
  const told = async (trade: TradeId) => [
    (await must(tradePage(services, seller, trade))).billing?.title,
    (await must(tradePage(services, operator, trade))).billing?.title,
  ]
  const price: Money = { minor: "11300", currency: "CNY" }
  const { listing, plan } = await market.listing(seller, { price, policy, tax: thirteen })
  const offer = { ...command(), listing, plan, use: { actions: ["use"] as ["use"] }, locale: "en" as const }
  const { trade } = (await must(proposeTrade(services, buyer, offer))) as { trade: TradeId }
  const { agreementHash } = (await sceneOf(trade)).trade
  await must(confirmTrade(services, buyer, { ...command(), trade, agreementHash }))
  await must(payTrade(services, buyer, { ...command(), trade, rail: "bank" }, "en"))
  expect(await told(trade)).toEqual([undefined, undefined])
  const paid = await deliveredTrade(price, thirteen, home)
  expect(await told(paid)).toEqual(["Paper Ltd", "Paper Ltd"])
})

test.each([
  ["funded", "started", false],
  ["funded", "failed", false],
  ["funded", "held", true],
  ["settled", "closed", true],
  ["refunded", "closed", true],
  ["cancelled", "parting", false],
  ["expired", "closed", false],
] as const)("a trade that is %s with a payment that is %s", (state, payment, invoiced) => {
  const trade = { price: { minor: "100", currency: "CNY" } as Money, state }
  expect(canInvoice({ trade, payment: { state: payment } })).toBe(invoiced)
})
