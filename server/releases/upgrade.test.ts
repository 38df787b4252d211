import { expect, test } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import { versionManifest } from "#contracts/dataset.ts"
import type { Id } from "#contracts/ids.ts"
import { refuse } from "#contracts/refusal.ts"
import { rightsEvidence } from "#contracts/registration.ts"
import { rightsPolicy } from "#contracts/rights.ts"
import { statementLines } from "#contracts/statement.ts"
import { chargebackPage, chargebackQueue } from "../chargebacks/queries.ts"
import { deliveryOfTrade } from "../delivery/queries.ts"
import { auditBook } from "../escrow/audit.ts"
import { financeOverview, journalPage } from "../finance/queries.ts"
import { readOwnValues } from "../ledger/disclosures.ts"
import { sealAll, verifyExported } from "../ledger/test-export.ts"
import { checkLog } from "../ledger/test-log.ts"
import { myParty } from "../parties/queries.ts"
import { confirmPayout, confirmReceipt } from "../payments/commands.ts"
import { paymentPage } from "../payments/queries.ts"
import { loadPayment } from "../payments/store.ts"
import { legDue } from "../payments/testing/leg-due.ts"
import { payoutList } from "../payouts/queries.ts"
import { confirmRefund } from "../refunds/commands.ts"
import { claimQueue, myDebts } from "../refunds/queries.ts"
import { loadRefundsOf } from "../refunds/store.ts"
import { done, yuan } from "../refunds/test-sale.ts"
import { liftFreeze } from "../supervision/commands.ts"
import { completeness, freezePage } from "../supervision/queries.ts"
import { acceptTrade, confirmTrade, proposeTrade } from "../trades/commands.ts"
import { myTrades, tradePage } from "../trades/queries.ts"
import { deliver } from "../trades/settlement-rules.ts"
import { loadScene } from "../trades/store.ts"
import { upgradedMarket } from "./test-release.ts"

/**
 * A market that was filled before there were corrections, balances and bank files: trades in every state, their
 * payments, grants and postings, refunds, a debt, a chargeback, a payout, a freeze, a sealed log with disclosures, and
 * facts and jobs that wait. Two of its receipts name the same number of the bank's, which nobody refused then.
 */
const market = await upgradedMarket("0017.json.gz")
const { services, release, lost } = market
const { sql, newId, writer, config } = services
const { trades } = release
const { seller, buyer, operator, regulator } = release.people
const command = () => newId("command")
const lostAtFirst = await lost()
const sumsAtFirst = await sums()
const auditAtFirst = await auditBook(sql)

/** Of each account and currency. */
async function sums(): Promise<Map<string, bigint>> {
  const rows = await sql<{ account: string; sum: bigint }[]>`
    select account || ' ' || currency as account, sum(amount)::bigint as sum from postings group by 1 order by 1`
  return new Map(rows.map(({ account, sum }) => [account, BigInt(sum)]))
}

const sceneOf = async (trade: Id<"trade">) => {
  const scene = await loadScene(sql, trade)
  if (!scene) throw new Error(`${trade} is gone`)
  return scene
}
const paymentOf = async (trade: Id<"trade">) => {
  const { payment } = (await sceneOf(trade)).trade
  if (!payment) throw new Error(`${trade} has no payment`)
  return payment
}
const idsOf = async <T extends string>(table: string): Promise<T[]> =>
  (await sql.unsafe<{ id: T }[]>(`select id from ${table} order by id`)).map(({ id }) => id)

const tradeIn = (state: string): Id<"trade"> => {
  const trade = trades[state]
  if (!trade) throw new Error(`the release left no trade that is ${state}`)
  return trade
}

test("nothing that was there is lost, and the book's sums are the same", async () => {
  const tables = release.tables.map(({ table }) => table)
  expect(tables).toEqual(
    expect.arrayContaining([
      "public.trades",
      "public.payments",
      "public.grants",
      "public.postings",
      "public.sealed_facts",
      "public.disclosures",
      "public.pending_batches",
      "graphile_worker._private_jobs",
    ]),
  )
  expect(lostAtFirst).toEqual([])
  const before = new Map<string, bigint>()
  for (const { account, currency, amount } of rowsOf("public.postings")) {
    const of = `${account} ${currency}`
    before.set(of, (before.get(of) ?? 0n) + BigInt(amount ?? ""))
  }
  expect(before.size).toBeGreaterThan(20)
  expect(sumsAtFirst).toEqual(before)
  expect(auditAtFirst).toEqual([])
})

/** Of a table of the release, each with its columns' names. */
function rowsOf(table: string): Record<string, string | null>[] {
  const { columns = [], rows = [] } = release.tables.find((one) => one.table === table) ?? {}
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [columns[i], cell])))
}

test("a start that comes again changes nothing", async () => {
  const size = async () => (await sql<{ n: number }[]>`select count(*)::int as n from bank_uses`)[0]?.n
  const before = await size()
  await market.upgrade()
  expect([await lost(), await size()]).toEqual([[], before])
})

test("each page of today reads what was there", async () => {
  for (const trade of await idsOf<Id<"trade">>("trades")) {
    for (const actor of [seller, buyer, operator]) {
      const page = await done<Shown>(tradePage(services, actor, trade))
      expect(page.agreement?.text, trade).toContain(trade)
      expect(statementLines(page.trade, page.payment).length).toBeGreaterThan(1)
    }
    for (const actor of [seller, buyer]) await done(deliveryOfTrade(services, actor, trade))
  }
  expect(
    (await done<{ trades: [] }>(myTrades(services, buyer, { after: null, side: null }))).trades,
  ).toHaveLength(Object.keys(trades).length)
  for (const payment of await idsOf<Id<"payment">>("payments"))
    await done(paymentPage(services, operator, payment))
  for (const one of await idsOf<Id<"chargeback">>("chargebacks"))
    await done(chargebackPage(services, operator, one))
  for (const one of await idsOf<Id<"freeze">>("freezes")) await done(freezePage(services, regulator, one))
  for (const actor of Object.values(release.people)) await done(myParty(services, actor))
  const { refunds } = await done<{ refunds: [] }>(claimQueue(services, operator))
  const { debts } = await done<{ debts: [] }>(myDebts(services, seller))
  expect([refunds.length, debts.length]).toEqual([1, 1])
  const { chargebacks } = await done<{ chargebacks: [] }>(chargebackQueue(services, operator))
  expect(chargebacks).toHaveLength(1)
  expect(await done(payoutList(services, operator))).toMatchObject({ payouts: [{ state: "paid" }] })
  await done(completeness(services, regulator, { after: null, show: "all" }))
  const { balances } = await done<{ balances: [] }>(financeOverview(services, operator))
  expect(balances.length).toBeGreaterThan(5)
  for (const trade of Object.values(trades))
    await done(journalPage(services, operator, { type: "payment.held", of: trade, before: null }))
})

type Shown = {
  agreement: { text: string } | null
  trade: Parameters<typeof statementLines>[0]
  payment: Parameters<typeof statementLines>[1]
}

test("what people filled in then is of the forms of today", async () => {
  const parsed = async (query: string, form: { parse(value: unknown): unknown }) => {
    const rows = await sql.unsafe<{ value: unknown }[]>(query)
    expect(rows.length, query).toBeGreaterThan(10)
    for (const { value } of rows) expect(form.parse(value)).toEqual(value)
  }
  await parsed("select row->'policy' as value from listings", rightsPolicy)
  await parsed("select row->'evidence' as value from registrations", rightsEvidence)
  await parsed("select manifest as value from dataset_versions", versionManifest)
})

test("the values that were confidential then can still be opened, by those who could", async () => {
  const records = await sql<{ subject: string; version: number }[]>`
    select subject, version from sealed_facts where subject like 'trd_%' and version = 1`
  const opened = await readOwnValues(services, buyer, [...records])
  expect(new Set(opened.map(({ subject }) => subject)).size).toBe(records.length)
  expect(opened.filter(({ path }) => path === "/body/price").map(({ value }) => value)).toEqual(
    records.map(() => yuan(100_000)),
  )
})

test("a number of the bank's that confirmed something then confirms nothing more", async () => {
  const receipt = {
    commandId: command(),
    payment: await paymentOf(tradeIn("funding")),
    amount: yuan(100_000),
    bankNumber: "br-2026-1",
  }
  expect(await confirmReceipt(services, operator, receipt)).toMatchObject({ refused: "bank_number_used" })
})

/** As the worker's job does once it has compared the stored bytes. */
const delivered = (trade: Id<"trade">) => {
  const hash = "b".repeat(64)
  return done(
    writer.run(
      { giver: "system", id: `deliver:${trade}`, action: "trade.deliver", input: { trade } },
      async () => (await loadScene(sql, trade)) ?? refuse("not_found"),
      (scene, now) =>
        deliver(
          scene,
          newId("grant"),
          { versionHash: hash, measuredHash: hash, result: "same", at: now },
          now,
        ),
    ),
  )
}

/** The buyer accepts, and the operator pays the seller by bank. */
async function settle(trade: Id<"trade">, buyer: UserActor): Promise<void> {
  const payment = await paymentOf(trade)
  if ((await sceneOf(trade)).trade.state === "delivered")
    await done(acceptTrade(services, buyer, { commandId: command(), trade }))
  const leg = (await loadPayment(sql, payment))?.release
  await done(
    confirmPayout(services, operator, {
      commandId: command(),
      payment,
      leg: "release",
      attempt: leg?.attempt ?? 1,
      amount: await legDue(sql, payment, "release"),
      bankNumber: `NEW-${trade.slice(-12)}`,
    }),
  )
  expect((await sceneOf(trade)).trade.state).toBe("settled")
}

test("trades that were open go on to their end by the commands of today", async () => {
  const funding = tradeIn("funding")
  await done(
    confirmReceipt(services, operator, {
      commandId: command(),
      payment: await paymentOf(funding),
      amount: yuan(100_000),
      bankNumber: "NEW-1",
    }),
  )
  await delivered(funding)
  await settle(funding, buyer)

  await delivered(tradeIn("funded"))
  for (const state of ["funded", "delivered", "accepted"]) await settle(tradeIn(state), buyer)

  const { frozenBy } = (await sceneOf(tradeIn("frozen"))).trade
  if (!frozenBy) throw new Error("the freeze was lost")
  await done(liftFreeze(services, regulator, { commandId: command(), freeze: frozenBy, document: "2026-8" }))
  await settle(tradeIn("frozen"), buyer)

  const part = tradeIn("partRefunded")
  for (const { id, amount } of await loadRefundsOf(sql, part)) {
    const paid = { commandId: command(), refund: id, amount, bankNumber: "NEW-2" }
    await done(confirmRefund(services, operator, paid))
  }
  await settle(part, buyer)
  expect(await auditBook(sql)).toEqual([])
})

test("what was for sale then is sold today", async () => {
  const { listing, plan } = (await sceneOf(tradeIn("expired"))).trade
  const offer = { listing, plan, use: { actions: ["use"] as ["use"] }, locale: "en" as const }
  const { trade } = await done<{ trade: Id<"trade"> }>(
    proposeTrade(services, buyer, { commandId: command(), ...offer }),
  )
  const { agreementHash } = (await sceneOf(trade)).trade
  expect(await confirmTrade(services, buyer, { commandId: command(), trade, agreementHash })).toEqual({
    state: "agreed",
  })
})

test("the log goes on under its key, and all of it verifies", async () => {
  const before = await checkLog({ sql })
  await sealAll(sql, config.home)
  expect(await checkLog({ sql })).toBeGreaterThan(before + 20)
  expect(await verifyExported(services, config.home)).toEqual({ verdict: "intact", failures: [] })
})
