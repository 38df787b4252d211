import { readdirSync } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { describe, expect, it } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import { draftChanges, listingOf } from "#contracts/product.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { openForm } from "#contracts/rights/rights.test-data.ts"
import { endUpload, readUpload, sendUpload } from "../datasets/uploads.ts"
import { measureVersion } from "../datasets/versions.ts"
import { publishListing, withdrawListing } from "../listings/commands.ts"
import { submitRegistration } from "../registrations/commands.ts"
import { registrationPage } from "../registrations/queries.ts"
import { testMarket } from "../test-market.ts"
import { openProduct, saveProduct } from "./commands.ts"
import { myProducts, productPage } from "./queries.ts"

const market = await testMarket()
const { services } = market
const seller = await market.party("seller")
const rival = await market.party("seller")

const ok = <T>(answer: T) => {
  if (isRefusal(answer)) throw new Error(answer.refused)
  return answer as Exclude<T, { refused: unknown }>
}

async function begin(bytes: number, by: UserActor = seller) {
  return ok(
    await openProduct(services, by, { id: services.newId("upload"), fileName: "rain.csv", bytes }, "en"),
  )
}

const save = (by: UserActor, product: Awaited<ReturnType<typeof begin>>["product"], changes: object) =>
  saveProduct(services, by, {
    commandId: services.newId("command"),
    product,
    version: 1,
    changes: draftChanges.parse(changes),
  })

const plan = (amount: string, currency: string) => ({
  kind: "one-off",
  amount,
  currency,
  seats: null,
  approval: false,
  template: "data-supply",
  deliveryHours: 72,
  acceptanceHours: 168,
})

describe("an empty file", () => {
  it("is refused before anything is made of it", async () => {
    const input = { id: services.newId("upload"), fileName: "empty.csv", bytes: 0 }
    expect(await openProduct(services, seller, input, "en")).toMatchObject({ refused: "file_empty" })
    expect(await readUpload(services, seller, input.id)).toMatchObject({ refused: "not_found" })
    expect(ok(await myProducts(services, seller, { after: null })).products).toEqual([])
  })
})

describe("a file that cannot be read", () => {
  it("leaves its refusal with the row on the product, and nothing measured", async () => {
    const bytes = Buffer.from("a,b\n1,2\n3\n")
    const { upload, product, dataset } = await begin(bytes.length)
    const sent = ok(await sendUpload(services, seller, upload, 0, Readable.from([bytes])))
    await measureVersion(services, sent.version as never)
    expect(ok(await productPage(services, seller, product))).toMatchObject({
      file: "refused",
      version: {
        state: "refused",
        refusal: { refused: "file_malformed", detail: { row: 2, line: 3 } },
        manifest: null,
        profile: null,
      },
      registration: null,
    })
    const commandId = services.newId("command")
    expect(await submitRegistration(services, seller, { commandId, product })).toMatchObject({
      refused: "file_malformed",
    })

    // The way out: the same product takes the right file, and what was answered is still there.
    ok(await save(seller, product, { domain: "environment" }))
    const right = Buffer.from("a,b\n1,2\n3,4\n")
    const again = { id: services.newId("upload"), dataset, fileName: "rain.csv", bytes: right.length }
    expect(ok(await openProduct(services, seller, again, "en")).product).toBe(product)
    const whole = ok(await sendUpload(services, seller, again.id, 0, Readable.from([right])))
    await measureVersion(services, whole.version as never)
    expect(ok(await productPage(services, seller, product))).toMatchObject({
      file: "measured",
      version: { profile: { rows: 2 } },
      product: { draft: { domain: "environment" } },
    })
  })
})

describe("what a price or a policy breaks", () => {
  it.each([
    [{ plans: [plan("-5", "CNY")] }, "price_invalid", "plans.0.amount"],
    [{ plans: [plan("5", "CNY"), plan("1.005", "CNY")] }, "price_invalid", "plans.1.amount"],
    [{ plans: [plan("1.005", "KWD")] }, "price_invalid", "plans.0.amount"],
    [{ plans: [{ ...plan("5", "CNY"), taxRate: "13.005" }] }, "tax_rate_invalid", "plans.0.taxRate"],
    [{ plans: [{ ...plan("5", "CNY"), taxRate: "51" }] }, "tax_rate_invalid", "plans.0.taxRate"],
    [{ plans: [{ ...plan("5", "CNY"), taxRate: "-1" }] }, "tax_rate_invalid", "plans.0.taxRate"],
    [{ plans: [plan("1.5", "JPY")] }, "price_invalid", "plans.0.amount"],
    [{ plans: [plan("5", "XYZ")] }, "currency_unknown", "plans.0.currency"],
    [
      { policy: { by: "answers", answers: { ...openForm, commercial: false, purposes: ["advertising"] } } },
      "policy_contradictory",
      "terms.use",
    ],
  ])("%j is refused as %s, and the draft stays as it was", async (changes, refused, at) => {
    const { product } = await begin(12)
    const before = ok(await productPage(services, seller, product)).product
    const told = await save(seller, product, { domain: "environment", ...changes })
    expect(told).toMatchObject({ refused, at })
    expect(ok(await productPage(services, seller, product)).product).toEqual(before)
  })
})

describe("another party's ids", () => {
  it("are not there: not to read, to save, to send to, to submit, to publish or to withdraw", async () => {
    const { upload, product, dataset } = await begin(12)
    const { listing } = await market.listing(seller, { price: { minor: "100", currency: "CNY" } })
    const commandId = services.newId("command")
    const file = { fileName: "mine.csv", bytes: 5 }
    const asked = [
      productPage(services, rival, product),
      save(rival, product, { domain: "health" }),
      readUpload(services, rival, upload),
      sendUpload(services, rival, upload, 0, Readable.from([Buffer.from("a\n1\n")])),
      endUpload(services, rival, upload),
      openProduct(services, rival, { id: services.newId("upload"), dataset, ...file }, "en"),
      openProduct(services, rival, { id: upload, ...file }, "en"),
      submitRegistration(services, rival, { commandId, product }),
      registrationPage(services, rival, services.newId("registration")),
      publishListing(services, rival, { commandId, product }),
      withdrawListing(services, rival, { commandId, listing, reason: "seller" }),
      withdrawListing(services, rival, { commandId, listing: listingOf(product), reason: "seller" }),
    ]
    for (const answer of await Promise.all(asked)) expect(answer).toMatchObject({ refused: "not_found" })
    expect(ok(await productPage(services, seller, product))).toMatchObject({
      product: { version: 1 },
      upload: { state: "open", receivedBytes: 0 },
    })
    expect(ok(await myProducts(services, rival, { after: null })).products).toEqual([])
  })

  it("leave no bytes behind", () => {
    const stored = readdirSync(join(services.config.home, "files"), { recursive: true, withFileTypes: true })
    // The refused file and the one that was measured in its place.
    expect(stored.filter((one) => one.isFile())).toHaveLength(2)
  })
})
