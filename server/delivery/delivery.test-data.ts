import { createHash, randomBytes } from "node:crypto"
import type { Grant } from "#contracts/delivery.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { fromForm } from "#contracts/rights/form.ts"
import { openForm } from "#contracts/rights/rights.test-data.ts"
import { editRow } from "#db/test-rows.ts"
import { productKeyFor } from "../datasets/product-keys.ts"
import { applyPaymentCaptured } from "../payments/apply.ts"
import { createSealed } from "../storage/sealed-file.ts"
import { testMarket } from "../test-market.ts"
import { confirmTrade, proposeTrade, startTradePayment } from "../trades/commands.ts"
import { loadScene } from "../trades/store.ts"
import { deliverTrade } from "./jobs.ts"

type Offer = Awaited<ReturnType<Awaited<ReturnType<typeof testMarket>>["listing"]>>

/** A market whose listings have a file that is really stored, and makers of trades ready for their delivery. */
export async function testDeliveries() {
  const market = await testMarket()
  const { services, owner } = market
  const { sql, newId, config } = services
  const seller = await market.party("seller")
  const buyer = await market.party("buyer")
  const stranger = await market.party("buyer")

  /** More than two chunks of a sealed file, and no repetition that could hide a wrong offset. */
  const content = randomBytes(2 * 1024 * 1024 + 4_321)
  const sha256 = createHash("sha256").update(content).digest("hex")
  const name = "降水 'rain'.csv"

  /** A listing whose file is really stored; `stored` is what lies there, which may differ from the registered. */
  async function offer(
    terms: { minor?: string; downloads?: number; stored?: Uint8Array } = {},
  ): Promise<Offer> {
    const policy = fromForm({ ...openForm, terms: { ...openForm.terms, downloads: terms.downloads ?? null } })
    const made = await market.listing(seller, {
      price: { minor: terms.minor ?? "0", currency: "CNY" },
      file: { name, sha256, bytes: content.length },
      policy,
    })
    const key = await productKeyFor(sql, config.masterKey, made.product)
    if (!key) throw new Error("no key")
    const writer = await createSealed(services.files, key)
    await writer.write(terms.stored ?? content)
    await writer.finish()
    await sql`insert into version_files (version, position, name, sha256, bytes, storage_key)
    values (${made.datasetVersion}, 0, ${name}, ${sha256}, ${content.length}, ${writer.key})`
    return made
  }

  /** A trade agreed by both sides; paid by bank transfer where it costs something. */
  async function ready({ listing, plan }: Offer): Promise<Id<"trade">> {
    const use = { actions: ["use"] as ["use"] }
    const proposed = await proposeTrade(services, buyer, {
      commandId: newId("command"),
      listing,
      plan,
      use,
      locale: "zh",
    })
    if (isRefusal(proposed)) throw new Error(proposed.refused)
    const { trade } = proposed as { trade: Id<"trade"> }
    const scene = await loadScene(sql, trade)
    const agreementHash = scene?.trade.agreementHash ?? ""
    await confirmTrade(services, buyer, { commandId: newId("command"), trade, agreementHash })
    if (scene?.trade.price.minor === "0") return trade
    const paid = await startTradePayment(services, buyer, {
      commandId: newId("command"),
      trade,
      rail: "bank",
    })
    if (isRefusal(paid)) throw new Error(paid.refused)
    const { payment } = paid as { payment: Id<"payment"> }
    const amount = scene?.trade.price ?? { minor: "0", currency: "CNY" as const }
    await applyPaymentCaptured(services, payment, { amount, charge: "bank-1", providerFee: null })
    return trade
  }

  async function grantOf(trade: Id<"trade">): Promise<Grant> {
    const grant = (await loadScene(sql, trade))?.grant
    if (!grant) throw new Error("no grant")
    return grant
  }

  async function granted(
    terms: Parameters<typeof offer>[0] = {},
  ): Promise<{ trade: Id<"trade">; grant: Grant }> {
    const trade = await ready(await offer(terms))
    await deliverTrade(services, trade)
    return { trade, grant: await grantOf(trade) }
  }

  /** Changes a grant or trade past the writer, as time or another act would have. */
  const spoil = (noun: "trade" | "grant", id: string, member: string, value: unknown) =>
    editRow(owner.sql, noun, id, member, value)

  return { ...market, seller, buyer, stranger, content, sha256, name, offer, ready, grantOf, granted, spoil }
}
