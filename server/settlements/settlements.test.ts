import { expect, test } from "vitest"
import type { Money } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { agrees } from "#contracts/settlement.ts"
import { applyDispute } from "../chargebacks/apply.ts"
import { auditBook } from "../escrow/audit.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { applySession, carryOut } from "../payments/apply.ts"
import { loadPayment } from "../payments/store.ts"
import { testMarket } from "../test-market.ts"
import { reconcile } from "./run.ts"
import { loadRuns } from "./run-store.ts"

/** A market's book beside the stand-in's, after each step of a day. */
const market = await testMarket({ retries: 0 })
const { services, harness, owner } = market
const { sql } = services
const trading = await testTrading(market)
const yuan = (minor: string): Money => ({ minor, currency: "CNY" })

async function run(patience?: number) {
  const answer = await reconcile(services, patience === undefined ? {} : { patience })
  if (isRefusal(answer)) throw new Error(answer.refused)
  const [row] = await loadRuns(sql, null, 1)
  if (!row) throw new Error("no run")
  expect((await auditBook(sql)).filter(({ rule }) => rule !== "negative")).toEqual([])
  return row
}

/** The book at the provider, and what the provider says of itself. */
async function standing() {
  const rows = await sql<{ account: string; sum: string }[]>`
    select account, sum(amount)::text as sum from postings
    where account like 'provider\\_%' and account <> 'provider_fees' and currency = 'CNY' group by account`
  const book = Object.fromEntries(rows.map(({ account, sum }) => [account, Number(sum)]))
  const said = await harness.stripe.balance.retrieve()
  const of = (parts: { currency: string; amount: number }[]) =>
    parts.find(({ currency }) => currency === "cny")?.amount ?? 0
  const { provider_pending = 0, provider_available = 0 } = book
  return {
    book: { pending: provider_pending, available: provider_available },
    provider: { pending: of(said.pending), available: of(said.available) },
  }
}

const alerts = () =>
  sql`select kind, subject, code from alerts where closed_at is null and kind in ('line', 'journal', 'balance')`

/** Credits positive. */
async function suspense(): Promise<number> {
  const [row] = await sql<{ sum: string }[]>`
    select coalesce(-sum(amount), 0)::text as sum from postings where account = 'suspense'`
  return Number(row?.sum)
}

const journalOf = (id: string) =>
  sql`select account, amount::text as amount from postings
    where source_type = 'settlement.booked' and source_id = ${id} order by leg`

test("the platform's float is its capital, booked by the first comparison and by no second", async () => {
  await harness.control("POST", "topup", { amount: 100_000, currency: "cny" })
  const first = await run()
  expect(first).toMatchObject({ state: "booked", lines: 1, matched: 1, settled: 1, suspended: 0, missing: 0 })
  expect(await journalOf(first.id)).toEqual([
    { account: "provider_pending", amount: "100000" },
    { account: "platform_capital", amount: "-100000" },
    { account: "provider_available", amount: "100000" },
    { account: "provider_pending", amount: "-100000" },
  ])
  expect(await run()).toMatchObject({ state: "nothing", lines: 0 })
  expect((await standing()).book).toEqual({ pending: 0, available: 100_000 })
})

test("a charge is pending until the provider says that it is available; so is its transfer", async () => {
  await trading.settle(await trading.fund(yuan("20000")))
  expect(await run()).toMatchObject({ matched: 2, settled: 0 })
  let { book, provider } = await standing()
  expect(book).toEqual(provider)
  expect(book.pending).toBeGreaterThan(0)
  const before = book.pending
  await trading.settle(await trading.fund(yuan("25000"), "card", "4000000000000077"))
  expect((await standing()).book.pending).not.toBe(before)
  expect(await run()).toMatchObject({ matched: 2, settled: 2 })
  ;({ book, provider } = await standing())
  expect(book).toEqual(provider)
  expect(book.pending).toBe(before)
  expect(await alerts()).toEqual([])
})

test("a fee that was not known when the money came is booked when the provider's line tells it", async () => {
  const opened = await trading.open(yuan("30000"))
  await harness.control("POST", `sessions/${opened.session}/pay`, {})
  const { retrieveCheckout } = services.provider
  const unknowing: typeof services.provider = {
    ...services.provider,
    async retrieveCheckout(session) {
      const answer = await retrieveCheckout(session)
      return "ok" in answer && answer.ok.kind === "captured" ? { ok: { ...answer.ok, fee: null } } : answer
    },
  }
  await applySession({ ...services, provider: unknowing }, opened.session)
  expect(
    await sql`select 1 from postings where source_type = 'payment.providerFee'
    and source_id = ${opened.payment}`,
  ).toHaveLength(0)
  const { id } = await run()
  const journal = await journalOf(id)
  expect(journal).toContainEqual({ account: "provider_fees", amount: expect.stringMatching(/^[1-9]\d+$/) })
  const { book, provider } = await standing()
  expect(book).toEqual(provider)
})

test("money that nothing explains goes into suspense in its time, before somebody, and stays there while nothing does", async () => {
  const session = await harness.stripe.checkout.sessions.create({
    mode: "payment",
    ui_mode: "hosted_page",
    line_items: [
      { quantity: 1, price_data: { currency: "cny", unit_amount: 5_000, product_data: { name: "x" } } },
    ],
    success_url: "http://127.0.0.1:1/",
  })
  await harness.control("POST", `sessions/${session.id}/pay`, {})
  expect(await run()).toMatchObject({ lines: 1, suspended: 0 })
  expect(await alerts()).toEqual([])
  expect(await run(0)).toMatchObject({ suspended: 1 })
  const [line] = await sql`select entry from provider_lines where payment is null and kind = 'charge'`
  expect(await alerts()).toEqual([{ kind: "line", subject: line?.entry, code: "line_unexplained" }])
  const { book, provider } = await standing()
  expect(book).toEqual(provider)
  expect(await run(0)).toMatchObject({ suspended: 0 })
  await sql`update alerts set closed_at = now()`
})

test("a line in suspense leaves it when its call turns out after all, in one booking", async () => {
  const opened = await trading.fund(yuan("22000"), "card", "4000000000000077")
  await trading.accept(opened)
  await harness.control("POST", "faults", { kind: "error_after", method: "POST", path: "/v1/transfers" })
  await carryOut(services, opened.payment)
  await harness.control("DELETE", "faults")
  const before = await suspense()
  expect(await run(0)).toMatchObject({ suspended: 1 })
  expect(await suspense()).toBe(before - 19_800)
  expect((await alerts()).map(({ kind }) => kind)).toEqual(["line"])
  expect(await run(0)).toMatchObject({ matched: 0 })

  await carryOut(services, opened.payment)
  const { id } = await run(0)
  expect(await suspense()).toBe(before)
  expect(await alerts()).toEqual([])
  expect(await sql`select step from line_steps where settlement = ${id} order by step`).toEqual([
    { step: "cleared" },
    { step: "matched" },
  ])
  const { book, provider } = await standing()
  expect(book).toEqual(provider)
  expect(await run(0)).toMatchObject({ matched: 0, state: "nothing" })
})

test("so does a chargeback's, whose journal says itself that the money was available", async () => {
  const opened = await trading.fund(yuan("23000"), "card", "4000000000000077")
  await run(0)
  const { charge } = (await loadPayment(sql, opened.payment)) ?? {}
  const { id } = (await harness.control("POST", `charges/${charge}/dispute`, {})) as { id: string }
  const before = await suspense()
  expect(await run(0)).toMatchObject({ suspended: 1, settled: 1 })
  expect(await suspense()).toBeLessThan(before)
  await applyDispute(services, id)
  await run(0)
  expect(await suspense()).toBe(before)
  const { book, provider } = await standing()
  expect(book).toEqual(provider)
  expect(await alerts()).toEqual([])
})

test("a line for less than the journal says is not that journal's", async () => {
  const opened = await trading.fund(yuan("40000"))
  await run()
  const other = await trading.fund(yuan("41000"))
  // Booked for another amount than the provider's, by whatever fault.
  await owner.sql`alter table postings disable trigger all`
  await owner.sql`update postings set amount = sign(amount) * 41001
    where source_type = 'payment.held' and source_id = ${other.payment}`
  const answer = await reconcile(services, { patience: 0 })
  expect(isRefusal(answer)).toBe(false)
  const [row] = await loadRuns(sql, null, 1)
  expect(row).toMatchObject({ matched: 0, suspended: 1, missing: 1 })
  expect(await alerts()).toContainEqual({
    kind: "journal",
    subject: `payment.held ${other.payment}`,
    code: "journal_without_line",
  })
  await owner.sql`update postings set amount = sign(amount) * 41000
    where source_type = 'payment.held' and source_id = ${other.payment}`
  await owner.sql`alter table postings enable trigger all`
  expect(opened.payment).not.toBe(other.payment)
  await sql`update alerts set closed_at = now()`
})

test("two comparisons at once, and one whose process ended before it had booked, book each line once", async () => {
  await trading.fund(yuan("50000"), "card", "4000000000000077")
  const stopped = { ...services, writer: Object.create(services.writer) as typeof services.writer }
  stopped.writer.run = async () => {
    throw new Error("the process ended")
  }
  await expect(reconcile(stopped)).rejects.toThrow("the process ended")
  const answers = await Promise.all([reconcile(services), reconcile(services), reconcile(services)])
  expect(answers.some((answer) => !isRefusal(answer))).toBe(true)
  const [twice] =
    await sql`select entry from line_steps where step = 'matched' group by entry having count(*) > 1`
  expect(twice).toBeUndefined()
  expect(await sql`select 1 from settlement_runs where state = 'begun'`).toHaveLength(0)
  const [begun] = await sql`select count(*)::int as wrong from line_steps s where amount <> 0
    and not exists (select from settlements where id = s.settlement)`
  expect(begun?.wrong).toBe(0)
})

test("a provider that says another balance than its lines come to is told of, until it agrees", async () => {
  const { balance } = services.provider
  const wrong: typeof services.provider = {
    ...services.provider,
    async balance() {
      const said = await balance()
      if (!("ok" in said)) return said
      return { ok: { ...said.ok, pending: [...said.ok.pending, { minor: "1", currency: "CNY" }] } }
    },
  }
  await reconcile({ ...services, provider: wrong })
  expect(await alerts()).toContainEqual({ kind: "balance", subject: "CNY", code: "balance_differs" })
  const [row] = await loadRuns(sql, null, 1)
  expect(row?.balances?.map(agrees)).toContain(false)
  await reconcile(services)
  expect(await alerts()).not.toContainEqual(expect.objectContaining({ kind: "balance" }))
})

test("a line in a currency that is not known here is left out and told of once, and the others go on", async () => {
  await sql`insert into provider_lines (provider, entry, kind, type, amount, fee, net, currency, at, available_at)
    select provider, 'txn_francs_' || made, made, type, 700, 0, 700, 'CHF', at, available_at
    from provider_lines, unnest(array['topUp', 'charge']) as made
    where entry = (select min(entry) from provider_lines)`
  await trading.fund(yuan("42000"), "card", "4000000000000077")
  expect(await run(0)).toMatchObject({ state: "booked", matched: 1, suspended: 0 })
  const told =
    () => sql`select subject, code from alerts where subject like 'txn_francs%' and closed_at is null
    order by subject`
  expect(await told()).toEqual([
    { subject: "txn_francs_charge", code: "currency_unknown" },
    { subject: "txn_francs_topUp", code: "currency_unknown" },
  ])
  await sql`update alerts set closed_at = now()`
  await run(0)
  expect(await told()).toEqual([])
})
