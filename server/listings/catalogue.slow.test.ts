import { Readable } from "node:stream"
import { describe, expect, it, vi } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import { fromHex, toHex } from "#contracts/bytes.ts"
import type { Id } from "#contracts/ids.ts"
import { type DraftChanges, draftChanges, listingOf } from "#contracts/product.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import { openEvidence, openForm } from "#contracts/rights/rights.test-data.ts"
import { drawRows, drawSeed } from "#contracts/row-draw.ts"
import { type SearchInput, searchInput } from "#contracts/search.ts"
import { editRow } from "#db/test-rows.ts"
import { sendUpload } from "../datasets/uploads.ts"
import { tasks } from "../jobs/tasks.ts"
import { Sequencer } from "../ledger/sequencer.ts"
import { openProduct, saveProduct } from "../products/commands.ts"
import { myProducts, productPage } from "../products/queries.ts"
import { approveRegistration, rejectRegistration, submitRegistration } from "../registrations/commands.ts"
import { registrationPage, registrationQueue } from "../registrations/queries.ts"
import { testMarket } from "../test-market.ts"
import { publishListing, withdrawListing } from "./commands.ts"
import { listingPage } from "./queries.ts"
import { rebuildSearch, searchListings } from "./search.ts"

// Files are measured by processes of low priority: beside other tests they wait long for a core.
vi.setConfig({ testTimeout: 60_000 })

const market = await testMarket()
const { services } = market
const { sql } = services
const sequencer = new Sequencer({ sql, home: services.config.home })
const seller = await market.party("seller")
const rival = await market.party("seller")
const operator = await market.party("operator")
const commandId = () => services.newId("command")

/** The value of what must not be refused. */
function good<T>(answer: T | Refusal): Exclude<T, Refusal> {
  if (isRefusal(answer)) throw new Error(`refused: ${JSON.stringify(answer)}`)
  return answer as Exclude<T, Refusal>
}

const weather = `date,precipitation,temp_max\n${Array.from(
  { length: 60 },
  (_, day) => `2012-${String((day % 12) + 1).padStart(2, "0")}-01,${day / 10},${day}`,
).join("\n")}\n`

/** Uploads a file and measures it, as the browser and the worker do. */
async function upload(by: UserActor, fileName: string, text: string, dataset?: Id<"dataset">) {
  const bytes = Buffer.from(text)
  const input = {
    id: services.newId("upload"),
    fileName,
    bytes: bytes.length,
    ...(dataset ? { dataset } : {}),
  }
  const opened = good(await openProduct(services, by, input, "en"))
  expect(await openProduct(services, by, input, "en")).toEqual(opened)
  const body = Readable.from([bytes])
  const sent = good(await sendUpload(services, by, opened.upload, 0, body))
  if (sent.version === null) throw new Error("the upload made no version")
  await tasks.profile(services, { version: sent.version })
  return opened
}

async function save(by: UserActor, product: Id<"product">, changes: DraftChanges) {
  const page = good(await productPage(services, by, product))
  const { version } = page.product
  return saveProduct(services, by, { commandId: commandId(), product, version, changes })
}

const plan = (kind: "free" | "one-off", amount: string, seats: number | null = null) => ({
  kind,
  amount,
  currency: "CNY",
  seats,
  approval: false,
  template: "data-supply",
})

const answers = (terms: object = {}) =>
  draftChanges.parse({
    title: { original: "zh", zh: "西雅图逐日天气", en: "Daily weather of Seattle" },
    description: { original: "en", en: "Measured precipitation and temperature for every day." },
    domain: "environment",
    evidence: openEvidence,
    policy: { by: "answers", answers: openForm },
    plans: [plan("one-off", "199.50", 2), plan("one-off", "20,000")],
    ...terms,
  })

type Registered = { registration: Id<"registration"> }
type Published = { listing: Id<"listing"> }

/** Submits, approves, seals and draws. */
async function register(by: UserActor, product: Id<"product">): Promise<Id<"registration">> {
  const { registration } = good(
    await submitRegistration(services, by, { commandId: commandId(), product }),
  ) as Registered
  good(await approveRegistration(services, operator, { commandId: commandId(), registration }))
  await sequencer.sealOnce()
  await tasks.drawSample(services, { registration })
  return registration
}

async function publish(by: UserActor, product: Id<"product">): Promise<Id<"listing">> {
  const { listing } = good(
    await publishListing(services, by, { commandId: commandId(), product }),
  ) as Published
  await tasks.indexListing(services, { listing })
  return listing
}

async function offer(by: UserActor, fileName: string, text: string, terms: object) {
  const { product, dataset } = await upload(by, fileName, text)
  good(await save(by, product, answers(terms)))
  const registration = await register(by, product)
  return { product, dataset, registration, listing: await publish(by, product) }
}

const search = async (input: Partial<SearchInput>) =>
  good(await searchListings(services, searchInput.parse(input)))
const found = async (input: Partial<SearchInput>) => (await search(input)).cards.map(({ id }) => id)

describe("from a file to a listing", () => {
  it("is drafted, registered, drawn, published, and read by anyone", async () => {
    const { product } = await upload(seller, "seattle_weather.csv", weather)
    const fresh = good(await productPage(services, seller, product))
    expect(fresh.product.draft.title).toEqual({ original: "en", en: "seattle weather" })
    expect(fresh.version).toMatchObject({ state: "measured", profile: { rows: 60 } })
    expect(fresh.completeness).toMatchObject({ done: 2, of: 10 })
    expect(fresh.strip.map(({ state }) => state)).toEqual(["missing", "missing", "ok", "ok"])

    good(await save(seller, product, answers()))
    const early = { commandId: commandId(), product }
    expect(await publishListing(services, seller, early)).toMatchObject({
      refused: "registration_not_reviewed",
    })

    const submission = { commandId: commandId(), product }
    const first = good(await submitRegistration(services, seller, submission)) as Registered
    expect(await submitRegistration(services, seller, submission)).toEqual(first)
    expect(
      await submitRegistration(services, seller, { ...submission, commandId: commandId() }),
    ).toMatchObject({ refused: "registration_state" })
    const { registration } = first
    const queue = good(await registrationQueue(services, operator, { state: "submitted", after: null }))
    expect(queue.registrations.map((card) => card.registration.id)).toContain(registration)

    expect(await publishListing(services, seller, { ...early, commandId: commandId() })).toMatchObject({
      refused: "registration_not_reviewed",
    })
    const approval = { commandId: commandId(), registration }
    const approved = good(await approveRegistration(services, operator, approval)) as { number: string }
    expect(approved.number).toMatch(/^QH-\d{4}-\d{6}$/)
    expect(await approveRegistration(services, operator, approval)).toEqual(approved)

    expect(await publishListing(services, seller, { ...early, commandId: commandId() })).toMatchObject({
      refused: "profile_not_ready",
      at: "preview",
    })
    // No checkpoint yet: the job puts itself off instead of failing.
    await tasks.drawSample(services, { registration })
    expect(good(await registrationPage(services, operator, registration)).preview).toBeNull()
    await sequencer.sealOnce()
    await tasks.drawSample(services, { registration })

    const publication = { commandId: commandId(), product }
    const published = good(await publishListing(services, seller, publication)) as Published
    expect(await publishListing(services, seller, publication)).toEqual(published)
    expect(await publishListing(services, seller, { ...publication, commandId: commandId() })).toMatchObject({
      refused: "listing_state",
    })
    expect(published.listing).toBe(listingOf(product))

    const waiting = good(await listingPage(services, published.listing))
    expect(waiting.history.map(({ type, index }) => [type, index === null])).toEqual([
      ["registration.submitted@1", false],
      ["registration.approved@1", false],
      ["listing.published@1", true],
    ])
    await sequencer.sealOnce()
    const page = good(await listingPage(services, published.listing))
    expect(page.history.every(({ index }) => index !== null)).toBe(true)
    expect(page).toMatchObject({
      state: "forSale",
      registration: { number: approved.number },
      seller: { verified: true },
      plans: [{ free: 2, price: { minor: "19950", currency: "CNY" } }, { free: null }],
      profile: { columns: [{ name: "date", type: "date" }, { name: "precipitation" }, { name: "temp_max" }] },
    })
    expect(page.profile).not.toHaveProperty("screening")

    // Anyone can draw the same rows again from what the page tells.
    const { draw, preview } = page
    if (draw === null || preview === null) throw new Error("no preview")
    const seed = drawSeed(draw.versionHash, draw.checkpoint)
    expect([toHex(seed), drawRows(seed, page.manifest.rows)]).toEqual([draw.seed, draw.numbers])
    expect(fromHex(draw.seed)).toHaveLength(32)
    const size = Number(draw.checkpoint.split("\n")[1])
    expect(draw.record).toBeLessThan(size)
    const lines = weather.split("\n")
    expect(preview.rows.map((row) => row[0])).toEqual(
      draw.numbers.map((number) => lines[number + 1]?.split(",")[0]),
    )
    expect(preview.rows).toHaveLength(20)
  })

  it("shows a rejected seller why, and takes the registration again", async () => {
    const { product } = await upload(seller, "again.csv", weather)
    good(await save(seller, product, answers()))
    const { registration } = good(
      await submitRegistration(services, seller, { commandId: commandId(), product }),
    ) as Registered
    const rejection = {
      commandId: commandId(),
      registration,
      reason: "source" as const,
      note: "Which station?",
    }
    good(await rejectRegistration(services, operator, rejection))
    expect(good(await registrationPage(services, seller, registration)).registration).toMatchObject({
      state: "rejected",
      rejection: { reason: "source", note: "Which station?" },
    })
    expect(await submitRegistration(services, seller, { commandId: commandId(), product })).toEqual({
      registration,
    })
    expect(good(await registrationPage(services, operator, registration)).registration.version).toBe(3)
  })

  it("needs a new registration for new data, and withdraws and publishes again under the same id", async () => {
    const made = await offer(seller, "yearly.csv", weather, {})
    await upload(seller, "yearly.csv", `${weather}2013-01-01,1,1\n`, made.dataset)
    const input = () => ({ commandId: commandId(), product: made.product })
    expect(await publishListing(services, seller, input())).toMatchObject({
      refused: "registration_not_reviewed",
    })
    const withdrawal = { commandId: commandId(), listing: made.listing, reason: "data" as const }
    good(await withdrawListing(services, seller, withdrawal))
    expect(await withdrawListing(services, seller, withdrawal)).toEqual({ listing: made.listing })
    const again = await register(seller, made.product)
    expect(again).not.toBe(made.registration)
    expect(await publish(seller, made.product)).toBe(made.listing)
    const page = good(await listingPage(services, made.listing))
    expect(page.listing).toMatchObject({ version: 3, registration: again, state: "published" })
    expect(page.manifest.rows).toBe(61)
  })
})

describe("the rights gate", () => {
  it("refuses a file without source and licence, tells every broken rule, and keeps the answer to be seen", async () => {
    const { product } = await upload(seller, "unknown.csv", weather)
    const evidence = {
      ...openEvidence,
      source: { name: null, url: null, obtained: "public-download", note: null },
      basis: { kind: "unstated" },
    }
    good(await save(seller, product, answers({ evidence })))
    const answer = await submitRegistration(services, seller, { commandId: commandId(), product })
    expect(answer).toMatchObject({ refused: "source_missing", at: "source.name" })
    expect((answer as Refusal).detail?.broken).toContain("licence_missing basis")
    const page = good(await productPage(services, seller, product))
    expect(page.product.gate?.refusals.map(({ refused }) => refused)).toContain("licence_missing")
    expect(page.registration).toBeNull()
    expect(page.problems).toEqual(page.product.gate?.refusals)
    good(await save(seller, product, answers()))
    expect(good(await productPage(services, seller, product)).product.gate).toBeNull()
  })

  it("holds the terms against the registration when they are published", async () => {
    const { product } = await upload(seller, "nc.csv", weather)
    good(await save(seller, product, answers()))
    await register(seller, product)
    good(
      await save(
        seller,
        product,
        answers({ policy: { by: "answers", answers: { ...openForm, abroad: ["DE"] } } }),
      ),
    )
    expect(await publishListing(services, seller, { commandId: commandId(), product })).toMatchObject({
      refused: "cross_border_document_missing",
    })
    expect(await sql`select from listings where id = ${listingOf(product)}`).toHaveLength(0)
  })
})

describe("what belongs to another party", () => {
  it("is not found", async () => {
    const { product, dataset } = await upload(seller, "mine.csv", weather)
    good(await save(seller, product, answers()))
    const missing = { refused: "not_found" }
    const command = () => ({ commandId: commandId(), product })
    expect(await productPage(services, rival, product)).toMatchObject(missing)
    expect(await saveProduct(services, rival, { ...command(), version: 2, changes: {} })).toMatchObject(
      missing,
    )
    expect(await submitRegistration(services, rival, command())).toMatchObject(missing)
    expect(await publishListing(services, rival, command())).toMatchObject(missing)
    const theirs = { id: services.newId("upload"), dataset, fileName: "x.csv", bytes: 1 }
    expect(await openProduct(services, rival, theirs, "en")).toMatchObject(missing)
    const registration = await register(seller, product)
    expect(await registrationPage(services, rival, registration)).toMatchObject(missing)
    const listing = await publish(seller, product)
    const withdrawal = { commandId: commandId(), listing, reason: "seller" as const }
    expect(await withdrawListing(services, rival, withdrawal)).toMatchObject(missing)
    expect(good(await myProducts(services, rival, { after: null })).products).toEqual([])
    expect(await registrationQueue(services, seller, { state: "submitted", after: null })).toMatchObject({
      refused: "role_not_allowed",
    })
    const card = good(await myProducts(services, seller, { after: null })).products[0]
    expect(card).toMatchObject({
      id: product,
      listing: { state: "published" },
      registration: { state: "approved" },
    })
  })

  it("and of two saves of one version the second is stale", async () => {
    const { product } = await upload(seller, "race.csv", weather)
    const input = { commandId: commandId(), product, version: 1, changes: answers() }
    const other = { ...input, commandId: commandId() }
    const both = await Promise.all([
      saveProduct(services, seller, input),
      saveProduct(services, seller, other),
    ])
    expect(both.filter((answer) => isRefusal(answer))).toMatchObject([{ refused: "stale_version" }])
    expect(both.filter((answer) => !isRefusal(answer))).toEqual([{ version: 2 }])
  })
})

describe("search", () => {
  it("finds in both languages, by facets, in order, and only what is for sale", async () => {
    const closed = { ...openForm, training: [], commercial: false, passOn: "nothing" }
    const bikes = await offer(rival, "bikes.jsonl", '{"站点":"A","trips":3}\n{"站点":"B","trips":4}\n', {
      title: { original: "zh", zh: "共享单车骑行站点" },
      description: { original: "zh", zh: "每个站点的骑行次数统计。" },
      domain: "transport",
      policy: { by: "answers", answers: closed },
      plans: [plan("free", ""), plan("one-off", "5000")],
    })
    const flights = await offer(rival, "flights.csv", "origin,delay\nSEA,3\nLAX,5\n", {
      title: { original: "en", en: "Flight delays of airports" },
      description: { original: "en", en: "Delays by origin airport, in minutes." },
      domain: "transport",
      plans: [plan("one-off", "50")],
    })
    expect(await found({ words: "骑行" })).toEqual([bikes.listing])
    expect(await found({ words: "共享单车" })).toEqual([bikes.listing])
    expect(await found({ words: "airport delays" })).toEqual([flights.listing])
    expect(await found({ words: "AIRPORTS" })).toEqual([flights.listing])
    // A column's name and the domain in the other language find it too.
    expect(await found({ words: "trips" })).toEqual([bikes.listing])
    expect(await found({ words: "交通", sort: "price" })).toEqual([bikes.listing, flights.listing])
    expect(await found({ words: "transport", sort: "newest" })).toEqual([flights.listing, bikes.listing])
    expect(await found({ words: "zeppelin" })).toEqual([])
    expect(await search({ words: "zeppelin flights" })).toMatchObject({
      loosened: true,
      cards: [{ id: flights.listing, seller: { id: rival.party, verified: true }, rows: 2, columns: 2 }],
    })

    const training = await search({ words: "交通", uses: ["train"] })
    expect(training.cards.map(({ id }) => id)).toEqual([flights.listing])
    expect(training.facets).toMatchObject({ domains: { transport: 1 }, bands: { to100: 1 } })
    const any = await search({ words: "交通" })
    expect(any.facets).toMatchObject({
      formats: { csv: 1, jsonl: 1 },
      bands: { free: 1, to100: 1 },
      currencies: { CNY: 1 },
      uses: { use: 2, train: 1 },
    })
    expect(await found({ words: "交通", formats: ["jsonl"] })).toEqual([bikes.listing])
    expect(await found({ words: "交通", bands: ["to100"], currencies: ["CNY"] })).toEqual([flights.listing])

    good(
      await withdrawListing(services, operator, {
        commandId: commandId(),
        listing: flights.listing,
        reason: "rights",
      }),
    )
    // The listing itself is asked, so that it is gone before the entry is.
    expect(await found({ words: "airport" })).toEqual([])
    await tasks.indexListing(services, { listing: flights.listing })
    expect(await sql`select from search_entries where listing = ${flights.listing}`).toHaveLength(0)
    expect(good(await listingPage(services, flights.listing))).toMatchObject({
      state: "withdrawn",
      preview: null,
    })

    await editRow(market.owner.sql, "listing", bikes.listing, "frozenBy", "frz_x")
    expect(await found({ words: "骑行" })).toEqual([])
    expect(good(await listingPage(services, bikes.listing))).toMatchObject({ state: "frozen", preview: null })
    await editRow(market.owner.sql, "listing", bikes.listing, "frozenBy", null)
    await sql`delete from search_entries`
    expect(await rebuildSearch(services)).toBeGreaterThan(0)
    expect(await found({ words: "骑行" })).toEqual([bikes.listing])
  })

  it("pages through all hits once, in every order, and refuses a cursor that is not its own", async () => {
    const seen = await market.party("seller")
    for (let i = 0; i < 45; i++)
      await market.listing(seen, { price: { minor: String((i % 7) * 1_000), currency: "CNY" } })
    await rebuildSearch(services)
    for (const sort of ["relevance", "newest", "price"] as const) {
      const ids: string[] = []
      for (let after: string | null = null; ; ) {
        const page = await search({ words: "rainfall", sort, after })
        ids.push(...page.cards.map(({ id }) => id))
        expect(page.total).toBe(45)
        if (page.next === null) break
        after = page.next
      }
      expect(ids).toHaveLength(45)
      expect(new Set(ids).size).toBe(45)
    }
    const refused = { refused: "invalid_input", at: "after" }
    expect(await searchListings(services, searchInput.parse({ after: "x" }))).toMatchObject(refused)
    const { next } = await search({ words: "rainfall" })
    expect(
      await searchListings(services, searchInput.parse({ words: "rainfall", sort: "price", after: next })),
    ).toMatchObject(refused)
  })
})
