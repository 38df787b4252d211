import { expect, test } from "vitest"
import { escrowGuesses } from "#contracts/escrow.test-data.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import { policyOfLicence } from "#contracts/rights/licences.ts"
import type { RightsPolicy } from "#contracts/rights.ts"
import type { Time } from "#contracts/time.ts"
import type { Decision } from "../decision.ts"
import { countFetch } from "../delivery/rules.ts"
import { testDesk } from "../supervision/desk.test-data.ts"
import { spreadFreeze } from "../supervision/jobs.ts"
import { acceptTrade, confirmTrade, proposeTrade, startTradePayment } from "../trades/commands.ts"
import type { Scene } from "../trades/scene.ts"
import { deliver } from "../trades/settlement-rules.ts"
import { loadScene } from "../trades/store.ts"

const desk = await testDesk()
const { services, orFail, seller, buyer, tradeOf } = desk
const { sql, newId, writer } = services
const until = "2027-03-31T16:00:00.000Z"
const sha256 = "7c".repeat(32)

type Fact = { type: string; threads: string[]; body: Record<string, Json> }

/** A trade of a listing whose policy ends on a day, up to its acceptance, with a freeze of the listing in between. */
async function wholeTrade() {
  const open = policyOfLicence("us-public-domain", "NOAA") as RightsPolicy
  const use = { stance: "permitted" as const, constraints: { until }, duties: [] }
  const policy: RightsPolicy = { ...open, terms: { ...open.terms, use } }
  const offer = await desk.listing(seller, {
    price: { minor: "19900", currency: "CNY" },
    policy,
    file: { name: "rainfall-of-one-station.csv", sha256, bytes: 48_213 },
  })
  const command = () => newId("command")
  const choice = { listing: offer.listing, plan: offer.plan, use: { actions: ["use"] as ["use"] } }
  const { trade } = orFail(
    await proposeTrade(services, buyer, { commandId: command(), ...choice, locale: "en" }),
  ) as { trade: Id<"trade"> }
  const { agreementHash } = await tradeOf(trade)
  orFail(await confirmTrade(services, buyer, { commandId: command(), trade, agreementHash }))
  const freeze = await desk.freeze("listing", offer.listing)
  await spreadFreeze(services, freeze)
  expect((await tradeOf(trade)).frozenBy).toBe(freeze)
  orFail(await desk.lift(freeze))
  await spreadFreeze(services, freeze)
  const { payment } = orFail(
    await startTradePayment(services, buyer, { commandId: command(), trade, rail: "bank" }),
  ) as { payment: Id<"payment"> }
  orFail(await desk.captured(payment))
  const scene = async () => (await loadScene(sql, trade)) ?? refuse("not_found")
  const run = async (action: string, decide: (scene: Scene, now: Time) => Decision | Refusal) =>
    orFail(await writer.run({ giver: "system", id: command(), action, input: { trade } }, scene, decide))
  const [version] = await sql<{ hash: string }[]>`
    select hash from dataset_versions where id = ${offer.datasetVersion}`
  const hash = version?.hash ?? ""
  await run("deliver", (one, at) =>
    deliver(one, newId("grant"), { versionHash: hash, measuredHash: hash, result: "same", at }, at),
  )
  await run("fetch", (one, at) =>
    one.grant ? countFetch(one, one.grant, { sha256, start: 0 }, buyer, at) : refuse("not_found"),
  )
  orFail(await acceptTrade(services, buyer, { commandId: command(), trade }))
  return { trade, payment, listing: offer.listing }
}

/** Values that name something: no state, no code, no small number. */
function* valuesOf(json: Json): Generator<string> {
  if (typeof json === "string" && !/^[a-zA-Z]{0,24}$/.test(json)) yield json
  else if (typeof json === "number" && json >= 100) yield String(json)
  else if (typeof json === "object" && json !== null)
    for (const inner of Object.values(json)) yield* valuesOf(inner)
}

test("no record of a trade shares a value with what anybody can read of its listing", async () => {
  const { trade, payment, listing } = await wholeTrade()
  const rows = await sql<{ fact: string }[]>`select fact from pending_facts order by id`
  const facts = rows.map(({ fact }) => JSON.parse(fact) as Fact)
  const ofTrade = facts.filter(({ threads, body }) => threads.includes(trade) || body.trade === trade)
  expect(new Set(ofTrade.map(({ type }) => type.split("@")[0]))).toEqual(
    new Set(
      "trade.proposed trade.agreed trade.frozen trade.unfrozen trade.funding trade.funded trade.delivered trade.accepted payment.started payment.held payment.parted grant.issued grant.fetched".split(
        " ",
      ),
    ),
  )
  const isPublic = ({ type, threads }: Fact) =>
    /^(registration|listing)\./.test(type) || threads.includes(listing)
  const pages = await sql<{ row: Json; manifest: Json }[]>`
    select l.row, v.manifest from listings l join dataset_versions v on v.id = l.row->>'datasetVersion'
    where l.id = ${listing}`
  const open = new Set<string>()
  for (const { threads, body } of facts.filter(isPublic))
    for (const one of valuesOf([threads, body])) open.add(one)
  for (const { row, manifest } of pages) for (const one of valuesOf([row, manifest])) open.add(one)
  expect(open.size).toBeGreaterThan(20)
  const shared = ofTrade.flatMap(({ type, threads, body }) =>
    [...valuesOf([threads, body])].filter((one) => open.has(one)).map((one) => `${type}: ${one}`),
  )
  expect(shared).toEqual([])

  // Nor does a journal's hash tell the price or the seller to whoever tries them.
  const hashes = new Set(ofTrade.map(({ body }) => body.journalHash))
  const tried = escrowGuesses({ trade, payment, seller: seller.party, price: 19_900n, feeBasisPoints: 1_000 })
  expect(tried.filter((hash) => hashes.has(hash))).toEqual([])
})
