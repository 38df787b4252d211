import { createHmac } from "node:crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { editRow } from "#db/test-rows.ts"
import { Browser } from "../access/test-browser.ts"
import { tasks } from "../jobs/tasks.ts"
import { sessionOf } from "../payments/card-rail.ts"
import { payTrade } from "../payments/commands.ts"
import { sweepEvents } from "../payments/inbox.ts"
import { loadPayment } from "../payments/store.ts"
import { testMarket } from "../test-market.ts"
import { confirmTrade, proposeTrade } from "../trades/commands.ts"
import { sweepDeadlines } from "../trades/deadlines.ts"
import { loadScene } from "../trades/store.ts"
import { doors } from "./doors.ts"
import { makeFrontDoor } from "./front-door.ts"

/** The provider's webhook and the buyers' calls over HTTP, through the front door. */
const market = await testMarket()
const { services, harness, owner } = market
const { sql, newId } = services
const seller = await market.party("seller")
const price = { minor: "19900", currency: "CNY" } as const

const server = createServer(makeFrontDoor(services, doors, (_, response) => response.writeHead(404).end()))
let origin = ""
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

let events = 0
const eventOf = (session: string, type = "checkout.session.completed", { livemode = false } = {}) =>
  JSON.stringify({
    id: `evt_${++events}`,
    object: "event",
    api_version: "2026-10-28.endive",
    created: Math.floor(Date.now() / 1000),
    data: { object: { id: session, object: "checkout.session" } },
    livemode,
    pending_webhooks: 1,
    request: null,
    type,
  })

function signatureOf(body: string, { offsetSeconds = 0, secret = market.webhookSecret } = {}): string {
  const at = Math.floor(Date.now() / 1000) + offsetSeconds
  return `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`
}

async function deliver(body: string, signature: string | null, headers: Record<string, string> = {}) {
  const response = await fetch(`${origin}/webhooks/stripe`, {
    method: "POST",
    body,
    headers: { ...headers, ...(signature === null ? {} : { "stripe-signature": signature }) },
  })
  return { status: response.status, body: await response.json() }
}

/** What the worker would do. */
async function applyKept(): Promise<void> {
  const rows = await sql<{ provider: string; event: string }[]>`
    select provider, event from inbox where applied_at is null`
  for (const row of rows) await tasks.applyWebhook(services, row)
}

const tradeOf = async (id: Id<"trade">) => {
  const scene = await loadScene(sql, id)
  if (!scene) throw new Error("no such trade")
  return scene.trade
}

/** A trade of a new buyer whose payment page is open. */
async function opened() {
  const buyer = await market.party("buyer")
  const offer = await market.listing(seller, { price })
  const input = {
    commandId: newId("command"),
    ...offer,
    use: { actions: ["use" as const] },
    locale: "en" as const,
  }
  const { product: _, datasetVersion: __, ...choice } = input
  const { trade } = (await proposeTrade(services, buyer, choice as never)) as { trade: Id<"trade"> }
  const { agreementHash } = await tradeOf(trade)
  await confirmTrade(services, buyer, { commandId: newId("command"), trade, agreementHash })
  const started = await payTrade(services, buyer, { commandId: newId("command"), trade, rail: "card" }, "en")
  if (isRefusal(started)) throw new Error(started.refused)
  const id = started.payment as Id<"payment">
  const payment = await loadPayment(sql, id)
  const session = payment ? await sessionOf(sql, payment) : null
  if (session === null) throw new Error("no session")
  return { trade, payment: id, session }
}

const lines: string[] = []
const { warn } = console
console.warn = (line) => void lines.push(String(line))
afterAll(() => {
  console.warn = warn
})
const logged = () => lines
const moved = async () => (await sql`select 1 from postings`).length

/** What stands in the operator's queue. */
const alertOf = async (subject: string) => {
  const [row] =
    await sql`select kind, code, detail->>'at' as at from alerts where subject = ${subject} and closed_at is null`
  return row
}
const kept = async () => (await sql`select 1 from inbox`).length
const heldPostings = (payment: string) =>
  sql`select leg from postings where source_type = 'payment.held' and source_id = ${payment}`

describe("a webhook that is not the provider's", () => {
  const body = eventOf("cs_x")
  test.each([
    ["signed with another secret", signatureOf(body, { secret: "whsec_wrong" })],
    ["signed over another body", signatureOf(`${body} `)],
    ["six minutes old", signatureOf(body, { offsetSeconds: -360 })],
    ["six minutes ahead", signatureOf(body, { offsetSeconds: 360 })],
    ["without a signature", null],
    ["with half a signature", "t=1"],
  ])(
    "%s is refused in the reader's language, with a request id, and nothing is kept",
    async (_what, signature) => {
      const answer = await deliver(body, signature, { "accept-language": "zh-CN" })
      expect(answer).toMatchObject({
        status: 400,
        body: {
          error: {
            code: "webhook_signature",
            message: expect.stringMatching(/[一-鿿]/),
            requestId: expect.stringMatching(/^[0-9a-f]{16}$/),
          },
        },
      })
      expect(await kept()).toBe(0)
    },
  )

  test("larger than any event is refused before it is read whole", async () => {
    expect(await deliver("x".repeat(10_000_000), "t=1")).toMatchObject({
      status: 413,
      body: { error: { code: "body_too_large" } },
    })
    expect(await alertOf("body_too_large")).toMatchObject({ kind: "webhook", code: "body_too_large" })
  })

  test("of live mode at a market in test mode is refused by its own code, though its signature is right", async () => {
    const live = eventOf("cs_x", "checkout.session.completed", { livemode: true })
    expect(await deliver(live, signatureOf(live))).toMatchObject({
      status: 400,
      body: { error: { code: "webhook_mode" } },
    })
    expect(await alertOf("webhook_mode")).toMatchObject({ kind: "webhook", code: "webhook_mode" })
    expect(await kept()).toBe(0)
  })

  test("stands in the operator's queue, once for each reason, however often it comes", async () => {
    expect(await alertOf("webhook_signature/signature")).toMatchObject({ code: "webhook_signature" })
    expect(await alertOf("webhook_signature/stale")).toMatchObject({ code: "webhook_signature" })
    expect(await sql`select 1 from alerts where kind = 'webhook'`).toHaveLength(6)
    const reasons = [
      "webhook_signature/signature",
      "webhook_signature/stale",
      "webhook_mode",
      "body_too_large",
    ]
    for (const reason of reasons)
      expect(logged()).toContainEqual(
        expect.stringMatching(`calls at the provider's door were refused: ${reason}`),
      )
    expect(await moved()).toBe(0)
  })
})

describe("an event whose object is not what we asked for moves nothing, and somebody is told", () => {
  /** Delivers an event of this session, applies it, and answers what is told of it. */
  async function told(session: string) {
    const body = eventOf(session)
    expect((await deliver(body, signatureOf(body))).status).toBe(200)
    await applyKept()
    const event = JSON.parse(body).id as string
    expect(logged()).toContainEqual(
      expect.stringContaining(`the event ${event} (checkout.session.completed of ${session}) is refused`),
    )
    const [row] =
      await sql`select refusal, applied_at is not null as applied from inbox where event = ${event}`
    return { ...(await alertOf(event)), ...row }
  }
  const mismatch = (at: string) => ({
    kind: "event",
    code: "payment_mismatch",
    at,
    refusal: "payment_mismatch",
    applied: true,
  })

  test.each([
    ["another amount", { minor: "19901", currency: "CNY" }],
    ["another currency", { minor: "19900", currency: "EUR" }],
  ])("%s", async (_what, amount) => {
    const { trade, payment, session } = await opened()
    await editRow(owner.sql, "payment", payment, "amount", amount)
    await harness.control("POST", `sessions/${session}/pay`, {})
    expect(await told(session)).toEqual(mismatch("amount"))
    expect(await heldPostings(payment)).toHaveLength(0)
    expect((await tradeOf(trade)).state).toBe("funding")
  })

  test("a session that names another trade's payment", async () => {
    const { trade, payment } = await opened()
    const other = await harness.stripe.checkout.sessions.create({
      mode: "payment",
      ui_mode: "hosted_page",
      client_reference_id: payment,
      line_items: [
        {
          quantity: 1,
          price_data: { currency: "cny", unit_amount: 19_900, product_data: { name: "something else" } },
        },
      ],
      success_url: "http://127.0.0.1:1/",
    })
    await harness.control("POST", `sessions/${other.id}/pay`, {})
    expect(await told(other.id)).toEqual(mismatch("session"))
    expect(await heldPostings(payment)).toHaveLength(0)
    expect((await tradeOf(trade)).state).toBe("funding")
  })

  test("a session that tells of a second charge", async () => {
    const { payment, session } = await opened()
    await harness.control("POST", `sessions/${session}/pay`, {})
    const body = eventOf(session)
    await deliver(body, signatureOf(body))
    await applyKept()
    await editRow(owner.sql, "payment", payment, "charge", "ch_first")
    expect(await told(session)).toEqual(mismatch("charge"))
    expect(await heldPostings(payment)).toHaveLength(2)
  })
})

test("two events of one session, and the first again after a day, signed anew, book the money once", async () => {
  const { payment, session } = await opened()
  await harness.control("POST", `sessions/${session}/pay`, {})
  const [first, second] = [eventOf(session), eventOf(session, "checkout.session.async_payment_succeeded")]
  for (const body of [first, second]) expect((await deliver(body, signatureOf(body))).status).toBe(200)
  await applyKept()
  const yesterday = await deliver(first, signatureOf(first, { offsetSeconds: -86_400 }))
  expect(yesterday).toMatchObject({
    status: 400,
    body: { error: { code: "webhook_signature", at: "stale" } },
  })
  expect(await alertOf("webhook_signature/stale")).toMatchObject({ code: "webhook_signature" })
  expect((await deliver(first, signatureOf(first))).status).toBe(200)
  await applyKept()
  expect(await heldPostings(payment)).toHaveLength(2)
  expect(await sql`select 1 from inbox where object = ${session} and refusal is not null`).toHaveLength(0)
})

test("a payment whose webhook was lost is learned of from the provider's list of events, once", async () => {
  const { trade, session } = await opened()
  await harness.control("POST", `sessions/${session}/pay`, {})
  expect(await sweepEvents(services)).toBeGreaterThan(0)
  await applyKept()
  expect((await tradeOf(trade)).state).toBe("funded")
  expect(await sweepEvents(services)).toBe(0)
})

test("the same webhook ten times at once, then again after it was applied, books the money once", async () => {
  const { trade, payment, session } = await opened()
  await harness.control("POST", `sessions/${session}/pay`, {})
  const body = eventOf(session)
  const signature = signatureOf(body)
  const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(body, signature)))
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
  expect(await sql`select 1 from inbox where object = ${session}`).toHaveLength(1)
  const key = `webhook:${JSON.parse(body).id}`
  expect(await sql`select 1 from graphile_worker.jobs where key = ${key}`).toHaveLength(1)
  await Promise.all([applyKept(), applyKept(), applyKept()])
  expect((await deliver(body, signature)).status).toBe(200)
  await applyKept()
  expect((await tradeOf(trade)).state).toBe("funded")
  expect(await heldPostings(payment)).toHaveLength(2)
})

test("a payment that arrives after the trade expired is taken, and goes back by itself", async () => {
  const { trade, payment, session } = await opened()
  await market.passTime(trade)
  await sweepDeadlines(services)
  expect((await tradeOf(trade)).state).toBe("expired")
  await harness.control("POST", `sessions/${session}/pay`, {})
  const body = eventOf(session)
  expect((await deliver(body, signatureOf(body))).status).toBe(200)
  await applyKept()
  expect(await heldPostings(payment)).toHaveLength(2)
  await tasks.partPayment(services, { payment })
  expect((await tradeOf(trade)).state).toBe("expired")
  expect((await loadPayment(sql, payment))?.state).toBe("closed")
  const [charge] = (await harness.stripe.charges.list({ transfer_group: trade })).data
  expect(charge).toMatchObject({ refunded: true, amount_refunded: 19_900 })
})

test("a webhook that tells of a session we do not know of waits, and one of another kind is put aside", async () => {
  const early = eventOf("cs_unknown")
  expect((await deliver(early, signatureOf(early))).status).toBe(200)
  for (let attempt = 0; attempt < 3; attempt++) await expect(applyKept()).rejects.toThrow(/waits: not_found/)
  const { id } = JSON.parse(early) as { id: string }
  expect(await alertOf(id)).toMatchObject({ kind: "event", code: "not_found" })
  expect(logged()).toContainEqual(expect.stringContaining(`of cs_unknown) is refused: not_found`))
  const other = eventOf("ch_1", "charge.updated")
  expect((await deliver(other, signatureOf(other))).status).toBe(200)
  expect(await sql`select 1 from inbox where object = 'cs_unknown' and applied_at is null`).toHaveLength(1)
})

describe("two buyers over HTTP", () => {
  /** Somebody who is signed in and acts for a verified party of the buyer's role. */
  async function signedIn(name: string): Promise<{ actor: UserActor; cookie: string }> {
    const browser = new Browser(services, "198.51.100.80")
    await (await browser.ask()).access.signUp({
      name,
      email: `${name}@example.org`,
      password: "long enough for us",
    })
    const me = await (await browser.ask()).access.me()
    const actor = await market.party("buyer")
    await owner.sql`insert into members (party, "user", role) values (${actor.party}, ${me?.user.id ?? ""}, 'administrator')`
    return { actor, cookie: browser.headers().get("cookie") ?? "" }
  }

  async function call(cookie: string, path: string, input: object) {
    const response = await fetch(`${origin}/api/trpc/${path}`, {
      method: "POST",
      headers: { cookie, "content-type": "application/json" },
      body: JSON.stringify(input),
    })
    return { status: response.status, ...(await response.json()) }
  }

  test("for the last seat: one gets it, the other is told by a code, and a double click changes nothing", async () => {
    const { listing, plan } = await market.listing(seller, { price, seats: 1 })
    const both = await Promise.all(
      ["first", "second"].map(async (name) => {
        const { cookie } = await signedIn(name)
        const offer = { listing, plan, use: { actions: ["use"] }, locale: "en" }
        const proposed = await call(cookie, "trades.propose", { commandId: newId("command"), ...offer })
        const trade = proposed.result.data.trade as Id<"trade">
        const { agreementHash } = await tradeOf(trade)
        return { cookie, input: { commandId: newId("command"), trade, agreementHash } }
      }),
    )
    const answers = await Promise.all(
      both.flatMap(({ cookie, input }) => [1, 2].map(() => call(cookie, "trades.confirm", input))),
    )
    const won = answers.filter(({ status }) => status === 200)
    const lost = answers.filter(({ status }) => status === 409)
    expect(won.map(({ result }) => result.data)).toEqual([{ state: "agreed" }, { state: "agreed" }])
    expect(lost.map(({ error }) => error.data.code)).toEqual(["no_seat_left", "no_seat_left"])
    expect(await sql`select free from seats where plan = ${plan}`).toEqual([{ free: 0 }])
  })
})
