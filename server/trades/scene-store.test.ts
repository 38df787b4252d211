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

  test("of a trade that is over is not kept, and is loaded whole when it is asked for", async () => {
    const [trade, payment, grant] = [newId("trade"), newId("payment"), newId("grant")]
    for (const [noun, id] of [
      ["payment", payment],
      ["grant", grant],
    ] as const)
      await putRow(owner.sql, noun, { id, version: 1, state: noun === "grant" ? "active" : "held", trade })
    await write(trade, 1, { state: "accepted", payment, grant })
    await loadScene(sql, trade)
    expect([trade, payment, grant].map((id) => keptRow(id) !== undefined)).toEqual([true, true, true])
    await write(trade, 2, { state: "settled", payment, grant })
    expect([trade, payment, grant].map(keptRow)).toEqual([undefined, undefined, undefined])
    expect(await loadScene(sql, trade)).toMatchObject({
      trade: { state: "settled" },
      payment: { id: payment },
      grant: { id: grant },
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

  test("shows a payment, a grant and the free seats as another process left them, where all else is as it was", async () => {
    const [trade, payment, grant, plan] = [
      newId("trade"),
      newId("payment"),
      newId("grant"),
      newId("plan"),
    ] as const
    await putRow(owner.sql, "payment", { id: payment, version: 1, state: "started", trade })
    await putRow(owner.sql, "grant", { id: grant, version: 1, state: "active", trade, buyer })
    await owner.sql`insert into seats (plan, free) values (${plan}, 2)`
    await write(trade, 1, { payment, grant, plan })
    const first = await loadScene(sql, trade)
    expect(first).toMatchObject({ payment: { state: "started" }, grant: { state: "active" }, freeSeats: 2 })
    // Nothing has changed: the very same rows, of which the database sent none.
    const again = await loadScene(sql, trade)
    expect([again?.payment, again?.grant]).toEqual([first?.payment, first?.grant])
    expect(again?.payment).toBe(first?.payment)
    await owner.sql`update seats set free = 1 where plan = ${plan}`
    expect(await loadScene(sql, trade)).toMatchObject({ payment: { state: "started" }, freeSeats: 1 })
    await editRow(owner.sql, "payment", payment, "state", "held")
    expect(await loadScene(sql, trade)).toMatchObject({
      payment: { state: "held" },
      grant: { state: "active" },
    })
    await editRow(owner.sql, "grant", grant, "state", "revoked")
    expect(await loadScene(sql, trade)).toMatchObject({ grant: { state: "revoked" } })
    await write(trade, 2, { payment: null, grant, plan })
    expect(await loadScene(sql, trade)).toMatchObject({ trade: { version: 2 }, payment: null })
  })

  test("does not take a row for the kept one because another kept row was written by the same transaction", async () => {
    const [one, other] = [newId("trade"), newId("trade")]
    await write(one, 1)
    await write(other, 1)
    await Promise.all([loadScene(sql, one), loadScene(sql, other)])
    const before = keptRow(one)
    // One transaction writes both; of the other's row this process knows, of this one's it still has the old.
    await owner.sql.begin(async (both) => {
      await editRow(both as unknown as Sql, "trade", one, "state", "agreed")
      await editRow(both as unknown as Sql, "trade", other, "state", "agreed")
    })
    await loadScene(sql, other)
    if (before) keepRow(one, before)
    const [scene] = await Promise.all([loadScene(sql, one), loadScene(sql, other)])
    expect(scene).toMatchObject({ trade: { state: "agreed" } })
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
