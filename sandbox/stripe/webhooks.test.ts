import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import Stripe from "stripe"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { startCheckedHarness } from "./checked-harness.ts"
import type { Harness } from "./harness.ts"

const secret = "whsec_test"
type Received = { type: string; id: string; verdict: "good" | "bad"; skewSeconds: number }

let received: Received[]
let answers: number[]
let receiver: Server
let harness: Harness

beforeEach(async () => {
  received = []
  answers = []
  receiver = createServer(async (request, response) => {
    let body = ""
    for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString("utf8")
    const header = String(request.headers["stripe-signature"])
    const event = JSON.parse(body) as Stripe.Event
    let verdict: Received["verdict"] = "good"
    try {
      harness.stripe.webhooks.constructEvent(body, header, secret)
    } catch {
      verdict = "bad"
    }
    const skewSeconds = Number(/t=(\d+)/.exec(header)?.[1]) - Math.floor(Date.now() / 1000)
    received.push({ type: event.type, id: event.id, verdict, skewSeconds })
    response.writeHead(answers.shift() ?? (verdict === "good" ? 200 : 400)).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", () => resolve()))
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks`
  harness = await startCheckedHarness({ webhook: { url, secret }, sender: { firstRetryMs: 20 } })
})
afterEach(async () => {
  await harness.close()
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
})

const completed = () => received.filter(({ type }) => type === "checkout.session.completed")

test("what happens is sent, signed, until it is answered with 2xx", async () => {
  answers = [500, 302, 200, 200, 200, 200, 200, 200, 200]
  await harness.paid(10_000, "usd", "trade-hook")
  await vi.waitFor(() => expect(received.length).toBe(6), 4000)
  expect(received.every(({ verdict }) => verdict === "good")).toBe(true)
  expect(new Set(received.map(({ type }) => type))).toEqual(
    new Set([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
    ]),
  )
  const { data } = await harness.stripe.events.list({ delivery_success: true })
  expect(data).toHaveLength(4)
  expect(data[0]?.pending_webhooks).toBe(0)
})

test.each([
  ["wrong_secret", ["bad", "good"], 0],
  ["stale", ["bad", "good"], -600],
  ["future", ["good"], 600],
  ["duplicate", ["good", "good"], 0],
] as const)("fault %s: the receiver sees %j", async (kind, verdicts, skew) => {
  await harness.control("POST", "faults", { kind, type: "checkout.session.completed" })
  await harness.paid(10_000, "usd", "trade-hook")
  await vi.waitFor(() => expect(completed()).toHaveLength(verdicts.length), 4000)
  expect(completed().map(({ verdict }) => verdict)).toEqual(verdicts)
  expect(Math.abs((completed()[0]?.skewSeconds ?? 0) - skew)).toBeLessThanOrEqual(1)
  expect(new Set(completed().map(({ id }) => id)).size).toBe(1)
})

test("a webhook that is held back comes after the next one", async () => {
  await harness.control("POST", "faults", {
    kind: "reorder",
    type: "payment_intent.created",
    latency_ms: 3000,
  })
  await harness.paid(10_000, "usd", "trade-order")
  await vi.waitFor(() => expect(received.length).toBe(4), 2000)
  expect(received[0]?.type).not.toBe("payment_intent.created")
  expect(received.filter(({ type }) => type === "payment_intent.created")).toHaveLength(1)
  const { data } = (await harness.control("GET", "faults")) as { data: { seen: number; fired: unknown[] }[] }
  expect(data.map(({ fired }) => fired.length)).toEqual([1])
})

test("a webhook held back with none after it comes by itself", async () => {
  const fault = { kind: "reorder", type: "checkout.session.expired", latency_ms: 100 }
  await harness.control("POST", "faults", fault)
  const { id } = await harness.openSession(5000, "usd", "trade-alone")
  await harness.stripe.checkout.sessions.expire(id)
  await vi.waitFor(() => expect(received.map(({ type }) => type)).toEqual([fault.type]), 2000)
})

test("a dropped webhook is only in the list of events, a delayed one comes later", async () => {
  await harness.control("POST", "faults", { kind: "drop", type: "checkout.session.completed" })
  await harness.control("POST", "faults", { kind: "delay", type: "charge.succeeded", latency_ms: 200 })
  await harness.paid(10_000, "usd", "trade-drop")
  await vi.waitFor(() => expect(received.length).toBe(3), 4000)
  expect(received.at(-1)?.type).toBe("charge.succeeded")
  expect(completed()).toHaveLength(0)
  const missed = await harness.stripe.events.list({ delivery_success: false })
  expect(missed.data.map(({ type }) => type)).toEqual(["checkout.session.completed"])
})

test("an endpoint gets the events of connected accounts, or the platform's, or both", async () => {
  const port = (receiver.address() as AddressInfo).port
  const make = (connect: boolean) =>
    harness.stripe.webhookEndpoints.create({
      url: `http://127.0.0.1:${port}/${connect ? "connected" : "platform"}`,
      enabled_events: ["*"],
      connect,
    })
  const [own, connect] = [await make(false), await make(true)]
  const stripeAccount = await harness.payee()
  await harness.paid(5000, "usd", "trade-own")
  const { data } = (await harness.control("GET", "deliveries")) as {
    data: { event: string; endpoint: string }[]
  }
  const types = async (endpoint: string) => {
    const events = data.filter((delivery) => delivery.endpoint === endpoint)
    const all = await Promise.all(events.map(({ event }) => typeOf(event)))
    return [...new Set(all)].sort()
  }
  const typeOf = async (event: string) => {
    const own = await harness.stripe.events.retrieve(event).catch(() => null)
    return (own ?? (await harness.stripe.events.retrieve(event, {}, { stripeAccount }))).type
  }
  expect(await types(connect.id)).toEqual(["account.updated"])
  expect(await types(own.id)).toContain("charge.succeeded")
  expect(await types(own.id)).not.toContain("account.updated")
  expect(await types("we_environment")).toEqual(
    expect.arrayContaining(["account.updated", "charge.succeeded"]),
  )
})

test("endpoints are made by API with a secret of their own, on this machine only", async () => {
  const port = (receiver.address() as AddressInfo).port
  const endpoint = await harness.stripe.webhookEndpoints.create({
    url: `http://localhost:${port}/other`,
    enabled_events: ["transfer.created"],
  })
  expect(endpoint.secret).toMatch(/^whsec_/)
  expect((await harness.stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined()
  const changed = await harness.stripe.webhookEndpoints.update(endpoint.id, {
    disabled: true,
    description: "d",
  })
  expect([changed.status, changed.description, changed.url]).toEqual(["disabled", "d", endpoint.url])
  const elsewhere = harness.stripe.webhookEndpoints.update(endpoint.id, { url: "https://example.com/" })
  await expect(elsewhere).rejects.toMatchObject({ code: "url_invalid" })
  await harness.stripe.webhookEndpoints.del(endpoint.id)
  expect((await harness.stripe.webhookEndpoints.list()).data.map(({ id }) => id)).toEqual(["we_environment"])
  const away = harness.stripe.webhookEndpoints.create({ url: "https://example.com/", enabled_events: ["*"] })
  await expect(away).rejects.toBeInstanceOf(Stripe.errors.StripeInvalidRequestError)
})
