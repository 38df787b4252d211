import { randomBytes } from "node:crypto"
import { beforeAll, describe, expect, test, vi } from "vitest"
import { type Id, type IdKind, makeId } from "#contracts/ids.ts"
import type { Trade } from "#contracts/trade.ts"
import { testDatabase } from "#db/test-database.ts"
import { makeKeyRing } from "../commit/key-ring.ts"
import { Writer } from "../commit.ts"
import { decide } from "../decision.ts"
import { keepRow, keptRow } from "../row-cache.ts"
import { connectWriter } from "../services.ts"
import { loadScene } from "./scene-store.ts"

const { sql, owner, servingUrl } = await testDatabase()
const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, Date.now(), randomBytes(10))
const [buyer, seller, user] = [newId("party"), newId("party"), newId("user")]
const listing = newId("listing")
let writer: Writer

const insert = (table: "parties" | "listings" | "payments", row: { id: string; version: number }) =>
  owner.sql`insert into ${owner.sql(table)} (id, version, row)
    values (${row.id}, ${row.version}, ${JSON.stringify(row)}::text::jsonb)`

beforeAll(async () => {
  writer = await new Writer(sql, makeKeyRing(sql, randomBytes(32))).start()
  for (const id of [buyer, seller])
    await insert("parties", { id, version: 1, identifier: id, state: "verified", frozenBy: null } as never)
  await insert("listings", { id: listing, version: 1, state: "published", seller } as never)
})

/** Writes a trade's version as its commands do. */
async function write(id: Id<"trade">, version: number, more: Partial<Trade> = {}): Promise<void> {
  const row = { id, version, state: "proposed", buyer, seller, listing, payment: null, ...more } as Trade
  const decision = decide({
    changes: [{ noun: "trade", row }],
    facts: [
      {
        type: "trade.confirmed@1",
        subject: { noun: "trade", id, version },
        threads: [{ id }],
        actor: { role: "buyer", party: buyer, user },
        occurredAt: writer.now(),
        body: { version, state: "proposed", side: "buyer", agreementHash: "a".repeat(64), method: "click" },
        secret: { user },
        owner: buyer,
        readers: [buyer],
      },
    ],
  })
  const command = { giver: buyer, id: newId("command"), digest: "d" }
  expect((await writer.commit([{ command, decision }]))[0]?.kind).toBe("written")
}

describe("a scene", () => {
  test("holds the row that the writer has just written, and the database sends it no more", async () => {
    const trade = newId("trade")
    await write(trade, 1)
    expect((await loadScene(sql, trade))?.trade).toBe(keptRow(trade)?.row)
    await write(trade, 2)
    expect(await loadScene(sql, trade)).toMatchObject({
      trade: { version: 2 },
      buyer: { id: buyer, state: "verified" },
      listing: { state: "published" },
      payment: null,
    })
  })

  test("shows what another process wrote over a kept row, of a trade, a party or a listing", async () => {
    const trade = newId("trade")
    await write(trade, 1)
    await loadScene(sql, trade)
    await owner.sql`update trades set version = 2, row = row || '{"version":2,"state":"agreed"}' where id = ${trade}`
    await owner.sql`update parties set row = row || '{"frozenBy":"frz_x"}' where id = ${seller}`
    await owner.sql`update listings set row = row || '{"state":"withdrawn"}' where id = ${listing}`
    expect(await loadScene(sql, trade)).toMatchObject({
      trade: { version: 2, state: "agreed" },
      seller: { frozenBy: "frz_x" },
      listing: { state: "withdrawn" },
    })
  })

  test("never takes the kept row of one payment for another of the same transaction", async () => {
    const [trade, first, second] = [newId("trade"), newId("payment"), newId("payment")]
    const rows = [first, second].map((id) => JSON.stringify({ id, version: 1, state: "started", trade }))
    await owner.sql`insert into payments (id, version, row)
      select r::jsonb->>'id', 1, r::jsonb from unnest(${rows}::text[]) r`
    await write(trade, 1, { payment: first })
    expect((await loadScene(sql, trade))?.payment?.id).toBe(first)
    await owner.sql`update trades set row = row || jsonb_build_object('payment', ${second}::text) where id = ${trade}`
    expect((await loadScene(sql, trade))?.payment?.id).toBe(second)
  })

  test("is nothing for a trade that is not there", async () => {
    expect(await loadScene(sql, newId("trade"))).toBeNull()
  })
})

test("kept rows are forgotten when a connection closes, for the database may have been put back since", async () => {
  const connection = connectWriter(servingUrl, "test")
  const [row] = await connection<{ pid: number }[]>`select pg_backend_pid() as pid`
  keepRow("one", { tx: "1", row: {} })
  await sql`select pg_terminate_backend(${row?.pid ?? 0})`
  await vi.waitFor(() => expect(keptRow("one")).toBeUndefined())
  await connection.end()
})
