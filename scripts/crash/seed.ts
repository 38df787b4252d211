import { randomBytes } from "node:crypto"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { setTimeout as delay } from "node:timers/promises"
import type { PartyRole, UserActor } from "#contracts/actor.ts"
import { creditCodeCheck } from "#contracts/credit-code.ts"
import type { Id } from "#contracts/ids.ts"
import { draftChanges } from "#contracts/product.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import { openEvidence, openForm } from "#contracts/rights/rights.test-data.ts"
import { Browser } from "#server/access/test-browser.ts"
import { sendUpload } from "#server/datasets/uploads.ts"
import { publishListing } from "#server/listings/commands.ts"
import { connectPayee, grantMarketRole, updatePayee, verifyParty } from "#server/parties/commands.ts"
import { loadParty } from "#server/parties/store.ts"
import { openProduct, saveProduct } from "#server/products/commands.ts"
import { productPage } from "#server/products/queries.ts"
import { approveRegistration, submitRegistration } from "#server/registrations/commands.ts"
import { services } from "#server/services.ts"

/** Fills a market for the kill test: people of each role, verified, and one listing over a real file. */
export type Seeded = {
  people: Record<string, { email: string; password: string; party: string }>
  listing: string
  /** Plans: one paid with limited seats, one free. */
  paid: { plan: string; seats: number; minor: string }
  free: { plan: string }
  /** What a buyer's download must be. */
  file: { name: string; text: string }
}

const market = await services()
const commandId = () => market.newId("command")

function good<T>(answer: T | Refusal): Exclude<T, Refusal> {
  if (isRefusal(answer)) throw new Error(`refused: ${JSON.stringify(answer)}`)
  return answer as Exclude<T, Refusal>
}

const people: Seeded["people"] = {}
let made = 0

async function person(name: string, role: PartyRole): Promise<UserActor> {
  const number = ++made
  const browser = new Browser(market, `198.51.100.${number}`)
  const email = `${name}@example.org`
  const password = randomBytes(12).toString("hex")
  await (await browser.ask()).access.signUp({ name, email, password })
  const body = `91350211MA2${String(number).padStart(6, "0")}`
  const open = role === "seller" || role === "buyer" ? role : "buyer"
  const answer = (await (
    await browser.ask()
  ).parties.register({
    commandId: commandId(),
    name: { original: "en", en: `The ${name}` },
    country: "CN",
    identifier: body + creditCodeCheck(body),
    authorisedPerson: name,
    roles: [open],
  })) as { party: Id<"party"> }
  await (await browser.ask()).parties.submit({ commandId: commandId() })
  people[name] = { email, password, party: answer.party }
  if (role !== open) good(await grantMarketRole(market, answer.party, [role]))
  const actor = await browser.actor()
  if (actor.kind !== "user") throw new Error(`${name} acts for nobody`)
  return actor
}

async function verify(operator: UserActor, { party }: UserActor): Promise<void> {
  const row = await loadParty(market.sql, party)
  if (row?.state !== "submitted") return
  const input = { commandId: commandId(), party, version: row.version }
  good(await verifyParty(market, operator, { ...input, method: "registryExtract", evidence: "seen" }))
}

async function makePayable(seller: UserActor): Promise<void> {
  const made = await market.provider.createPayee({
    partyId: seller.party,
    displayName: "The seller",
    country: "CN",
    idempotencyKey: `payee:${seller.party}`,
  })
  if (!("ok" in made)) throw new Error("the sandbox made no account")
  const { account } = made.ok
  await fetch(`${process.env.STRIPE_API_BASE}/_sandbox/accounts/${account}/activate`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  })
  good(await connectPayee(market, seller.party, account))
  good(await updatePayee(market, seller, { commandId: commandId(), bankAccount: "Bank of Test 6222 1111" }))
}

const file = {
  name: "rain.csv",
  text: `day,mm\n${Array.from({ length: 40 }, (_, day) => `2026-01-${(day % 28) + 1},${day}`).join("\n")}\n`,
}

async function offer(seller: UserActor, operator: UserActor, seats: number) {
  const bytes = Buffer.from(file.text)
  const opened = good(
    await openProduct(
      market,
      seller,
      { id: market.newId("upload"), fileName: file.name, bytes: bytes.length },
      "en",
    ),
  )
  good(await sendUpload(market, seller, opened.upload, 0, Readable.from([bytes])))
  const { product } = opened
  await until("the file measured", async () => {
    const page = good(await productPage(market, seller, product))
    return page.version?.state === "measured"
  })
  const { version } = good(await productPage(market, seller, product)).product
  const plan = (kind: "free" | "one-off", amount: string, limit: number | null) => ({
    kind,
    amount,
    currency: "CNY",
    seats: limit,
    approval: false,
    template: "data-supply",
  })
  const changes = draftChanges.parse({
    title: { original: "en", en: "Rain by day" },
    description: { original: "en", en: "Rain in millimetres, day by day, for a test of killed processes." },
    domain: "environment",
    evidence: openEvidence,
    policy: { by: "answers", answers: openForm },
    plans: [plan("one-off", "199.00", seats), plan("free", "0", null)],
  })
  good(await saveProduct(market, seller, { commandId: commandId(), product, version, changes }))
  const { registration } = good(
    await submitRegistration(market, seller, { commandId: commandId(), product }),
  ) as { registration: Id<"registration"> }
  good(await approveRegistration(market, operator, { commandId: commandId(), registration }))
  // The rows of the preview are drawn by a job once the approval is sealed.
  let listing = ""
  await until("the listing published", async () => {
    const answer = await publishListing(market, seller, { commandId: commandId(), product })
    if (isRefusal(answer)) return answer.refused === "profile_not_ready" ? false : good(answer)
    listing = (answer as { listing: Id<"listing"> }).listing
    return true
  })
  return listing
}

async function until(what: string, done: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 300; i++, await delay(100)) if (await done()) return
  throw new Error(`not within 30 s: ${what}`)
}

const seats = 100_000
const operator = await person("operator", "operator")
const seller = await person("seller", "seller")
const buyers = await Promise.all([
  person("buyer0", "buyer"),
  person("buyer1", "buyer"),
  person("buyer2", "buyer"),
])
// Nobody verifies their own party: the operator stays as it registered.
for (const party of [seller, ...buyers]) await verify(operator, party)
await makePayable(seller)
const listing = await offer(seller, operator, seats)
const [row] = await market.sql<{ plans: { id: string; kind: string; price: { minor: string } }[] }[]>`
  select row->'plans' as plans from listings where id = ${listing}`
const paid = row?.plans.find(({ kind }) => kind === "one-off")
const free = row?.plans.find(({ kind }) => kind === "free")
if (!paid || !free) throw new Error("the listing has not its plans")
const seeded: Seeded = {
  people,
  listing,
  paid: { plan: paid.id, seats, minor: paid.price.minor },
  free: { plan: free.id },
  file,
}
writeFileSync(join(process.env.QUANHENG_HOME ?? "", "seeded.json"), JSON.stringify(seeded))
process.exit(0)
