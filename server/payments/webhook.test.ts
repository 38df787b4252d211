import { createHmac } from "node:crypto"
import Stripe from "stripe"
import { expect, test } from "vitest"
import { makeStripeProvider } from "./stripe.ts"

const secret = "whsec_right"
const now = Date.UTC(2026, 10, 24, 3, 50)
const provider = makeStripeProvider({
  secretKey: "sk_test_a",
  webhookSecret: secret,
  apiBase: "http://127.0.0.1:1",
  production: false,
})

const event = (livemode = false) =>
  JSON.stringify({
    id: "evt_1",
    object: "event",
    api_version: "2026-10-28.endive",
    created: now / 1000,
    data: { object: { id: "cs_1", object: "checkout.session", amount_total: 1 } },
    livemode,
    pending_webhooks: 1,
    request: null,
    type: "checkout.session.completed",
  })

const sign = (body: string, offsetSeconds = 0, key = secret) => {
  const at = now / 1000 + offsetSeconds
  return `t=${at},v1=${createHmac("sha256", key).update(`${at}.${body}`).digest("hex")}`
}

test.each([0, -300, 300])("a good signature of %i s is taken, as text and as bytes", (offset) => {
  const body = event()
  const taken = provider.verifyWebhook(body, sign(body, offset), now)
  expect(taken).toMatchObject({
    event: "evt_1",
    type: "checkout.session.completed",
    object: { kind: "checkout", id: "cs_1" },
    at: "2026-11-24T03:50:00.000Z",
  })
  expect(provider.verifyWebhook(new TextEncoder().encode(body), sign(body, offset), now)).toEqual(taken)
})

test.each([
  ["another secret", event(), sign(event(), 0, "whsec_wrong"), "signature"],
  ["another body", event().replace("cs_1", "cs_2"), sign(event()), "signature"],
  ["a stale time", event(), sign(event(), -301), "stale"],
  ["a time ahead", event(), sign(event(), 301), "future"],
  ["a time ahead behind a good one", event(), `t=${now / 1000},${sign(event(), 9000)}`, "header"],
  ["no time", event(), "v1=00", "header"],
  ["no header", event(), "", "header"],
  ["no signature", event(), `t=${now / 1000}`, "signature"],
  ["a signed body that is no event", "{", sign("{"), "signature"],
])("%s is refused", (_name, body, header, at) => {
  expect(provider.verifyWebhook(body, header, now)).toEqual({ refused: "webhook_signature", at })
})

test("an event of the other mode, live or test, is refused by another code", () => {
  expect(provider.verifyWebhook(event(true), sign(event(true)), now)).toEqual({ refused: "webhook_mode" })
})

test("the SDK alone takes a time ahead, which is why the check is ours", () => {
  const stripe = new Stripe("sk_test_a")
  const header = sign(event(), 9000)
  expect(stripe.webhooks.constructEvent(event(), header, secret, 300, undefined, now).id).toBe("evt_1")
})
