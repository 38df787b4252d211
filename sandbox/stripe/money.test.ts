import type Stripe from "stripe"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { startCheckedHarness } from "./checked-harness.ts"
import type { Harness } from "./harness.ts"

let harness: Harness
beforeAll(async () => {
  harness = await startCheckedHarness()
})
afterAll(() => harness.close())

/** The error that the SDK raises, as `status type code param`. */
async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    const { statusCode, rawType, code, param } = error as Stripe.errors.StripeError
    return [statusCode, rawType, code, param].filter((part) => part !== undefined).join(" ")
  }
  return "no error"
}

async function sumOfNet(): Promise<Map<string, number>> {
  const sums = new Map<string, number>()
  for await (const entry of harness.stripe.balanceTransactions.list({ limit: 3 }))
    sums.set(entry.currency, (sums.get(entry.currency) ?? 0) + entry.net)
  return sums
}

describe("checkout", () => {
  test("a declined card leaves the session open, a good one completes it", async () => {
    const { stripe, control } = harness
    const session = await harness.openSession(10_000, "usd", "trade-decline")
    await control("POST", `sessions/${session.id}/pay`, { card: "4000000000000002" })
    const declined = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] })
    const intent = declined.payment_intent as Stripe.PaymentIntent
    expect([declined.status, declined.payment_status]).toEqual(["open", "unpaid"])
    expect([intent.status, intent.last_payment_error?.decline_code]).toEqual([
      "requires_payment_method",
      "generic_decline",
    ])
    await control("POST", `sessions/${session.id}/pay`, {})
    const paid = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent.latest_charge.balance_transaction", "line_items"],
    })
    const charge = (paid.payment_intent as Stripe.PaymentIntent).latest_charge as Stripe.Charge
    const move = charge.balance_transaction as Stripe.BalanceTransaction
    expect([paid.status, paid.payment_status, paid.url]).toEqual(["complete", "paid", null])
    expect([charge.amount_captured, move.fee, move.net, move.status]).toEqual([10_000, 320, 9680, "pending"])
    expect(paid.line_items?.data[0]?.description).toBe("Rainfall 2025")
    expect((await control("POST", `sessions/${session.id}/pay`, {})).error).toBeDefined()
    const charges = await stripe.charges.list({ transfer_group: "trade-decline" })
    expect(charges.data.map((each) => each.status)).toEqual(["succeeded", "failed"])
  })

  test("sessions expire by request and by the clock, and only while open", async () => {
    const { stripe, control } = harness
    const session = await harness.openSession(10_000, "usd", "trade-expire")
    const late = await harness.openSession(10_000, "usd", "trade-expire")
    expect((await stripe.checkout.sessions.expire(session.id)).status).toBe("expired")
    expect(await errorOf(stripe.checkout.sessions.expire(session.id))).toBe("400 invalid_request_error")
    await control("POST", "clock", { advance_seconds: 86_400 })
    expect((await stripe.checkout.sessions.retrieve(late.id)).status).toBe("expired")
    expect((await control("POST", `sessions/${late.id}/pay`, {})).error).toBeDefined()
  })

  test.each([
    ["unknown parameter", { colour: "red" }, "parameter_unknown colour"],
    [
      "unknown nested",
      { payment_intent_data: { color: "x" } },
      "parameter_unknown payment_intent_data[color]",
    ],
    ["known, not modelled", { discounts: [{ coupon: "x" }] }, "sandbox_not_modelled discounts"],
    [
      "known, not modelled, nested",
      { payment_intent_data: { capture_method: "manual" } },
      "sandbox_not_modelled payment_intent_data[capture_method]",
    ],
    [
      "unknown below what is not modelled",
      { discounts: [{ cupon: "x" }] },
      "parameter_unknown discounts[0][cupon]",
    ],
    ["missing", { success_url: undefined }, "parameter_missing success_url"],
    ["too short a life", { expires_at: Math.floor(Date.now() / 1000) + 60 }, "parameter_invalid expires_at"],
    ["unmodelled mode", { mode: "subscription" }, "parameter_invalid mode"],
  ])("refuses %s", async (_name, change, expected) => {
    const price = { currency: "usd", unit_amount: 5000, product_data: { name: "x" } }
    const parameters = {
      mode: "payment",
      line_items: [{ quantity: 1, price_data: price }],
      success_url: "http://127.0.0.1:3000/",
      ...change,
    } as Stripe.Checkout.SessionCreateParams
    expect(await errorOf(harness.stripe.checkout.sessions.create(parameters))).toBe(
      `400 invalid_request_error ${expected}`,
    )
  })

  test("amounts that cannot be charged are refused", async () => {
    expect(await errorOf(harness.openSession(49, "usd", "t"))).toContain("amount_too_small")
    expect(await errorOf(harness.openSession(100_000_000, "usd", "t"))).toContain("parameter_invalid_integer")
    expect(await errorOf(harness.openSession(10_005, "kwd", "t"))).toContain("parameter_invalid")
    expect(await errorOf(harness.openSession(1000, "xyz", "t"))).toContain("parameter_invalid")
  })
})

describe("transfers", () => {
  test("draw on their charge, no more than it holds, and can be reversed", async () => {
    const { stripe } = harness
    const charge = await harness.paid(10_000, "usd", "trade-transfer")
    const destination = await harness.payee()
    const draw = (amount: number) =>
      stripe.transfers.create({
        amount,
        currency: "usd",
        destination,
        source_transaction: charge.id,
      })
    const transfer = await draw(9000)
    expect([transfer.transfer_group, transfer.source_transaction]).toEqual(["trade-transfer", charge.id])
    expect(await errorOf(draw(1001))).toBe("400 invalid_request_error amount")
    const reversal = await stripe.transfers.createReversal(transfer.id, { amount: 4000 })
    expect(reversal.amount).toBe(4000)
    expect((await draw(5000)).amount).toBe(5000)
    expect(await errorOf(stripe.transfers.createReversal(transfer.id, { amount: 5001 }))).toContain("400")
    const theirs = await stripe.balance.retrieve({}, { stripeAccount: destination })
    expect(theirs.pending).toMatchObject([{ amount: 10_000, currency: "usd" }])
  })

  test("wait for an active account, and without a charge for available money", async () => {
    const { stripe, control } = harness
    const destination = await harness.payee()
    const plain = { amount: 700, currency: "hkd", destination }
    expect(await errorOf(stripe.transfers.create(plain))).toContain("balance_insufficient")
    await control("POST", "topup", { amount: 700, currency: "hkd" })
    await control("POST", `accounts/${destination}/restrict`, {})
    expect(await errorOf(stripe.transfers.create(plain))).toContain("insufficient_capabilities_for_transfer")
    await control("POST", `accounts/${destination}/activate`, {})
    expect((await stripe.transfers.create(plain)).amount).toBe(700)
    expect(await errorOf(stripe.transfers.create({ ...plain, destination: "acct_none" }))).toContain(
      "resource_missing destination",
    )
  })
})

describe("refunds", () => {
  test("in parts, never more than was charged", async () => {
    const { stripe } = harness
    const charge = await harness.paid(10_000, "usd", "trade-refund")
    const part = await stripe.refunds.create({ charge: charge.id, amount: 4000, metadata: { key: "k" } })
    expect([part.status, part.metadata?.key]).toEqual(["succeeded", "k"])
    expect(await errorOf(stripe.refunds.create({ charge: charge.id, amount: 6001 }))).toContain("amount")
    const rest = await stripe.refunds.create({ payment_intent: charge.payment_intent as string })
    expect(rest.amount).toBe(6000)
    expect(await errorOf(stripe.refunds.create({ charge: charge.id }))).toContain("charge_already_refunded")
    expect((await stripe.charges.retrieve(charge.id)).refunded).toBe(true)
    expect((await stripe.refunds.list({ charge: charge.id })).data).toHaveLength(2)
  })

  test("wait while the balance does not cover them", async () => {
    const { stripe, control } = harness
    const charge = await harness.paid(10_000, "eur", "trade-wait")
    await control("POST", "clock", { advance_seconds: 3 * 86_400 })
    const refund = await stripe.refunds.create({ charge: charge.id })
    expect([refund.status, refund.pending_reason]).toEqual(["pending", "insufficient_funds"])
    await control("POST", "topup", { amount: 320, currency: "eur" })
    await control("POST", "clock", { advance_seconds: 5 })
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe("succeeded")
    const balance = await stripe.balance.retrieve()
    expect(balance.available.find(({ currency }) => currency === "eur")?.amount).toBe(0)
  })
})

test("the balance is the sum of its transactions, and pending becomes available by the clock", async () => {
  const { stripe, control } = harness
  await harness.paid(20_000, "jpy", "trade-yen")
  const before = await stripe.balance.retrieve()
  expect(before.pending.find(({ currency }) => currency === "jpy")?.amount).toBe(20_000 - 580 - 40)
  await control("POST", "clock", { advance_seconds: 2 * 86_400 })
  const after = await stripe.balance.retrieve()
  expect(after.pending.every(({ amount }) => amount === 0)).toBe(true)
  const sums = await sumOfNet()
  expect(sums.size).toBeGreaterThan(2)
  for (const { currency, amount } of after.available) expect(sums.get(currency)).toBe(amount)
})

test("accounts answer what is asked to be included, and onboarding activates them", async () => {
  const { stripe } = harness
  const account = await stripe.v2.core.accounts.create({
    display_name: "Seller",
    configuration: {
      recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
    },
  })
  expect(account.configuration).toBeUndefined()
  const include = ["configuration.recipient", "requirements"] as const
  const status = async () => {
    const shown = await stripe.v2.core.accounts.retrieve(account.id, { include: [...include] })
    const { recipient } = shown.configuration ?? {}
    return [
      recipient?.capabilities?.stripe_balance?.stripe_transfers?.status,
      shown.requirements?.entries?.length,
    ]
  }
  expect(await status()).toEqual(["restricted", 1])
  const link = await stripe.v2.core.accountLinks.create({
    account: account.id,
    use_case: {
      type: "account_onboarding",
      account_onboarding: {
        return_url: "http://127.0.0.1:3000/done",
        refresh_url: "http://127.0.0.1:3000/again",
      },
    },
  })
  expect(await (await fetch(`${link.url}?lang=zh`)).text()).toContain("本地模拟，不涉及真实资金")
  const submit = () =>
    fetch(link.url, { method: "POST", body: new URLSearchParams({ action: "complete" }), redirect: "manual" })
  expect((await submit()).headers.get("location")).toBe("http://127.0.0.1:3000/done")
  expect(await status()).toEqual(["active", 0])
  expect((await submit()).headers.get("location")).toBe("http://127.0.0.1:3000/again")
})
