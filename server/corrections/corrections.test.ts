import { setTimeout as delay } from "node:timers/promises"
import { expect, test } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import type { Correction, ExplainLine } from "#contracts/correction.ts"
import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { auditBook } from "../escrow/audit.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { oneAtATime } from "../one-at-a-time.ts"
import { applySession } from "../payments/apply.ts"
import { reconcile } from "../settlements/run.ts"
import { testMarket } from "../test-market.ts"
import { sessionOfTopUp } from "../top-ups/apply.ts"
import { topUp, topUpInstruction } from "../top-ups/commands.ts"
import { decideCorrection, explainLine, payTax } from "./commands.ts"
import { correctionList } from "./queries.ts"
import { loadCorrection } from "./store.ts"

/** The ways out of suspense and of the tax account: one person says what it is, another confirms it. */
const market = await testMarket({ retries: 0 })
const { services, harness, owner } = market
const { sql, newId } = services
const trading = await testTrading(market)
const { operator } = trading
const colleague: UserActor = { ...operator, user: newId("user") }
const yuan = (minor: string): Money => ({ minor, currency: "CNY" })
await harness.control("POST", "topup", { amount: 1_000_000, currency: "cny" })

async function compare(): Promise<void> {
  const answer = await reconcile(services, { patience: 0 })
  if (isRefusal(answer)) throw new Error(answer.refused)
  expect(await broken()).toEqual([])
}

/** Money that left unexplained stands on the wrong side until it is explained. */
const broken = async () => (await auditBook(sql)).filter(({ subject }) => subject !== "suspense")

/** Credits positive. */
async function balance(account: string): Promise<number> {
  const [row] = await sql<{ sum: string }[]>`
    select coalesce(-sum(amount), 0)::text as sum from postings where account = ${account}`
  return Number(row?.sum)
}

const listed = async () => {
  const list = await correctionList(services, operator)
  if (isRefusal(list)) throw new Error(list.refused)
  return list
}
const asked = (entry: string, changes: Partial<ExplainLine> = {}): ExplainLine => ({
  commandId: newId("command"),
  entry,
  reason: "ownResult",
  journal: null,
  note: "interest, by the provider's letter",
  ...changes,
})
const made = (answer: unknown) => (answer as { correction: Correction["id"] }).correction
const decide = (by: UserActor, correction: Correction["id"], confirm = true) =>
  decideCorrection(services, by, { commandId: newId("command"), correction, confirm })

/** Money at the provider of which nobody here knows. */
async function strange(amount: number): Promise<string> {
  const session = await harness.stripe.checkout.sessions.create({
    mode: "payment",
    ui_mode: "hosted_page",
    line_items: [
      { quantity: 1, price_data: { currency: "cny", unit_amount: amount, product_data: { name: "x" } } },
    ],
    success_url: "http://127.0.0.1:1/",
  })
  await harness.control("POST", `sessions/${session.id}/pay`, {})
  await compare()
  const { lines } = await listed()
  // Lines of one second have no order of their own, and earlier ones may lie there still.
  return lines.findLast((line) => line.amount === String(amount))?.entry ?? expect.fail("no line in suspense")
}

const openAlert = (subject: string) =>
  sql`select 1 from alerts where kind = 'line' and subject = ${subject} and closed_at is null`

test("a line in suspense is booked by two people, once, and its alert goes", async () => {
  const entry = await strange(5_000)
  const before = await balance("suspense")
  expect(await openAlert(entry)).toHaveLength(1)
  const buyer = await explainLine(services, trading.buyer, asked(entry))
  expect(buyer).toMatchObject({ refused: "role_not_allowed" })
  const correction = made(await explainLine(services, operator, asked(entry)))
  expect(await explainLine(services, colleague, asked(entry))).toMatchObject({ refused: "not_found" })
  expect(await decide(operator, correction)).toMatchObject({ refused: "second_person" })
  expect(await balance("suspense")).toBe(before)

  expect(await decide(colleague, correction)).toMatchObject({ state: "booked" })
  expect(await decide(colleague, correction)).toMatchObject({ refused: "correction_state" })
  const row = await loadCorrection(sql, correction)
  expect(await balance("other_income")).toBe(Number(row?.amount.minor))
  expect(await balance("suspense")).toBe(before - Number(row?.amount.minor))
  expect(await openAlert(entry)).toHaveLength(0)
  await compare()
  expect((await listed()).lines).toEqual([])
})

test("more at once than the pool has connections all get their answer", async () => {
  const all = Promise.all(Array.from({ length: 12 }, () => explainLine(services, operator, asked("nope"))))
  const answers = await Promise.race([all, delay(8_000, "none", { ref: false })])
  expect(answers).toEqual(Array.from({ length: 12 }, () => ({ refused: "not_found", at: "line" })))
})

test("who does not get the lock in time is told that the market is busy, in this process and beside another", async () => {
  const here = Promise.withResolvers<void>()
  const first = oneAtATime(sql, "here", () => here.promise)
  expect(await oneAtATime(sql, "here", async () => "done", 20)).toEqual({ refused: "too_busy" })
  const second = oneAtATime(sql, "here", async () => "done")
  here.resolve()
  expect(await Promise.all([first, second])).toEqual([undefined, "done"])
  await owner.sql.begin(async (elsewhere) => {
    await elsewhere`select pg_advisory_xact_lock(hashtextextended('there', 0))`
    expect(await oneAtATime(sql, "there", async () => "done", 20)).toEqual({ refused: "too_busy" })
  })
  expect(await oneAtATime(sql, "there", async () => "done", 20)).toBe("done")
})

test("what was dropped is in suspense as before, and can be said anew", async () => {
  const entry = await strange(6_000)
  const before = await balance("suspense")
  const first = made(await explainLine(services, operator, asked(entry)))
  expect((await listed()).lines).toEqual([])
  expect(await decide(operator, first, false)).toMatchObject({ state: "dropped" })
  expect(await decide(colleague, first)).toMatchObject({ refused: "correction_state" })
  expect(await balance("suspense")).toBe(before)
  const second = made(await explainLine(services, operator, asked(entry, { reason: "providerFee" })))
  const fees = await balance("provider_fees")
  expect(await decide(colleague, second)).toMatchObject({ state: "booked" })
  expect(await balance("provider_fees")).toBeGreaterThan(fees)
  expect(await balance("suspense")).toBe(0)
})

test("a line that is a journal's is put to it by hand, of the same amount, by nobody whose it is", async () => {
  const opened = await trading.fund(yuan("20000"), "card", "4000000000000077")
  const other = await trading.fund(yuan("21000"), "card", "4000000000000077")
  await compare()
  await trading.settle(opened)
  await trading.settle(other)
  // The provider has lost the marks of both.
  const { stripe } = harness
  for (const { trade } of [opened, other]) {
    const [transfer] = (await stripe.transfers.list({ transfer_group: trade })).data
    await stripe.transfers.update(transfer?.id ?? "", { metadata: { key: "", payment: "" } })
  }
  await compare()
  const { lines } = await listed()
  expect(lines.map(({ net }) => net).toSorted()).toEqual(["-18000", "-18900"])
  const entry = lines.find(({ net }) => net === "-18000")?.entry ?? ""
  const journal = { type: "payment.released", id: opened.payment }
  const of = (changes: Partial<ExplainLine>) => asked(entry, { reason: "journal", ...changes })
  const wrong = of({ journal: { ...journal, id: other.payment } })
  expect(await explainLine(services, operator, wrong)).toMatchObject({ refused: "payment_mismatch" })
  expect(
    await explainLine(services, operator, of({ journal: { ...journal, type: "payment.held" } })),
  ).toEqual(expect.objectContaining({ refused: "not_found" }))
  const own = { ...operator, parties: [operator.party, trading.seller.party] }
  expect(await explainLine(services, own, of({ journal }))).toMatchObject({ refused: "own_matter" })

  const correction = made(await explainLine(services, operator, of({ journal })))
  const ownToo = { ...colleague, parties: [operator.party, trading.seller.party] }
  expect(await decide(ownToo, correction)).toMatchObject({ refused: "own_matter" })
  expect(await decide(colleague, correction)).toMatchObject({ state: "booked" })
  await compare()
  // The other transfer's line is still there.
  expect(await balance("suspense")).toBe(-18_900)
  const missing = (
    await sql<{ subject: string }[]>`
    select subject from alerts where kind = 'journal' and closed_at is null`
  ).map(({ subject }) => subject)
  expect(missing).toEqual([`payment.released ${other.payment}`])
})

test("tax that was paid leaves the tax account with its document, by two people, and no more than is owed", async () => {
  const tax = { basisPoints: 1_300, included: true }
  await trading.settle(await trading.fund(yuan("11300"), "bank", undefined, tax))
  expect((await listed()).payable).toEqual([yuan("1300")])
  const paid = (minor: string) =>
    payTax(services, operator, {
      commandId: newId("command"),
      amount: yuan(minor),
      document: "完税证2026-11-001",
      note: "VAT of November",
    })
  expect(await paid("1301")).toMatchObject({ refused: "tax_too_large" })
  expect(await paid("0")).toMatchObject({ refused: "invalid_input" })
  const [first, second] = [made(await paid("1000")), made(await paid("1000"))]
  expect(await decide(operator, first)).toMatchObject({ refused: "second_person" })
  const bank = await balance("bank")
  expect(await decide(colleague, first)).toMatchObject({ state: "booked" })
  // Asked for when there was enough.
  expect(await decide(colleague, second)).toMatchObject({ refused: "tax_too_large" })
  expect(await decide(colleague, second, false)).toMatchObject({ state: "dropped" })
  expect([await balance("tax_payable"), await balance("bank")]).toEqual([300, bank + 1_000])
})

test("and the book keeps all its rules", async () => {
  expect(await owner.sql`select 1 from corrections where state = 'asked'`).toEqual([])
  expect(await broken()).toEqual([])
})

test("a top-up's journal is its party's own matter, for who explains and for who confirms", async () => {
  const entry = await strange(7_000)
  const { buyer } = trading
  const start = { commandId: newId("command"), amount: yuan("7000"), rail: "card" } as const
  const { topUp: id } = (await topUp(services, buyer, start)) as unknown as { topUp: Id<"topUp"> }
  await topUpInstruction(services, buyer, id, "en")
  const session = (await sessionOfTopUp(services, id)) ?? ""
  await harness.control("POST", `sessions/${session}/pay`, {})
  await applySession(services, session)
  const explained = asked(entry, { reason: "journal", journal: { type: "topUp.received", id } })
  const own = (by: UserActor): UserActor => ({ ...by, parties: [by.party, buyer.party] })
  expect(await explainLine(services, own(operator), explained)).toMatchObject({ refused: "own_matter" })
  const correction = made(await explainLine(services, operator, explained))
  expect(await decide(own(colleague), correction)).toMatchObject({ refused: "own_matter" })
  expect(await decide(colleague, correction)).toMatchObject({ state: "booked" })
})
