import { randomBytes } from "node:crypto"
import Stripe from "stripe"
import { afterAll, describe, expect, test } from "vitest"
import type { Money } from "#contracts/money.ts"
import { dayMs, hourMs, toTime } from "#contracts/time.ts"
import { startHarness } from "../../sandbox/stripe/harness.ts"
import type { CheckoutInput, ProviderResult } from "./provider.ts"
import { makeStripeProvider } from "./stripe.ts"

/**
 * What the product relies on of Stripe, asked of the stand-in here, and of Stripe's own test mode by
 * `STRIPE_TEST_KEY=sk_test_… npm run contract -- --stripe` (docs/contract.md). Each run uses ids of its own, so that
 * it may be repeated on the same account.
 */
const real = process.env.QUANHENG_CONTRACT === "stripe"
const key = real ? (process.env.STRIPE_TEST_KEY ?? "") : "sk_test_contract"
if (!/^(sk|rk)_test_\w+$/.test(key)) throw new Error("STRIPE_TEST_KEY must be a key of Stripe's test mode")
const harness = real ? null : await startHarness()
afterAll(() => harness?.close())
const stripe = harness?.stripe ?? new Stripe(key, { maxNetworkRetries: 2, timeout: 20_000 })
const apiBase = harness?.sandbox.origin ?? null
const settings = { webhookSecret: "whsec_contract", apiBase, production: false, timeoutMs: 20_000 }
const provider = makeStripeProvider({ secretKey: key, ...settings })
/** An account of test mode whose transfers are active: onboarding it takes a person. */
const payee = harness ? await harness.payee() : (process.env.STRIPE_TEST_PAYEE ?? null)
const run = randomBytes(6).toString("hex")
const began = Date.now()
const limit = real ? 60_000 : 10_000
const dollars = (minor: string): Money => ({ minor, currency: "USD" })

function ok<T>(result: ProviderResult<T>): T {
  if ("ok" in result) return result.ok
  throw new Error(JSON.stringify(result))
}

/** A charge that succeeded: of Stripe's by one of its test cards, of the stand-in's by its control. */
async function charge(amount: number, group: string): Promise<Stripe.Charge> {
  if (harness) return harness.paid(amount, "usd", group)
  const { latest_charge } = await stripe.paymentIntents.create({
    amount,
    currency: "usd",
    payment_method: "pm_card_bypassPending",
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    transfer_group: group,
    expand: ["latest_charge"],
  })
  if (latest_charge === null || typeof latest_charge === "string") throw new Error("there is no charge")
  return latest_charge
}

const page = (name: string, minor = "2000"): CheckoutInput => ({
  tradeId: `trade-${run}`,
  paymentId: `payment-${run}-${name}`,
  amount: dollars(minor),
  description: "Rainfall 2025",
  successUrl: "https://example.com/paid?session={CHECKOUT_SESSION_ID}",
  cancelUrl: "https://example.com/back",
  expiresAt: toTime(Date.now() + 2 * hourMs),
  locale: "en",
  idempotencyKey: `${run}:${name}`,
})

describe("a payment page", () => {
  test("is made once for a key, tells its marks and amount, and is closed once", {
    timeout: limit,
  }, async () => {
    const input = page("page")
    const made = ok(await provider.createCheckout(input))
    expect(made.url).toMatch(/^https?:/)
    expect(ok(await provider.createCheckout(input)).sessionId).toBe(made.sessionId)
    expect(ok(await provider.retrieveCheckout(made.sessionId))).toMatchObject({
      kind: "open",
      amount: dollars("2000"),
      marks: { paymentId: input.paymentId, tradeId: input.tradeId },
    })
    expect(
      await provider.createCheckout({ ...page("page", "2001"), expiresAt: input.expiresAt }),
    ).toMatchObject({
      failed: { retry: "never" },
    })
    expect(ok(await provider.expireCheckout(made.sessionId)).kind).toBe("expired")
    expect(await provider.expireCheckout(made.sessionId)).toHaveProperty("failed")
  })

  test("that is not there is missing, and a key that is none is refused", { timeout: limit }, async () => {
    expect(await provider.retrieveCheckout("cs_test_none")).toMatchObject({
      failed: { code: "resource_missing" },
    })
    const stranger = makeStripeProvider({ ...settings, secretKey: real ? "sk_test_none" : "rk_test_none" })
    const answer = await stranger.retrieveCheckout("cs_test_none")
    expect(answer).toHaveProperty("failed")
    if (real) expect(answer).toMatchObject({ failed: { retry: "same_key" } })
  })
})

test("refunds: in parts, once for a key, never more than was charged, found by their marks", {
  timeout: limit,
}, async () => {
  const { id } = await charge(2_000, `refund-${run}`)
  const refund = (minor: string, name: string) =>
    provider.refund({
      tradeId: `trade-${run}`,
      paymentId: `payment-${run}`,
      charge: id,
      amount: dollars(minor),
      idempotencyKey: `${run}:refund:${name}`,
    })
  const first = ok(await refund("500", "a"))
  expect(first).toMatchObject({ amount: dollars("500"), charge: id })
  expect(["refunded", "refund_pending"]).toContain(first.kind)
  expect(ok(await refund("500", "a")).refund).toBe(first.refund)
  expect(await refund("501", "a")).toMatchObject({ failed: { retry: "never" } })
  expect(await refund("1501", "b")).toHaveProperty("failed")
  ok(await refund("1500", "c"))
  expect(await refund("1", "d")).toMatchObject({ failed: { code: "charge_already_refunded" } })
  const found = ok(await provider.findRefunds(id))
  expect(found.map(({ marks }) => marks.key)).toEqual([`${run}:refund:c`, `${run}:refund:a`])
  expect(ok(await provider.retrieveRefund(first.refund)).amount).toEqual(dollars("500"))
})

test.skipIf(payee === null)(
  "transfers: from a charge, once for a key, found by their group, taken back in part",
  { timeout: limit },
  async () => {
    const group = `transfer-${run}`
    const { id } = await charge(2_000, group)
    const transfer = (minor: string, name: string) =>
      provider.transfer({
        tradeId: `trade-${run}`,
        paymentId: `payment-${run}`,
        amount: dollars(minor),
        destination: payee ?? "",
        sourceCharge: id,
        transferGroup: group,
        idempotencyKey: `${run}:transfer:${name}`,
      })
    const made = ok(await transfer("1800", "a"))
    expect(made).toMatchObject({ amount: dollars("1800"), sourceCharge: id, group })
    expect(ok(await transfer("1800", "a")).transfer).toBe(made.transfer)
    expect(await transfer("1799", "a")).toMatchObject({ failed: { retry: "never" } })
    expect(await transfer("1800", "b")).toHaveProperty("failed")
    expect(ok(await provider.findTransfers(group)).map(({ marks }) => marks.key)).toEqual([
      `${run}:transfer:a`,
    ])
    const back = { transfer: made.transfer, amount: dollars("800"), idempotencyKey: `${run}:reverse` }
    const reversed = ok(await provider.reverse(back))
    expect(ok(await provider.reverse(back)).reversal).toBe(reversed.reversal)
    expect(ok(await provider.retrieveTransfer(made.transfer)).reversed).toEqual(dollars("800"))
    const more = { ...back, amount: dollars("1001"), idempotencyKey: `${run}:reverse:more` }
    expect(await provider.reverse(more)).toHaveProperty("failed")
  },
)

test("a seller's account is made once for a key, cannot be paid yet, and has a page to complete it", {
  timeout: limit,
}, async () => {
  const input = {
    partyId: `party-${run}`,
    displayName: "Harbour Data",
    country: "DE",
    email: `seller-${run}@example.com`,
    idempotencyKey: `${run}:payee`,
  }
  const made = ok(await provider.createPayee(input))
  expect(ok(await provider.createPayee(input)).account).toBe(made.account)
  expect(ok(await provider.payeeStatus(made.account)).transfers).not.toBe("active")
  const [returnUrl, refreshUrl] = ["https://example.com/done", "https://example.com/again"]
  const link = ok(await provider.onboardingLink({ account: made.account, returnUrl, refreshUrl }))
  expect(link.url).toMatch(/^https?:/)
})

test("what happened is listed: events oldest first, and lines of the book whose net is amount less fee", {
  timeout: limit,
}, async () => {
  const since = toTime(began - 60_000)
  const events = ok(await provider.listEvents(since))
  expect(events.length).toBeGreaterThan(0)
  expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted())
  const lines = []
  for await (const part of provider.listBalance(toTime(Math.max(0, began - (real ? 0 : dayMs)))))
    lines.push(...ok(part))
  expect(lines.some(({ type }) => type === "charge")).toBe(true)
  for (const { amount, fee, net } of lines)
    expect(BigInt(net.minor)).toBe(BigInt(amount.minor) - BigInt(fee.minor))
  const { available, pending } = ok(await provider.balance())
  expect([...available, ...pending].length).toBeGreaterThan(0)
})
