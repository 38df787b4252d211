import { randomBytes } from "node:crypto"
import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import { type Id, kindOfId } from "#contracts/ids.ts"
import { coversRegion, type Remit, regionOf, wholeRemit } from "#contracts/remit.ts"
import { inRegions, withinRemit } from "../access/remit-store.ts"
import { openValues } from "../ledger/disclosures.ts"
import { requestExport } from "../ledger/export/commands.ts"
import { carryOutExport, exportFolder } from "../ledger/export/job.ts"
import { createLogKey } from "../ledger/log-key.ts"
import { Sequencer } from "../ledger/sequencer.ts"
import { entrustRegulator } from "../parties/commands.ts"
import { paymentQueue } from "../payments/queries.ts"
import { imposeFreeze, liftFreeze } from "./commands.ts"
import { testDesk } from "./desk.test-data.ts"
import { openingsPage, openThread } from "./openings.ts"
import { supervisedParty } from "./party-query.ts"
import { completeness, freezePage, freezeReach, freezesPage } from "./queries.ts"
import { searchDesk } from "./search.ts"
import { loadParty } from "./store.ts"
import { supervisedTrade } from "./trade-query.ts"

const desk = await testDesk()
const { services, operator, orFail } = desk
const { sql, newId, writer, config } = services
await mkdir(config.home, { recursive: true })
await createLogKey(config.home)

const zhejiang = {
  buyer: await desk.party("buyer", { division: "33" }),
  seller: await desk.party("seller", { division: "33" }),
}
const guangdong = {
  buyer: await desk.party("buyer", { division: "44" }),
  seller: await desk.party("seller", { division: "44" }),
}
const inside = await desk.delivered(zhejiang)
const outside = await desk.delivered(guangdong)
const mixed = await desk.delivered({ buyer: zhejiang.buyer, seller: guangdong.seller })
await seal()

const regulatorOf = (remit: Remit) => desk.party("regulator", { remit })
const local = await regulatorOf({ regions: ["CN-33"], duties: ["data", "funds"] })
const bank = await regulatorOf({ regions: ["CN"], duties: ["funds"] })
const data = await regulatorOf({ regions: ["CN-33", "CN-44"], duties: ["data"] })
const nobody = await regulatorOf({ regions: [], duties: [] })

async function seal(): Promise<void> {
  const sequencer = new Sequencer({ sql, home: config.home })
  sequencer.start()
  for (;;) {
    const [row] = await sql<{ waiting: number }[]>`select count(*)::int as waiting from pending_facts`
    if (row?.waiting === 0) break
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  await sequencer.stop()
}

const listingOf = async (trade: Id<"trade">) => (await desk.tradeOf(trade)).listing
const refused = (code: string) => ({ refused: code })
const order = (target: string) => ({
  commandId: newId("command"),
  scope: kindOfId(target) as "trade",
  target,
  reason: "fraud" as const,
  document: "DOC-1",
  note: "",
  expires: new Date(Date.parse(writer.now()) + 86_400_000).toISOString(),
})

await desk.party("buyer", { country: "DE" })
await desk.party("buyer", { country: "FR" })

test("the regions of the database and of the rule are the same", async () => {
  const rows = await sql<{ id: string; country: string; identifier: string }[]>`
    select id, row->>'country' as country, identifier from parties`
  expect(rows.length).toBeGreaterThan(8)
  for (const regions of [["all"], ["CN"], ["CN-33"], ["CN-35", "DE"], ["FR"], []]) {
    const remit: Remit = { regions, duties: ["data"] }
    const found = await sql<{ id: string }[]>`select p.id from parties p where ${inRegions(sql, "p", remit)}`
    const expected = rows.filter((row) => coversRegion(remit, regionOf(row))).map(({ id }) => id)
    expect(found.map(({ id }) => id).sort()).toEqual(expected.sort())
  }
})

test("what lies outside is not found: trades, parties, their reach, their freezes", async () => {
  expect(orFail(await supervisedTrade(services, local, inside.trade)).id).toBe(inside.trade)
  expect(orFail(await supervisedTrade(services, local, mixed.trade)).id).toBe(mixed.trade)
  for (const by of [local, nobody])
    expect(await supervisedTrade(services, by, outside.trade)).toMatchObject(refused("not_found"))
  expect(await supervisedTrade(services, nobody, inside.trade)).toMatchObject(refused("not_found"))
  expect(await supervisedParty(services, local, guangdong.buyer.party)).toMatchObject(refused("not_found"))
  const card = orFail(await supervisedParty(services, local, zhejiang.buyer.party))
  expect(card.trades.map(({ id }) => id).sort()).toEqual([inside.trade, mixed.trade].sort())

  const all = { after: null, show: "all" } as const
  expect(orFail(await completeness(services, local, all))).toMatchObject({ sum: { total: 2 } })
  expect(orFail(await completeness(services, data, all))).toMatchObject({ sum: { total: 3 } })
  expect(orFail(await completeness(services, nobody, all))).toMatchObject({ sum: { total: 0 }, trades: [] })
  expect(orFail(await completeness(services, operator, all))).toMatchObject({ sum: { total: 3 } })
})

test("nothing outside is frozen or let go", async () => {
  for (const target of [outside.trade, guangdong.seller.party, await listingOf(outside.trade)]) {
    expect(await freezeReach(services, local, { scope: kindOfId(target) as "trade", target })).toMatchObject(
      refused("not_found"),
    )
    expect(await imposeFreeze(services, local, order(target))).toMatchObject(refused("not_found"))
  }
  // A listing is what data authorities supervise.
  expect(await imposeFreeze(services, bank, order(await listingOf(inside.trade)))).toMatchObject(
    refused("not_found"),
  )
  const theirs = await regulatorOf({ regions: ["CN-44"], duties: ["data"] })
  const { freeze } = orFail(await imposeFreeze(services, theirs, order(outside.trade))) as {
    freeze: Id<"freeze">
  }
  expect(await freezePage(services, local, freeze)).toMatchObject(refused("not_found"))
  const page = { after: null, which: "active" } as const
  expect(orFail(await freezesPage(services, local, page)).freezes).toEqual([])
  expect(orFail(await freezesPage(services, theirs, page)).freezes).toMatchObject([{ id: freeze }])
  const lifting = { commandId: newId("command"), freeze, document: "DOC-2" }
  expect(await liftFreeze(services, local, lifting)).toMatchObject(refused("not_found"))
  orFail(await liftFreeze(services, theirs, lifting))
})

test("the search finds what is inside, by every kind of name", async () => {
  const hits = async (by: UserActor, text: string) =>
    orFail(await searchDesk(services, by, text)).map(({ id }) => id)
  const listing = await listingOf(outside.trade)
  for (const text of [outside.trade, outside.payment, listing, guangdong.seller.party]) {
    expect(await hits(operator, text)).not.toEqual([])
    expect(await hits(local, text)).toEqual([])
    expect(await hits(nobody, text)).toEqual([])
  }
  expect(await hits(bank, inside.payment)).toEqual([inside.payment])
  expect(await hits(data, inside.payment)).toEqual([])
  expect(await hits(data, inside.trade)).toEqual([inside.trade])
  expect(await hits(bank, await listingOf(inside.trade))).toEqual([])
  expect(await hits(data, await listingOf(inside.trade))).not.toEqual([])
  const all = await hits(operator, "Party")
  expect(all).toContain(guangdong.buyer.party)
  expect(await hits(local, "Party")).not.toContain(guangdong.buyer.party)
  expect(await hits(local, "Party")).toContain(zhejiang.buyer.party)
})

test("values outside stay sealed, one by one and among others", async () => {
  const ask = (by: UserActor, records: { subject: string; version: number }[]) =>
    openValues(services, by, { commandId: newId("command"), purpose: "inspection", subject: null, records })
  const both = [inside.trade, outside.trade].map((subject) => ({ subject, version: 1 }))
  const opened = orFail(await ask(local, both))
  expect(new Set(opened.map(({ subject }) => subject))).toEqual(new Set([inside.trade]))
  expect(await ask(local, both.slice(1))).toMatchObject(refused("not_found"))
  expect(await ask(nobody, both)).toMatchObject(refused("not_found"))
  const paid = [{ subject: inside.payment, version: 1 }]
  expect(orFail(await ask(bank, paid)).map(({ path }) => path)).toContain("/body/amount")
  expect(await ask(data, paid)).toMatchObject(refused("not_found"))
  const thread = (by: UserActor, subject: string) =>
    openThread(services, by, { commandId: newId("command"), subject, purpose: "inspection" })
  expect(await thread(local, outside.trade)).toMatchObject(refused("not_found"))
  // A trade's thread holds its payment's records: who supervises data only does not get their amounts.
  const told = orFail(await thread(data, inside.trade))
  expect(
    told.filter(({ opened }) => opened.length > 0).map(({ subject }) => kindOfId(subject)),
  ).not.toContain("payment")
  expect(
    orFail(await thread(bank, inside.trade)).some(
      ({ subject, opened }) => subject === inside.payment && opened.length > 0,
    ),
  ).toBe(true)
  const log = orFail(await openingsPage(services, local, { after: null })).openings
  expect(log.length).toBeGreaterThan(0)
  expect(log.every(({ party }) => party === local.party)).toBe(true)
})

test("an export holds the values, agreements and books of the remit only, and an outside subject is not found", async () => {
  const id = newId("export")
  const outsideOrder = {
    from: null,
    to: null,
    reason: "x",
    subject: { kind: "trade" as const, id: outside.trade },
  }
  expect(await requestExport(services, local, { id, ...outsideOrder })).toMatchObject(refused("not_found"))
  const whole = await exported(local, null)
  expect(whole.trades).toEqual(new Set([inside.trade, mixed.trade]))
  expect(whole.book).toBe(false)
  expect(whole.agreements).toBe(2)
  const one = await exported(local, { kind: "trade", id: inside.trade })
  expect(one).toMatchObject({ trades: new Set([inside.trade]), book: true, agreements: 1 })
  expect(await exported(data, { kind: "trade", id: inside.trade })).toMatchObject({ book: false })
  const all = await exported(desk.regulator, null)
  expect(all).toMatchObject({ book: true, agreements: 3 })
  expect(all.trades.size).toBe(3)
})

async function exported(by: UserActor, subject: { kind: "trade"; id: Id<"trade"> } | null) {
  const id = newId("export")
  orFail(await requestExport(services, by, { id, from: null, to: null, subject, reason: "test" }))
  await sql`update export_runs set "order" = "order" || '{"form":"folder"}'::jsonb where id = ${id}`
  await carryOutExport(services, id)
  const folder = exportFolder(config.home, id)
  const lines = (await readFile(join(folder, "disclosures.jsonl"), "utf8")).split("\n").filter(Boolean)
  const indexes = lines.map((line) => (JSON.parse(line) as { index: number }).index)
  const rows = await sql<{ subject: Id<"trade"> }[]>`
    select subject from sealed_facts where index = any(${indexes}::bigint[]) and subject like 'trd%'`
  const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as {
    files: { path: string }[]
  }
  return {
    trades: new Set(rows.map((row) => row.subject)),
    book: manifest.files.some(({ path }) => path === "book.csv"),
    agreements: manifest.files.filter(({ path }) => path.startsWith("agreements/")).length,
  }
}

test("the operator entrusts a regulator, never itself and nobody else, and each time it is a fact", async () => {
  const version = async () => (await loadParty(sql, nobody.party))?.version ?? 0
  const ask = async (
    by: UserActor,
    party = nobody.party,
    remit: Remit = { regions: ["FR", "CN-33"], duties: ["funds"] },
  ) =>
    entrustRegulator(services, by, { commandId: newId("command"), party, version: await version(), ...remit })
  for (const by of [local, zhejiang.buyer]) expect(await ask(by)).toMatchObject(refused("role_not_allowed"))
  expect(await ask({ ...operator, memberRole: "requester" })).toMatchObject(
    refused("member_role_not_allowed"),
  )
  expect(await ask(operator, zhejiang.buyer.party)).toMatchObject(refused("role_not_allowed"))
  expect(await ask(operator, nobody.party, { regions: ["FR"], duties: [] })).toMatchObject(
    refused("invalid_input"),
  )
  orFail(await ask(operator))
  expect((await loadParty(sql, nobody.party))?.remit).toEqual({ regions: ["CN-33", "FR"], duties: ["funds"] })
  const [fact] = await sql<{ fact: string }[]>`
    select fact from pending_facts where subject = ${nobody.party} and version = ${await version()}`
  expect(JSON.parse(fact?.fact ?? "")).toMatchObject({
    type: "party.entrusted@1",
    body: { regions: ["CN-33", "FR"], duties: ["funds"] },
  })
  const both: UserActor = { ...operator, roles: ["operator", "regulator"] }
  expect(
    await entrustRegulator(services, both, {
      commandId: newId("command"),
      party: operator.party,
      version: 1,
      ...wholeRemit,
    }),
  ).toMatchObject(refused("own_matter"))
})

test("nothing else of the market is a regulator's: no payment queue", async () => {
  expect(await paymentQueue(services, local, { queue: "receipts", after: null })).toMatchObject(
    refused("role_not_allowed"),
  )
  const within = await withinRemit(sql, local, [
    newId("trade"),
    `trd_${randomBytes(13).toString("hex")}`,
    "idx_nothing",
  ])
  expect(within("idx_nothing")).toBe(false)
})
