import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import { journalTypes } from "#contracts/escrow.ts"
import { parseCsvRow } from "#contracts/ledger/csv.ts"
import { factTypes } from "#contracts/ledger/fact.ts"
import type { Money } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { Browser } from "../access/test-browser.ts"
import { type Alert, raiseAlert } from "../alerts/store.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { doors } from "../http/doors.ts"
import { makeFrontDoor } from "../http/front-door.ts"
import { testMarket } from "../test-market.ts"
import { runAudit } from "./audit-run.ts"
import { checkBooks, closeAlertInput, closeFinding } from "./commands.ts"
import { csvLine, formulaSafe } from "./csv.ts"
import { financeOverview, journalPage } from "./queries.ts"

const market = await testMarket()
const { services, owner } = market
const { sql } = services
const trading = await testTrading(market)
const price: Money = { minor: "20000", currency: "CNY" }
const settled = await trading.fund(price)
await trading.settle(settled)
const held = await trading.fund(price, "bank")
const server = createServer(makeFrontDoor(services, doors, (_, response) => response.writeHead(404).end()))
let origin = ""
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

async function seen<T>(answer: Promise<T>) {
  const got = await answer
  if (isRefusal(got)) throw new Error(got.refused)
  return got as Exclude<T, { refused: string }>
}

test("every money fact's journal has its place in the list of types", () => {
  const money = Object.entries(factTypes)
    .filter(([, { clear }]) => "journalHash" in (clear as { shape: object }).shape)
    .map(([type]) => type.split("@")[0] as string)
  expect([...journalTypes].toSorted()).toEqual([...new Set([...money, "payment.providerFee"])].toSorted())
})

test("the operator sees what each kind of account holds, and how long funds are held", async () => {
  await owner.sql`alter table postings disable trigger all`
  await owner.sql`update postings set occurred_at = '2026-01-02T00:00:00.000Z'
    where source_type = 'payment.held' and source_id = ${held.payment}`
  await owner.sql`alter table postings enable trigger all`
  const { balances, held: ages } = await seen(financeOverview(services, trading.operator))
  const of = (kind: string) => balances.find((balance) => balance.kind === kind)?.amount
  expect(of("held")).toBe("-20000")
  expect(of("bank")).toBe("20000")
  expect(of("platform_fee")).toBe("-2000")
  expect(of("seller_payable")).toBeUndefined()
  expect(ages).toEqual([{ currency: "CNY", age: 4, payments: 1, amount: "20000" }])
})

test("journals are listed by type in pages, or all of a trade, each with its trade", async () => {
  const of = (input: object) =>
    seen(journalPage(services, trading.operator, { type: "payment.held", of: "", before: null, ...input }))
  const received = await of({})
  expect(received.journals.map(({ source }) => source.id)).toEqual(
    [settled.payment, held.payment].toSorted().reverse(),
  )
  const all = await of({ of: settled.trade })
  expect(all.journals.map(({ source }) => source.type).toSorted()).toEqual([
    "payment.held",
    "payment.parted",
    "payment.providerFee",
    "payment.released",
  ])
  expect(all.journals.every(({ trade }) => trade === settled.trade)).toBe(true)
  expect((await of({ of: held.payment })).journals).toHaveLength(1)
  expect(
    await journalPage(services, trading.operator, { type: "payment.held", of: "x", before: null }),
  ).toEqual({ refused: "invalid_input", at: "of" })
})

test("a journal names the sealed record that certifies it, and another's does not do", async () => {
  const [fact] = await sql<{ fact: { body: { journalHash: string } } }[]>`
    select fact::json as fact from pending_facts where subject = ${held.payment} and fact like '%payment.held@1%'`
  await owner.sql`insert into sealed_facts (index, subject, version, hash, leaf) values
    (7, ${held.payment}, 2, sha256('x'), convert_to(${`{"body":{"journalHash":"${fact?.fact.body.journalHash}"}}`}, 'UTF8'))`
  const { journals } = await seen(
    journalPage(services, trading.operator, { type: "payment.held", of: "", before: null }),
  )
  const records = Object.fromEntries(journals.map(({ source, index }) => [source.id, index]))
  expect(records).toEqual({ [held.payment]: 7, [settled.payment]: null })
  await owner.sql`alter table sealed_facts disable trigger all`
  await owner.sql`delete from sealed_facts`
})

test("a regulator of funds everywhere reads it, others do not, and only the operator acts", async () => {
  const funds = await market.party("regulator", { remit: { regions: ["all"], duties: ["funds"] } })
  const local = await market.party("regulator", { remit: { regions: ["CN-33"], duties: ["funds", "data"] } })
  const data = await market.party("regulator", { remit: { regions: ["all"], duties: ["data"] } })
  expect(await financeOverview(services, funds)).toHaveProperty("balances")
  for (const actor of [local, data, trading.buyer, trading.seller])
    expect(await financeOverview(services, actor)).toMatchObject({ refused: "role_not_allowed" })
  expect(await financeOverview(services, { kind: "anonymous" })).toEqual({ refused: "not_signed_in" })
  expect(await checkBooks(services, funds)).toMatchObject({ refused: "role_not_allowed" })
  const requester: UserActor = { ...trading.operator, memberRole: "requester" }
  expect(await closeFinding(services, requester, { alert: 1, note: "seen" })).toMatchObject({
    refused: "member_role_not_allowed",
  })
})

test("what an audit finds stands before somebody until it has gone; closing it does not make it right", async () => {
  await checkBooks(services, trading.operator)
  const open = async () =>
    (await seen(financeOverview(services, trading.operator))).alerts.filter(
      ({ kind }) => kind === "invariant",
    )
  const before = await open()
  await owner.sql`alter table postings disable trigger all`
  const [source, account] = [`x ${settled.payment}`, "bank"]
  await owner.sql`insert into postings (source_type, source_id, leg, account, currency, amount, occurred_at)
    values ('x', ${settled.payment}, 1, ${account}, 'CNY', 5, '2026-11-27T00:00:00.000Z')`
  await owner.sql`alter table postings enable trigger all`
  await runAudit(services)
  const found = (await open()).find(({ subject }) => subject === `journal ${source}`)
  expect(found).toMatchObject({ kind: "invariant", code: "journal", count: 1 })
  expect(await closeFinding(services, trading.operator, { alert: found?.id ?? 0, note: "a test" })).toEqual({
    closed: found?.id,
  })
  await runAudit(services)
  expect((await open()).find(({ subject }) => subject === `journal ${source}`)).toBeDefined()
  await owner.sql`alter table postings disable trigger all`
  await owner.sql`delete from postings where source_type = 'x'`
  await owner.sql`alter table postings enable trigger all`
  await runAudit(services)
  expect((await open()).map(({ subject }) => subject)).toEqual(before.map(({ subject }) => subject))
})

test("an alert is closed once, and found again is a new one", async () => {
  const raise = () => raiseAlert(sql, { kind: "event", subject: "evt_1", code: "payment_mismatch" })
  await raise()
  await raise()
  // As a browser has it and sends it back: through JSON.
  const { alerts } = JSON.parse(JSON.stringify(await seen(financeOverview(services, trading.operator)))) as {
    alerts: Alert[]
  }
  const alert = alerts.find(({ subject }) => subject === "evt_1")
  expect(alert?.count).toBe(2)
  const close = () =>
    closeFinding(services, trading.operator, closeAlertInput.parse({ alert: alert?.id, note: "seen" }))
  expect(await close()).toEqual({ closed: alert?.id })
  expect(await close()).toMatchObject({ refused: "not_found" })
  await raise()
  const again = (await seen(financeOverview(services, trading.operator))).alerts
  expect(again.find(({ subject }) => subject === "evt_1")).toMatchObject({ count: 1 })
})

test("the book as a table has each posting once, with amounts that stay numbers, for who may read it only", async () => {
  expect((await fetch(`${origin}/api/finance/book.csv`)).status).toBe(401)
  const browser = new Browser(services, "198.51.100.81")
  await (await browser.ask()).access.signUp({
    name: "Finance",
    email: "finance@example.org",
    password: "long enough for us",
  })
  const me = await (await browser.ask()).access.me()
  await owner.sql`insert into members (party, "user", role)
    values (${trading.operator.party}, ${me?.user.id ?? ""}, 'administrator')`
  const cookie = browser.headers().get("cookie") ?? ""
  const read = async (query = "") => {
    const response = await fetch(`${origin}/api/finance/book.csv${query}`, { headers: { cookie } })
    expect(response.status).toBe(200)
    return (await response.text()).trimEnd().split("\r\n").map(parseCsvRow)
  }
  const [head, ...rows] = await read()
  expect(head).toEqual("journal,of,leg,account,currency,debit,credit,trade,occurredAt".split(","))
  const [count] = await sql<{ n: number }[]>`select count(*)::int as n from postings`
  expect(rows).toHaveLength(count?.n ?? 0)
  expect(rows).toContainEqual(
    expect.arrayContaining(["payment.held", settled.payment, "1", "provider_pending", "CNY", "200.00", ""]),
  )
  expect(await read("?type=payment.parted")).toHaveLength(4)
  const wrong = await fetch(`${origin}/api/finance/book.csv?type=nothing`, { headers: { cookie } })
  expect(wrong.status).toBe(400)
})

test.each(["=1+1", "+1", "-1", "@x", "\tx"])("a field like %j is text to a spreadsheet", (field) => {
  expect(formulaSafe(field)).toBe(`'${field}`)
})

test("a credit of a currency without decimals is written in its own column, whole", () => {
  const line = csvLine({
    type: "payment.held",
    id: "pay_1",
    leg: 2,
    account: "held:trd_1",
    currency: "JPY",
    amount: "-500",
    trade: null,
    occurredAt: "2026-11-27T00:00:00.000Z",
  })
  expect(line).toBe("payment.held,pay_1,2,held:trd_1,JPY,,500,,2026-11-27T00:00:00.000Z\r\n")
})
