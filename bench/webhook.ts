import { createHmac, randomBytes } from "node:crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { setTimeout as delay } from "node:timers/promises"
import { Logger, run } from "graphile-worker"
import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import { makeId } from "#contracts/ids.ts"
import type { Listing } from "#contracts/listing.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { hourMs, toTime } from "#contracts/time.ts"
import { makeClient } from "#db/client.ts"
import { startTestServer } from "#db/test-server.ts"
import { makeKeyRing } from "#server/commit/key-ring.ts"
import { Writer } from "#server/commit.ts"
import { makeFrontDoor } from "#server/http/front-door.ts"
import { paymentDoors } from "#server/http/payment-doors.ts"
import { applyWebhook } from "#server/payments/inbox.ts"
import type { PaymentProvider } from "#server/payments/provider.ts"
import { makeStripeProvider } from "#server/payments/stripe.ts"
import { takeRandom } from "#server/random.ts"
import { connectWriter, type Services } from "#server/services.ts"
import { confirm, propose, startFunding } from "#server/trades/rules.ts"
import { loadProposal, loadScene } from "#server/trades/store.ts"
import { type BenchOptions, type BenchResult, measureOf, median } from "./measure.ts"
import { makeOffers, type Offer, proposal } from "./trade.ts"

const perSecond = 50
const secret = "whsec_bench"

type Waiting = { session: string; payment: Id<"payment">; trade: Id<"trade"> }

/**
 * From the first byte of a webhook to its payment applied: signed calls at the front door, fifty a second and each
 * another payment's; verified, kept, queued, taken up by the worker's runner, the object fetched (answered in
 * process) and the payment held in one commit. Web and worker share a process here.
 */
export async function bench({ seconds, rounds, say }: BenchOptions): Promise<BenchResult> {
  say("Starting a fresh database …")
  const server = await startTestServer({ durable: true })
  const urls = await server.freshDatabase()
  const client = makeClient(urls.servingUrl, { connections: 8, name: "bench" })
  const owner = makeClient(urls.ownerUrl, { connections: 1, name: "bench-owner" })
  const writing = connectWriter(urls.servingUrl, "bench")
  const writer = await new Writer(writing, makeKeyRing(client.sql, randomBytes(32))).start()
  const known = new Map<string, Waiting>()
  const services = {
    sql: client.sql,
    writer,
    provider: answering(known),
    config: { publicUrl: "http://127.0.0.1", proxies: 0 },
  } as unknown as Services
  const applied = new Map<string, number>()
  const web = createServer(
    makeFrontDoor(services, paymentDoors, (_, response) => response.writeHead(404).end()),
  )
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve))
  const origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
  const runner = await run({
    connectionString: urls.servingUrl,
    concurrency: 4,
    pollInterval: 500,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
    taskList: {
      applyWebhook: async (payload) => {
        const { provider, event } = payload as { provider: string; event: string }
        await applyWebhook(services, provider, event)
        applied.set(event, performance.now())
      },
      deliver: async () => undefined,
    },
  })
  try {
    const offers = await makeOffers(owner.sql, 16)
    const slowest: number[] = []
    for (let round = 0; round <= rounds; round++) {
      say(round === 0 ? "Warming up …" : `Round ${round} of ${rounds} …`)
      const waiting = await open(
        client.sql,
        writer,
        offers,
        Math.ceil(perSecond * (round === 0 ? 2 : seconds)),
      )
      for (const one of waiting) known.set(one.session, one)
      await owner.sql`analyze`
      const times = await deliver(origin, waiting, applied)
      if (round > 0) slowest.push(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0)
    }
    const figure = {
      bench: "webhook",
      measure: `received to applied, p99 at ${perSecond}/s`,
      value: median(slowest),
      unit: "ms",
    }
    return { measures: [measureOf(figure, null)], notes: [] }
  } finally {
    await runner.stop()
    web.close()
    web.closeAllConnections()
    await Promise.all([client.close(), owner.close(), writing.end()])
    await server.stop()
  }
}

const newId = <K extends "trade" | "payment" | "command">(kind: K): Id<K> =>
  makeId(kind, Date.now(), takeRandom(10))

/** Trades that wait for a card payment whose page is open. */
async function open(sql: Sql, writer: Writer, offers: readonly Offer[], count: number): Promise<Waiting[]> {
  const waiting: Waiting[] = []
  const lane = async (offer: Offer) => {
    while (waiting.length < count) {
      const one = {
        session: `cs_${randomBytes(8).toString("hex")}`,
        payment: newId("payment"),
        trade: newId("trade"),
      }
      waiting.push(one)
      await start(sql, writer, offer, one)
    }
  }
  await Promise.all(offers.map(lane))
  return waiting
}

async function start(
  sql: Sql,
  writer: Writer,
  offer: Offer,
  { session, payment, trade }: Waiting,
): Promise<void> {
  const by = { side: "buyer", user: makeId("user", 0, Buffer.alloc(10)), party: offer.buyer } as const
  const agreementHash = randomBytes(32).toString("hex")
  const command = (action: string) => ({ giver: offer.buyer, id: newId("command"), action, input: trade })
  const scene = async () => (await loadScene(sql, trade)) ?? refuse("not_found")
  const answers = [
    await writer.run(
      command("propose"),
      async () => (await loadProposal(sql, offer.listing, offer.buyer)) ?? refuse("not_found"),
      ({ listing, seller, buyer }, now) =>
        propose(proposal(trade, listing as Listing, seller, buyer, offer.plan, agreementHash), by.user, now),
    ),
    await writer.run(command("confirm"), scene, (one, now) => confirm(one, by, agreementHash, now)),
    await writer.run(command("pay"), scene, (one, now) =>
      startFunding(one, { id: payment, nonce: randomBytes(16).toString("hex") }, "card", by, now),
    ),
  ]
  const refused = answers.find(isRefusal)
  if (refused) throw new Error(`refused: ${JSON.stringify(refused)}`)
  await sql`insert into intents (key, payment, kind, parameters, parameters_hash, state, reference)
    values (${`checkout:${payment}:1`}, ${payment}, 'checkout', '{}', '', 'done', ${session})`
}

/** Sends an event for each, at its time and without waiting for the one before; answers what each took, in milliseconds. */
async function deliver(
  origin: string,
  waiting: readonly Waiting[],
  applied: ReadonlyMap<string, number>,
): Promise<number[]> {
  const began = performance.now()
  const sent = await Promise.all(
    waiting.map(async ({ session }, i) => {
      await delay(Math.max(0, began + (1000 * i) / perSecond - performance.now()))
      const event = `evt_${session}`
      const body = JSON.stringify({
        id: event,
        object: "event",
        api_version: "2026-10-28.endive",
        created: Math.floor(Date.now() / 1000),
        data: { object: { id: session, object: "checkout.session" } },
        livemode: false,
        pending_webhooks: 1,
        request: null,
        type: "checkout.session.completed",
      })
      const at = Math.floor(Date.now() / 1000)
      const signature = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")
      const started = performance.now()
      const answer = await fetch(`${origin}/webhooks/stripe`, {
        method: "POST",
        body,
        headers: { "stripe-signature": `t=${at},v1=${signature}` },
      })
      if (answer.status !== 200) throw new Error(`refused: ${await answer.text()}`)
      await answer.arrayBuffer()
      return { event, started }
    }),
  )
  for (let look = 0; look < 600 && sent.some(({ event }) => !applied.has(event)); look++) await delay(50)
  return sent.map(({ event, started }) => {
    const at = applied.get(event)
    if (at === undefined) throw new Error(`${event} was not applied`)
    return at - started
  })
}

/** Signatures are checked as they are; a session's answer is that it was paid. */
function answering(known: ReadonlyMap<string, Waiting>): PaymentProvider {
  const provider = makeStripeProvider({
    secretKey: "sk_test_bench",
    webhookSecret: secret,
    apiBase: "http://127.0.0.1:1",
    production: false,
  })
  return {
    ...provider,
    async retrieveCheckout(session) {
      const one = known.get(session)
      if (!one) return { unknown: "nobody knows it" }
      const now = toTime(Date.now())
      const amount = { minor: "19900", currency: "CNY" }
      return {
        ok: {
          kind: "captured",
          session,
          marks: { paymentId: one.payment, tradeId: one.trade, key: null },
          amount,
          expiresAt: toTime(Date.now() + hourMs),
          paymentIntent: `pi_${session}`,
          charge: `ch_${session}`,
          capturedAt: now,
          fee: { minor: "600", currency: "CNY" },
          availableAt: now,
          refunded: { minor: "0", currency: "CNY" },
        },
      }
    },
  }
}
