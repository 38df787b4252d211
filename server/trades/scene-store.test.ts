import { randomBytes } from "node:crypto"
import type { Sql } from "postgres"
import { beforeAll, describe, expect, test, vi } from "vitest"
import { type Id, type IdKind, makeId } from "#contracts/ids.ts"
import type { Trade } from "#contracts/trade.ts"
import { testDatabase } from "#db/test-database.ts"
import { editRow, putRow } from "#db/test-rows.ts"
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

beforeAll(async () => {
  writer = await new Writer(sql, makeKeyRing(sql, randomBytes(32))).start()
  for (const id of [buyer, seller])
    await putRow(owner.sql, "party", { id, version: 1, identifier: id, state: "verified", frozenBy: null })
  await putRow(owner.sql, "listing", { id: listing, version: 1, state: "published", seller })
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
    await owner.sql`update trades set version = 2 where id = ${trade}`
    await editRow(owner.sql, "trade", trade, "version", 2)
    await editRow(owner.sql, "trade", trade, "state", "agreed")
    await editRow(owner.sql, "party", seller, "frozenBy", "frz_x")
    await editRow(owner.sql, "listing", listing, "state", "withdrawn")
    expect(await loadScene(sql, trade)).toMatchObject({
      trade: { version: 2, state: "agreed" },
      seller: { frozenBy: "frz_x" },
      listing: { state: "withdrawn" },
    })
    // Each by itself too: one change must not be seen only because another was.
    await editRow(owner.sql, "listing", listing, "state", "published")
    expect(await loadScene(sql, trade)).toMatchObject({ listing: { state: "published" } })
    await editRow(owner.sql, "party", seller, "frozenBy", null)
    expect(await loadScene(sql, trade)).toMatchObject({ seller: { frozenBy: null } })
  })

  test("never takes the kept row of one payment for another of the same transaction", async () => {
    const [trade, first, second] = [newId("trade"), newId("payment"), newId("payment")]
    await owner.sql.begin(async (both) => {
      for (const id of [first, second])
        await putRow(both as unknown as Sql, "payment", { id, version: 1, state: "started", trade })
    })
    await write(trade, 1, { payment: first })
    expect((await loadScene(sql, trade))?.payment?.id).toBe(first)
    await editRow(owner.sql, "trade", trade, "payment", second)
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
