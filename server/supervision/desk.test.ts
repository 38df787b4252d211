import { createHash } from "node:crypto"
import { mkdir } from "node:fs/promises"
import { describe, expect, test } from "vitest"
import { certificateNumber } from "#contracts/ledger/certificate-json.ts"
import { checkDisclosure } from "#contracts/ledger/commitment.ts"
import { decodeLeaf } from "#contracts/ledger/encoding.ts"
import type { KnownFact } from "#contracts/ledger/fact-body.ts"
import { FailureList } from "#contracts/ledger/failure.ts"
import { KeyTable } from "#contracts/ledger/key-table.ts"
import { Replay } from "#contracts/ledger/replay.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { editRow } from "#db/test-rows.ts"
import { readLeaves, readLog } from "../ledger/log-store.ts"
import { Sequencer } from "../ledger/sequencer.ts"
import { acceptTrade } from "../trades/commands.ts"
import { testDesk } from "./desk.test-data.ts"
import { spreadFreeze } from "./jobs.ts"
import { openingsPage, openThread } from "./openings.ts"
import { supervisedParty } from "./party-query.ts"
import { completeness } from "./queries.ts"
import { searchDesk } from "./search.ts"
import { loadParty } from "./store.ts"
import { supervisedTrade } from "./trade-query.ts"

const desk = await testDesk()
const { services, owner, regulator, operator, buyer, seller, tradeOf, orFail } = desk
const { sql, newId, config } = services

/** Seals all that waits. */
async function seal(): Promise<void> {
  await mkdir(config.home, { recursive: true })
  const sequencer = new Sequencer({ sql, home: config.home })
  sequencer.start()
  for (let i = 0; i < 100; i++) {
    const [row] = await sql<{ waiting: number }[]>`select count(*)::int as waiting from pending_facts`
    if (row?.waiting === 0) break
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  await sequencer.stop()
}

const { trade, payment } = await desk.delivered()
orFail(await acceptTrade(services, buyer, { commandId: newId("command"), trade }))

describe("completeness", () => {
  test("waits for the seals, is whole with them, and names what is missing", async () => {
    const before = orFail(await supervisedTrade(services, regulator, trade))
    expect(before.checks).toMatchObject({ source: "done", buyer: "done", seller: "done", records: "later" })
    await seal()
    const { checks, records } = orFail(await supervisedTrade(services, regulator, trade))
    expect(checks).toMatchObject({ records: "done", registrationNumber: "QH-2026-TEST" })
    expect(checks.sealedRecords).toBe(checks.expectedRecords)
    expect(records.every(({ index, sealedAt }) => index !== null && sealedAt !== null)).toBe(true)
    expect(orFail(await completeness(services, regulator, { after: null, show: "all" })).sum).toEqual({
      total: 1,
      complete: 1,
      underWay: 0,
      missing: 0,
    })
  })

  test("finds a lost record, an unstated source, and an identity verified too late", async () => {
    const other = (await desk.delivered()).trade
    await seal()
    const spoiled = async () => {
      const { sum, trades } = orFail(await completeness(services, operator, { after: null, show: "missing" }))
      expect(sum.missing).toBe(trades.length)
      const all = orFail(await completeness(services, operator, { after: null, show: "all" }))
      expect(all.trades).toHaveLength(sum.total)
      return trades
    }
    expect(await spoiled()).toEqual([])
    const { product, seller: party } = await tradeOf(other)
    const [registration] = await sql<
      { id: string }[]
    >`select id from registrations where product = ${product}`
    const nameSource = (name: string | null) =>
      editRow(owner.sql, "registration", registration?.id ?? "", "evidence.source.name", name)
    await nameSource(null)
    expect(await spoiled()).toMatchObject([{ id: other, source: "missing", seller: "done" }])
    await nameSource("NOAA")
    const verified = (await loadParty(sql, party))?.verification?.at ?? ""
    const late = (at: string) => editRow(owner.sql, "party", party, "verification.at", at)
    await late("2999-01-01T00:00:00.000Z")
    expect(await spoiled()).toHaveLength(2)
    await late(verified)
    // A version without its record: what a foreign hand in the database would leave.
    await owner.sql`update trades set version = version + 1 where id = ${other}`
    expect(await spoiled()).toMatchObject([{ id: other, records: "missing" }])
    await owner.sql`update trades set version = version - 1 where id = ${other}`
    expect(await spoiled()).toEqual([])
  })
})

describe("a trade at the desk", () => {
  test("is told in sentences without what is confidential, until it is opened; the opening is a record", async () => {
    const closed = orFail(await supervisedTrade(services, regulator, trade))
    expect(closed.records[0]?.sentence.en).toMatch(
      /^The buyer proposed a trade; both sides can confirm until /,
    )
    expect(JSON.stringify(closed)).not.toMatch(/19900|Party \d|pty_/)

    const input = { commandId: newId("command"), subject: trade, purpose: "inspection" as const }
    const records = orFail(await openThread(services, regulator, input))
    expect(records[0]?.sentence.en).toMatch(
      /^The buyer, Party \d+, proposed a trade to Party \d+ for “Rainfall” at 199\.00 CNY; both/,
    )
    expect(records[0]?.sentence.zh).toMatch(
      /^需方“主体\d+”向供方“主体\d+”提出交易，标的“降水”，价格 199\.00 CNY/,
    )
    const [opening] = await sql<{ row: { records: string[]; purpose: string } }[]>`
      select row from openings where id = ${input.commandId}`
    expect(opening?.row).toMatchObject({ purpose: "inspection" })
    expect(opening?.row.records).toContain(`${trade}@1`)
    expect(await openThread(services, regulator, input)).toEqual(records)
    await seal()
    const { openings } = orFail(await openingsPage(services, regulator, { after: null }))
    expect(openings).toMatchObject([
      { id: input.commandId, subject: trade, index: expect.any(Number), by: regulator.user },
    ])
    expect(orFail(await openingsPage(services, operator, { after: null })).openings).toEqual([])
  })

  test("opens its file, the agreement and the book, to who opened it and to nobody else", async () => {
    const input = { commandId: newId("command"), subject: trade, purpose: "inspection" as const }
    orFail(await openThread(services, regulator, input))
    const { file } = orFail(await supervisedTrade(services, regulator, trade, input.commandId))
    expect(file?.particulars).toMatchObject({ price: { minor: "19900", currency: "CNY" }, rail: "bank" })
    expect(file?.opening).toMatchObject({ id: input.commandId, purpose: "inspection" })
    expect(file?.journals.map(({ source, type }) => [source.type, type])).toEqual([
      ["payment.held", "payment.held@1"],
      ["payment.parted", "payment.parted@2"],
    ])
    expect(file?.journals.every(({ index }) => index !== null)).toBe(true)
    for (const other of [operator, { ...regulator, user: newId("user") }])
      expect(orFail(await supervisedTrade(services, other, trade, input.commandId)).file).toBeNull()
    const { trade: another } = await desk.delivered()
    expect(orFail(await supervisedTrade(services, regulator, another, input.commandId)).file).toBeNull()
  })

  test("shows values that their commitments in the log prove", async () => {
    const input = { commandId: newId("command"), subject: trade, purpose: "review" as const }
    const [first] = orFail(await openThread(services, operator, input))
    const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest())
    const leaf = await leafAt(first?.index ?? -1)
    for (const { path, salt, value } of first?.opened ?? [])
      expect(checkDisclosure({ index: leaf.index, path, salt, value }, leaf, sha256)).toBe("fits")
    expect(first?.opened.map(({ path }) => path).sort()).toEqual(
      [
        "/actor",
        "/body/buyer",
        "/body/fee",
        "/body/listing",
        "/body/price",
        "/body/purchaseOrder",
        "/body/seller",
        "/body/tax",
      ].sort(),
    )
  })

  test("is nobody else's to see", async () => {
    for (const other of [buyer, seller]) {
      expect(await supervisedTrade(services, other, trade)).toMatchObject({ refused: "role_not_allowed" })
      expect(await searchDesk(services, other, trade)).toMatchObject({ refused: "role_not_allowed" })
      const input = { commandId: newId("command"), subject: trade, purpose: "review" as const }
      expect(await openThread(services, other, input)).toMatchObject({ refused: "role_not_allowed" })
    }
    expect(await supervisedTrade(services, { kind: "anonymous" }, trade)).toMatchObject({
      refused: "not_signed_in",
    })
  })
})

async function leafAt(index: number) {
  const [stored] = await readLeaves(sql, index, index + 1)
  const decoded = stored ? decodeLeaf(stored.leaf) : null
  if (!decoded || !("leaf" in decoded)) throw new Error(`no record ${index}`)
  return decoded.leaf
}

test("the search box leads from every kind of id to its place", async () => {
  const { listing, product, grant, datasetVersion, agreementHash } = await tradeOf(trade)
  const freeze = await desk.freeze("trade", trade)
  const party = await loadParty(sql, buyer.party)
  const log = await readLog(sql)
  const [paid] = await sql<{ reference: string }[]>`select reference from payments where id = ${payment}`
  const [registration] = await sql<{ id: string }[]>`select id from registrations where product = ${product}`
  const leads: [asked: string, page: string, id: string][] = [
    [trade, "trade", trade],
    [` ${trade.toUpperCase()} `, "trade", trade],
    [payment, "trade", trade],
    [grant ?? "", "trade", trade],
    [agreementHash, "trade", trade],
    [paid?.reference ?? "", "trade", trade],
    [listing, "listing", listing],
    [product, "listing", listing],
    [datasetVersion, "listing", listing],
    [registration?.id ?? "", "listing", listing],
    [buyer.party, "party", buyer.party],
    [party?.identifier ?? "", "party", buyer.party],
    [party?.name.zh ?? "", "party", buyer.party],
    [freeze, "freeze", freeze],
    ["监〔2026〕7号", "freeze", freeze],
    ["3", "record", "3"],
    [certificateNumber(log?.origin ?? "", 2), "record", "2"],
  ]
  for (const [asked, page, id] of leads) {
    const found = orFail(await searchDesk(services, regulator, asked))
    expect(
      found.map(({ lead }) => lead),
      asked,
    ).toContainEqual({ page, id })
  }
  await sql`insert into version_files (version, position, name, sha256, bytes, storage_key)
    values (${datasetVersion}, 0, 'rain.csv', ${"a1".repeat(32)}, 12, ${"0".repeat(32)})`
  expect(orFail(await searchDesk(services, regulator, "A1".repeat(32)))).toMatchObject([
    { kind: "file", lead: { page: "listing", id: listing } },
  ])
  for (const nothing of ["", "99999999", newId("trade"), "%", "00000000#1", "f".repeat(64)])
    expect(await searchDesk(services, regulator, nothing), nothing).toEqual([])
  orFail(await desk.lift(freeze))
})

test("a party's records, its freeze among them, are read through its blinded thread", async () => {
  const own = await desk.party("seller")
  const { trade: held } = await desk.delivered({ seller: own })
  const freeze = await desk.freeze("party", own.party)
  await spreadFreeze(services, freeze)
  await seal()
  const page = orFail(await supervisedParty(services, regulator, own.party))
  expect(page.records.map(({ type }) => type)).toEqual([
    "party.registered@1",
    "trade.proposed@2",
    "freeze.imposed@1",
    "party.frozen@1",
  ])
  expect(page).toMatchObject({ frozenBy: freeze, openTrades: 1, state: "verified", opening: null })
  expect(page.trades.map(({ id }) => id)).toEqual([held])
  expect(orFail(await supervisedTrade(services, regulator, held)).freezes).toMatchObject([{ id: freeze }])
  const opened = orFail(
    await openThread(services, regulator, {
      commandId: newId("command"),
      subject: own.party,
      purpose: "review",
    }),
  )
  expect(opened[2]?.sentence.en).toContain("on document 监〔2026〕7号")
  orFail(await desk.lift(freeze))
  await spreadFreeze(services, freeze)
})

test("all of it replays: every version and every step of each trade is legal", async () => {
  await seal()
  const failures = new FailureList()
  const replay = new Replay(failures, new KeyTable(new Uint8Array(32)), 0)
  const leaves = await readLeaves(sql, 0, Number.MAX_SAFE_INTEGER)
  for (const { leaf: bytes } of leaves) {
    const decoded = decodeLeaf(bytes)
    if (!("leaf" in decoded)) throw new Error("a leaf that is none")
    const { leaf } = decoded
    replay.step(leaf, { type: leaf.type, body: leaf.body } as unknown as KnownFact, new Map(), null)
  }
  expect(replay.trades).toBeGreaterThan(2)
  expect(failures.kept).toEqual([])
  expect(isRefusal(await completeness(services, regulator, { after: null, show: "all" }))).toBe(false)
})
