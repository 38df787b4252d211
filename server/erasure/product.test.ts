import { mkdir, readdir } from "node:fs/promises"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import type { ErasureReason } from "#contracts/erasure.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { openProductKey, productKeyFor } from "../datasets/product-keys.ts"
import { fetchFile } from "../delivery/commands.ts"
import { testDeliveries } from "../delivery/delivery.test-data.ts"
import { loadListing } from "../listings/store.ts"
import { acceptTrade, proposeTrade } from "../trades/commands.ts"
import { settleFreeTrade } from "../trades/deadlines.ts"
import { loadScene } from "../trades/store.ts"
import { approveErasure, placeHold, refuseErasure, requestErasure } from "./commands.ts"
import { carryOutErasure } from "./jobs.ts"
import { loadErasure } from "./store.ts"

const market = await testDeliveries()
const { services, seller, buyer } = market
const { sql, newId, config } = services
let operator: UserActor
let regulator: UserActor
const folder = join(config.home, "files")

beforeAll(async () => {
  await mkdir(folder, { recursive: true })
  operator = await market.party("operator")
  regulator = await market.party("regulator")
})

function orFail<T>(answer: T): Exclude<T, { refused: string }> {
  if (isRefusal(answer)) throw new Error(`${answer.refused} ${answer.at ?? ""}`)
  return answer as Exclude<T, { refused: string }>
}

const filesNow = async () =>
  (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f]{32}/.test(name))

/** A product that was sold once; the trade has ended unless told. */
async function sold(ended = true) {
  const before = await filesNow()
  const { trade, grant } = await market.granted()
  const files = (await filesNow()).filter((name) => !before.includes(name))
  if (ended) {
    orFail(await acceptTrade(services, buyer, { commandId: newId("command"), trade }))
    await settleFreeTrade(services, trade)
  }
  const scene = await loadScene(sql, trade)
  if (!scene) throw new Error("no trade")
  const { product, listing, plan, datasetVersion } = scene.trade
  await sql`insert into version_profiles (version, profile) values (${datasetVersion},
    ${JSON.stringify({ v: 1, rows: 1, columns: [{ name: "mm", type: "integer", top: [{ value: "Zq77secret", count: 2 }] }], screening: [] })}::jsonb)`
  await sql`insert into version_samples (registration, version, checkpoint, seed, numbers, columns, rows)
    values (${newId("registration")}, ${datasetVersion}, 'c', 's', '[]', '["mm"]', '[["Zq77secret"]]')`
  return { trade, grant, product, listing, plan, datasetVersion, files }
}

const ask = async (product: Id<"product">, reason: ErasureReason, by: UserActor = seller) =>
  requestErasure(services, by, {
    commandId: newId("command"),
    kind: "product",
    subject: product,
    reason,
    basis: "order",
  })

async function asked(product: Id<"product">, reason: ErasureReason = "unlawful"): Promise<Id<"erasure">> {
  return (orFail(await ask(product, reason)) as { erasure: Id<"erasure"> }).erasure
}

const approve = async (erasure: Id<"erasure">, by = operator) =>
  approveErasure(services, by, {
    commandId: newId("command"),
    erasure,
    version: (await loadErasure(sql, erasure))?.version ?? 0,
  })

describe("the data of a product", () => {
  test("are asked for once with a reason until somebody has decided, and again after a refusal", async () => {
    const { product } = await sold()
    const commandId = newId("command")
    const input = {
      commandId,
      kind: "product",
      subject: product,
      reason: "unlawful",
      basis: "order",
    } as const
    const first = orFail(await requestErasure(services, seller, input)) as { erasure: Id<"erasure"> }
    expect(await ask(product, "unlawful")).toMatchObject({ refused: "erasure_asked", at: "subject" })
    expect(await requestErasure(services, seller, input)).toEqual(first)
    orFail(await ask(product, "ordered"))
    const refusal = { reason: "other", note: "no reason told", version: 1 } as const
    orFail(await refuseErasure(services, operator, { ...refusal, ...first, commandId: newId("command") }))
    await asked(product)
  })

  test("are erased with their key, file, rows and statistics; the listing and the grants end", async () => {
    const { trade, product, listing, plan, datasetVersion, files, grant } = await sold()
    expect(files.length).toBe(1)
    const erasure = await asked(product)
    expect(orFail(await approve(erasure))).toMatchObject({ state: "approved" })
    expect((await loadListing(sql, listing))?.state).toBe("withdrawn")
    await carryOutErasure(services, erasure)
    await carryOutErasure(services, erasure)
    expect(await loadErasure(sql, erasure)).toMatchObject({ state: "done" })

    expect(await openProductKey(sql, config.masterKey, product)).toBeNull()
    expect(await productKeyFor(sql, config.masterKey, product)).toBeNull()
    expect((await filesNow()).filter((name) => files.includes(name))).toEqual([])
    const left = await sql<{ text: string }[]>`
      select row_to_json(p)::text as text from version_profiles p where version = ${datasetVersion}
      union all select row_to_json(s)::text from version_samples s where version = ${datasetVersion}
      union all select storage_key from version_files where version = ${datasetVersion} and storage_key <> ''`
    expect(left.length).toBe(1)
    expect(left[0]?.text).not.toContain("Zq77secret")

    expect((await loadScene(sql, trade))?.grant).toMatchObject({ state: "revoked", revokedFor: "dataErased" })
    const by = { party: buyer.party, user: buyer.user }
    const file = { grant: grant.id, name: market.name, headOnly: false }
    expect(await fetchFile(services, by, file, async () => {})).toMatchObject({ refused: "product_erased" })
    const bought = await proposeTrade(services, buyer, {
      commandId: newId("command"),
      listing,
      plan,
      use: { actions: ["use"] },
      locale: "en",
    })
    expect(isRefusal(bought)).toBe(true)
    const types = await sql<{ type: string }[]>`
      select fact::json->>'type' as type from pending_facts where subject = ${erasure} order by id`
    expect(types.map(({ type }) => type)).toEqual([
      "erasure.requested@2",
      "data.erased@2",
      "erasure.finished@1",
    ])
  })

  test("stay while a trade over them is under way", async () => {
    const { product, trade } = await sold(false)
    const erasure = await asked(product)
    expect(await approve(erasure)).toMatchObject({ refused: "product_in_trade" })
    orFail(await acceptTrade(services, buyer, { commandId: newId("command"), trade }))
    await settleFreeTrade(services, trade)
    expect(orFail(await approve(erasure))).toMatchObject({ state: "approved" })
  })

  test("are owed while a buyer may fetch them, unless they are unlawful or ordered to be erased", async () => {
    const { product, grant } = await sold()
    const erasure = await asked(product, "noLongerNeeded")
    expect(orFail(await approve(erasure))).toMatchObject({
      state: "held",
      rule: "delivery",
      until: grant.expires,
    })
    await market.spoil("grant", grant.id, "expires", "2026-01-01T00:00:00.000Z")
    expect(orFail(await approve(erasure))).toMatchObject({ state: "approved" })
  })

  test("stay under a legal hold of the seller, and nobody decides on what they asked for", async () => {
    const { product } = await sold()
    const erasure = await asked(product)
    const own = (orFail(await ask(product, "ordered", operator)) as { erasure: Id<"erasure"> }).erasure
    expect(await approve(own)).toMatchObject({ refused: "erasure_own_request" })
    expect(await ask(product, "ordered", buyer)).toMatchObject({ refused: "not_found" })
    orFail(
      await placeHold(services, regulator, {
        commandId: newId("command"),
        target: seller.party,
        reason: "investigation",
        document: "监〔2026〕9号",
        note: "",
      }),
    )
    expect(orFail(await approve(erasure))).toMatchObject({ state: "held", rule: "legalHold" })
  })
})
