import { randomBytes } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Sql } from "postgres"
import { chargesOf } from "#contracts/charges.ts"
import { contentHash } from "#contracts/content-hash.ts"
import { feeTerms, plainSchedule } from "#contracts/fees.ts"
import { type Id, type IdKind, makeId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Listing, Plan } from "#contracts/listing.ts"
import { zero } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { policyOfLicence } from "#contracts/rights/licences.ts"
import type { Time } from "#contracts/time.ts"
import { makeClient } from "#db/client.ts"
import { putRow } from "#db/test-rows.ts"
import { startTestServer } from "#db/test-server.ts"
import { makeKeyRing } from "#server/commit/key-ring.ts"
import { Writer } from "#server/commit.ts"
import type { Decision } from "#server/decision.ts"
import { takeRandom } from "#server/random.ts"
import { connectWriter } from "#server/services.ts"
import { applyCaptured, applyLegDone } from "#server/trades/funding-rules.ts"
import { confirm, propose, startFunding } from "#server/trades/rules.ts"
import { type Scene, systemActor } from "#server/trades/scene.ts"
import { accept, deliver } from "#server/trades/settlement-rules.ts"
import { loadProposal, loadScene } from "#server/trades/store.ts"
import { type BenchOptions, type BenchResult, callerCounts, measureOf, median } from "./measure.ts"
import { processorTime, tellProcessorTime } from "./processor-time.ts"
import { TpcB } from "./reference.ts"
import { namesOfBackends, secondsSince, startSequencer, stopSequencer, untilSealed } from "./sealing.ts"

const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, Date.now(), takeRandom(10))
const user = newId("user")

/** What runs first is compiled meanwhile; a market runs for months. */
const warmUpSeconds = 5

/**
 * Whole trades: each caller proposes, agrees, starts to pay, has the payment applied, is delivered to, accepts
 * and is settled; seven transitions, each with its load, its rule, and state, book, facts and jobs in one
 * commit. The provider's answers are given in process; the sequencer seals in a process of its own, and a round
 * ends when all is sealed. Beside it TPC-B on the same server, in turns.
 */
export async function bench({ seconds, rounds, say }: BenchOptions): Promise<BenchResult> {
  say("Starting a fresh database …")
  const server = await startTestServer({ durable: true })
  const home = await mkdtemp(path.join(tmpdir(), "quanheng-bench-"))
  const urls = await server.freshDatabase()
  const client = makeClient(urls.servingUrl, { connections: 6, name: "bench" })
  const owner = makeClient(urls.ownerUrl, { connections: 1, name: "bench-owner" })
  const sequencer = startSequencer(urls.servingUrl, home)
  try {
    const tpcB = await TpcB.open(server.superuserUrl)
    const writer = await new Writer(
      connectWriter(urls.servingUrl, "bench"),
      makeKeyRing(client.sql, randomBytes(32)),
    ).start()
    const measures = []
    const backends = await namesOfBackends(owner.sql)
    for (const callers of callerCounts) {
      const offers = await makeOffers(owner.sql, callers)
      await trade(client.sql, writer, offers, warmUpSeconds)
      await untilSealed(client.sql)
      await owner.sql`analyze`
      const rates: number[] = []
      const slowest: number[] = []
      for (let round = 1; round <= rounds; round++) {
        say(`${callers} callers, round ${round} of ${rounds} …`)
        await tpcB?.measure(seconds)
        const started = performance.now()
        const before = processorTime(backends)
        const times = await trade(client.sql, writer, offers, seconds)
        await untilSealed(client.sql)
        say(`  A transition took ${tellProcessorTime(before, processorTime(backends), times.length)}`)
        rates.push(times.length / secondsSince(started))
        slowest.push(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0)
      }
      const reference = tpcB === null ? null : { name: tpcB.name, value: tpcB.rate() }
      const named = { bench: "trade", measure: `transitions with loading, ${callers} callers, all sealed` }
      measures.push(measureOf({ ...named, value: median(rates), unit: "transitions/s" }, reference))
      measures.push(
        measureOf(
          {
            bench: "trade",
            measure: `p99 of one transition, ${callers} callers`,
            value: median(slowest),
            unit: "ms",
          },
          null,
        ),
      )
    }
    const notes =
      tpcB === null ? ["There is no pgbench here (Debian: postgresql-15), so there is no reference."] : []
    return { measures, notes }
  } finally {
    await stopSequencer(sequencer)
    await Promise.all([client.close(), owner.close()])
    await server.stop()
    await rm(home, { recursive: true, force: true })
  }
}

export type Offer = { listing: Id<"listing">; plan: Plan; buyer: Id<"party"> }

/** For each caller a verified buyer, a verified seller and a published listing, as rows without their history. */
export async function makeOffers(sql: Sql, callers: number): Promise<Offer[]> {
  const policy = policyOfLicence("us-public-domain", "NOAA")
  if (!policy) throw new Error("no policy")
  return Promise.all(
    Array.from({ length: callers }, async () => {
      const [buyer, seller, listing] = [newId("party"), newId("party"), newId("listing")]
      for (const id of [buyer, seller]) {
        const row = {
          id,
          version: 1,
          state: "verified",
          name: { original: "en", en: "Bench" },
          country: "CN",
          identifier: id,
          payee: "acct_1",
          bankAccount: "6222",
          frozenBy: null,
        }
        await putRow(sql, "party", row)
      }
      const plan = {
        id: newId("plan"),
        kind: "one-off",
        price: { minor: "19900", currency: "CNY" },
        seats: null,
        approval: false,
        deliveryHours: 72,
        acceptanceHours: 168,
      } as unknown as Plan
      const row = {
        id: listing,
        version: 1,
        state: "published",
        seller,
        product: newId("product"),
        datasetVersion: newId("version"),
        policy,
        policyHash: contentHash(policy),
        plans: [plan],
        frozenBy: null,
        publishedAt: new Date().toISOString(),
      }
      await putRow(sql, "listing", row)
      return { listing, plan, buyer }
    }),
  )
}

/** Answers how long each transition took, in milliseconds. */
async function trade(sql: Sql, writer: Writer, offers: readonly Offer[], seconds: number): Promise<number[]> {
  const end = performance.now() + 1000 * seconds
  const times: number[] = []
  await Promise.all(
    offers.map(async (offer) => {
      while (performance.now() < end) await wholeTrade(sql, writer, offer, times)
    }),
  )
  return times
}

async function wholeTrade(sql: Sql, writer: Writer, offer: Offer, times: number[]): Promise<void> {
  const [id, payment, grant] = [newId("trade"), newId("payment"), newId("grant")]
  const by = { side: "buyer", user, party: offer.buyer } as const
  const agreementHash = randomBytes(32).toString("hex")
  const nonce = randomBytes(16).toString("hex")
  const step = async (
    action: string,
    load: () => Promise<Scene | Refusal>,
    decide: (scene: Scene, now: Time) => Decision | Refusal,
  ) => {
    const started = performance.now()
    checked(await writer.run({ giver: offer.buyer, id: newId("command"), action, input: id }, load, decide))
    times.push(performance.now() - started)
  }
  const scene = async () => (await loadScene(sql, id)) ?? refuse("not_found")
  const paid = ({ payment: row }: Scene): Payment => {
    if (!row) throw new Error("no payment")
    return row
  }

  const started = performance.now()
  checked(
    await writer.run(
      { giver: offer.buyer, id: newId("command"), action: "propose", input: id },
      async () => (await loadProposal(sql, offer.listing, offer.buyer)) ?? refuse("not_found"),
      ({ listing, seller, buyer }, now) =>
        propose(proposal(id, listing as Listing, seller, buyer, offer.plan, agreementHash), user, now),
    ),
  )
  times.push(performance.now() - started)
  await step("confirm", scene, (one, now) => confirm(one, by, agreementHash, now))
  await step("pay", scene, (one, now) => startFunding(one, { id: payment, nonce }, "card", by, now))
  const captured = {
    amount: offer.plan.price,
    charge: "ch_1",
    providerFee: { minor: "600", currency: "CNY" as const },
  }
  await step("captured", scene, (one, now) =>
    applyCaptured(one, paid(one), captured, systemActor("payments"), now),
  )
  const check = { versionHash: "b".repeat(64), measuredHash: "b".repeat(64), result: "same" as const }
  await step("deliver", scene, (one, now) => deliver(one, grant, { ...check, at: now }, now))
  await step("accept", scene, (one, now) => accept(one, by, now))
  await step("settle", scene, (one, now) =>
    applyLegDone(one, paid(one), "release", "tr_1", systemActor("payments"), now),
  )
}

export const proposal = (
  id: Id<"trade">,
  listing: Listing,
  seller: Scene["seller"] | object,
  buyer: object,
  plan: Plan,
  agreementHash: string,
) =>
  ({
    trade: id,
    buyer,
    seller,
    listing,
    plan,
    product: listing.product,
    datasetVersion: listing.datasetVersion,
    use: { actions: ["use"] },
    origin: { kind: "listing" },
    agreementHash,
    charges: chargesOf(
      { treatment: "none", basisPoints: 0, net: plan.price, tax: zero(plan.price.currency) },
      feeTerms(plainSchedule(1_000), "standard", plan.price.currency, null),
    ),
    purchaseOrder: null,
  }) as Parameters<typeof propose>[0]

function checked(answer: Json | Refusal): void {
  if (isRefusal(answer)) throw new Error(`refused: ${answer.refused} ${answer.at ?? ""}`)
}
