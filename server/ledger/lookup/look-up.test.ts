import { createHash } from "node:crypto"
import type { Sql } from "postgres"
import { expect, test } from "vitest"
import { toBase64, toHex } from "#contracts/bytes.ts"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { loadThread } from "../../supervision/record-store.ts"
import { testMarket } from "../../test-market.ts"
import { loadRecords } from "../../trades/store.ts"
import { readNamedCertificate } from "../certificates.ts"
import { readLatest } from "../explorer.ts"
import { findFact, readHead, readLeaves, readLog } from "../log-store.ts"
import { Sequencer } from "../sequencer.ts"
import { lookUp } from "./look-up.ts"

const market = await testMarket()
const { services } = market
const { sql } = services
const sha256 = createHash("sha256").update("mm\n1\n").digest("hex")
const [seller, other, buyer] = [
  await market.party("seller"),
  await market.party("seller"),
  await market.party("buyer"),
]
const price = { minor: "0", currency: "CNY" } as const
const offer = await market.listing(seller, { price, file: { name: "rain.csv", sha256, bytes: 5 } })
const draft = await market.listing(other, {
  price,
  file: { name: "soil.csv", sha256: "d".repeat(64), bytes: 5 },
})
for (const [version, name, hash] of [
  [offer.datasetVersion, "rain.csv", sha256],
  [draft.datasetVersion, "soil.csv", "d".repeat(64)],
] as const)
  await sql`insert into version_files (version, position, name, sha256, bytes, storage_key)
    values (${version}, 0, ${name}, ${hash}, 5, 'test')`
const sequencer = new Sequencer({ sql, home: services.config.home })
await sequencer.sealOnce()
await sequencer.stop()

const find = (text: string, after = 0) => lookUp(services, { text, after })
const nothing = { refused: "not_found" }
const partyOf = async (id: string) => {
  const [row] = await sql<{ name: { zh: string; en: string }; identifier: string }[]>`
    select row->'name' as name, identifier from parties where id = ${id}`
  if (!row) throw new Error("no party")
  return row
}
const size = (await readHead(sql))?.size ?? 0

test("a number is a record's, and one past the last is the checkpoint's", async () => {
  expect(await find("0")).toEqual({ kind: "record", index: 0 })
  expect(await find(`#${size - 1}`)).toEqual({ kind: "record", index: size - 1 })
  expect(await find(String(size))).toEqual({ kind: "checkpoint", size })
  expect(await find(String(size + 1))).toEqual(nothing)
  expect(await find(`checkpoint ${size}`)).toEqual({ kind: "checkpoint", size })
  expect(await find("checkpoint 1")).toEqual(nothing)
})

test("a certificate's number leads to it; that of another log is told apart", async () => {
  const name = (await readLog(sql))?.origin.split("/").at(-1) ?? ""
  expect(await find(`${name}#1`)).toEqual({ kind: "certificate", index: 1 })
  expect(await find(`${name}#${size}`)).toEqual(nothing)
  expect(await find("00000000#1")).toEqual({ refused: "certificate_of_other_log" })
})

test("a record is found by its hash, a checkpoint by its root in hex and in base64", async () => {
  const leaves = await readLeaves(sql, 0, size)
  for (const { index, hash } of leaves) expect(await find(toHex(hash))).toEqual({ kind: "record", index })
  const head = readCheckpoint((await readHead(sql))?.note ?? "")
  if (isMalformed(head)) throw new Error(head.malformed)
  const { root } = head.unverifiedCheckpoint
  expect(await find(toHex(root))).toEqual({ kind: "checkpoint", size })
  expect(await find(toBase64(root))).toEqual({ kind: "checkpoint", size })
  // By the index: no scan, however long the log is.
  const plan = await sql.begin(async (tx) => {
    await tx`set local enable_seqscan = off`
    return tx`explain select index from sealed_facts where hash = ${leaves[0]?.hash ?? new Uint8Array()}`
  })
  expect(JSON.stringify(plan)).toContain("sealed_facts_hash_index")
  // Bytes of two neighbouring hashes are none of either.
  const [a, b] = leaves
  if (!a || !b) throw new Error("too few records")
  expect(await find(toHex(a.hash).slice(32) + toHex(b.hash).slice(0, 32))).toEqual(nothing)
})

test("a listed file is found by its hash, with its version and the record that fixed it", async () => {
  const found = await find(sha256)
  if (isRefusal(found) || found.kind !== "file") throw new Error("not found as a file")
  const registration = found.records[0]
  expect(found.files).toEqual([
    {
      name: "rain.csv",
      bytes: 5,
      versionHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      listing: offer.listing,
      registration: registration?.subject,
      title: { original: "en", en: "Rainfall", zh: "降水" },
      record: registration?.index,
    },
  ])
  expect(found.records.map(({ leaf }) => "type" in leaf && leaf.type)).toEqual([
    "registration.approved@1",
    "listing.published@1",
  ])
  const byVersion = await find(found.files[0]?.versionHash ?? "")
  expect(byVersion).toMatchObject({ kind: "version", total: 2 })
  expect(await find(createHash("sha256").update("x").digest("hex"))).toEqual(nothing)
})

test("data that was never listed is not found by its files", async () => {
  const hash = "d".repeat(64)
  expect(await find(hash)).toMatchObject({ kind: "file" })
  await market.owner.sql`delete from listings where id = ${draft.listing}`
  expect(await find(hash)).toEqual(nothing)
})

test("a seller of the catalogue is found by id, name and registry number; nobody else is", async () => {
  const own = await partyOf(seller.party)
  for (const text of [
    seller.party,
    own.name.zh,
    own.name.en.toUpperCase(),
    own.identifier,
    `${own.identifier} `,
  ]) {
    const found = await find(text)
    expect(found).toMatchObject({ kind: "party", party: { id: seller.party, verified: true }, total: 2 })
    expect(JSON.stringify(found)).not.toContain(own.identifier)
  }
  const hidden = await partyOf(buyer.party)
  for (const text of [buyer.party, hidden.name.zh, hidden.name.en, hidden.identifier])
    expect(await find(text)).toEqual(nothing)
  expect(await find("%")).toEqual(nothing)
  expect(await find("__")).toEqual(nothing)
})

test("several sellers of one name are told apart", async () => {
  await market.listing(other, { price })
  const found = await find("party")
  if (isRefusal(found) || found.kind !== "parties") throw new Error("not several")
  expect(found.parties.map(({ id }) => id).sort()).toEqual([seller.party, other.party].sort())
})

test("an id's records come in order, a registration's by its number too", async () => {
  expect(await find(offer.listing)).toMatchObject({
    kind: "thread",
    key: offer.listing,
    total: 1,
    next: null,
  })
  const [registration] = await sql<{ id: string }[]>`select id from registrations order by id limit 1`
  expect(await find("qh-2026-test")).toMatchObject({ kind: "thread", key: registration?.id })
  expect(await find("trd_01jd0000000000000000000000")).toEqual(nothing)
})

test("a record does not tell which party it is about: not in lists, and not as a certificate", async () => {
  const { records } = await readLatest(services, { before: null, family: "party" })
  expect(records.length).toBeGreaterThan(0)
  expect(records.map(({ subject }) => subject)).toEqual(records.map(() => null))
  const named = (subject: string) => readNamedCertificate(sql, { subject, version: 1 })
  expect(await named(buyer.party)).toEqual(nothing)
  expect(await named(offer.listing)).toMatchObject({ leaf: { type: "listing.published@1" } })
})

test.each<[string, (sql: Sql, listing: never) => Promise<unknown>]>([
  ["a trade's page", (sql, key) => loadRecords(sql, key)],
  ["supervision", (sql, key) => loadThread(sql, key, 10)],
  ["a certificate", async (sql, key) => [await findFact(sql, key, 1)].filter((found) => found !== null)],
])("for %s what is sealed after the first statement is there, and once", async (_, read) => {
  const { listing } = await market.listing(seller, { price })
  let asked = 0
  const meanwhile = ((...query: Parameters<Sql>) =>
    (async () => {
      const rows = await sql(...query)
      if (asked++ === 0) await sequencer.sealOnce()
      return rows
    })()) as unknown as Sql
  const before = (await read(sql, listing as never)) as object[]
  expect(before.length).toBeGreaterThan(0)
  expect(await read(meanwhile, listing as never)).toHaveLength(before.length)
  await sequencer.stop()
})

test("what waits comes after what is sealed, in the order in which it will be sealed", async () => {
  const { listing } = await market.listing(seller, { price })
  const waiting = await loadThread(sql, listing, 10)
  expect(waiting.map(({ index }) => index)).toEqual(waiting.map(() => null))
  await sequencer.sealOnce()
  const sealed = await loadThread(sql, listing, 10)
  expect(sealed.map(({ subject, version }) => [subject, version])).toEqual(
    waiting.map(({ subject, version }) => [subject, version]),
  )
  await sequencer.stop()
})
