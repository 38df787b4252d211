import type Stripe from "stripe"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { startCheckedHarness } from "./checked-harness.ts"
import type { Harness } from "./harness.ts"

let harness: Harness
beforeAll(async () => {
  harness = await startCheckedHarness()
})
afterAll(() => harness.close())

const advance = (seconds: number) => harness.control("POST", "clock", { advance_seconds: seconds })

/** A session's state, with its intent and the types of events that its parts caused, oldest first. */
async function stateOf(id: string) {
  const { stripe } = harness
  const session = await stripe.checkout.sessions.retrieve(id, { expand: ["payment_intent.latest_charge"] })
  const intent = session.payment_intent as Stripe.PaymentIntent
  const charge = intent.latest_charge as Stripe.Charge | null
  const ids = [id, intent.id, charge?.id]
  const { data } = await stripe.events.list({ limit: 100 })
  const events = data
    .filter(({ data: { object } }) => ids.includes((object as { id: string }).id))
    .map(({ type }) => type)
    .reverse()
  return { session, intent, charge, events, summary: [session.status, session.payment_status, intent.status] }
}

const openAlipay = (trade: string) => harness.openSession(10_000, "cny", trade, ["card", "alipay"])

describe("Alipay", () => {
  test("completes unpaid, and is paid by the clock", async () => {
    const { id } = await openAlipay("alipay-later")
    await harness.control("POST", `sessions/${id}/pay`, { alipay: "succeeds_later" })
    const unpaid = await stateOf(id)
    expect(unpaid.summary).toEqual(["complete", "unpaid", "processing"])
    expect(unpaid.charge).toMatchObject({ status: "pending", paid: false, balance_transaction: null })
    expect(unpaid.charge?.payment_method_details?.type).toBe("alipay")
    await advance(3600)
    const paid = await stateOf(id)
    expect(paid.summary).toEqual(["complete", "paid", "succeeded"])
    expect(paid.charge).toMatchObject({ status: "succeeded", amount_captured: 10_000 })
    expect(paid.events).toEqual([
      "payment_intent.created",
      "charge.pending",
      "payment_intent.processing",
      "checkout.session.completed",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.async_payment_succeeded",
    ])
    const completed = await harness.stripe.events.list({ type: "checkout.session.completed", limit: 1 })
    expect(completed.data[0]?.data.object).toMatchObject({ payment_status: "unpaid" })
  })

  test.each([
    ["by the clock", () => advance(3600), "fails_later"],
    ["by the control API", (id: string) => harness.control("POST", `sessions/${id}/fail`), "succeeds_later"],
  ] as const)("fails %s, and brings no money", async (_name, act, alipay) => {
    const { id } = await openAlipay(`alipay-fails-${alipay}`)
    await harness.control("POST", `sessions/${id}/pay`, { alipay })
    const before = await harness.stripe.balance.retrieve()
    await act(id)
    const failed = await stateOf(id)
    expect(failed.summary).toEqual(["complete", "unpaid", "requires_payment_method"])
    expect(failed.charge?.status).toBe("failed")
    expect(failed.events.slice(-3)).toEqual([
      "charge.failed",
      "payment_intent.payment_failed",
      "checkout.session.async_payment_failed",
    ])
    expect((await harness.stripe.balance.retrieve()).pending).toEqual(before.pending)
    expect(await harness.control("POST", `sessions/${id}/settle`)).toHaveProperty("error")
  })

  test("can be refused at the wallet and paid by card, and is refunded like a card", async () => {
    const { stripe, control } = harness
    const { id } = await openAlipay("alipay-refused")
    await control("POST", `sessions/${id}/pay`, { alipay: "refused" })
    expect((await stateOf(id)).summary).toEqual(["open", "unpaid", "requires_payment_method"])
    await control("POST", `sessions/${id}/pay`, { alipay: "succeeds" })
    const paid = await stateOf(id)
    expect(paid.summary).toEqual(["complete", "paid", "succeeded"])
    const refund = await stripe.refunds.create({ charge: paid.charge?.id ?? "" })
    expect([refund.status, refund.destination_details?.type]).toEqual(["succeeded", "alipay"])
  })

  test("is taken only where the session and its currency allow it", async () => {
    const { id } = await harness.openSession(10_000, "cny", "card-only")
    expect(await harness.control("POST", `sessions/${id}/pay`, { alipay: "succeeds" })).toHaveProperty(
      "error",
    )
    const dinars = harness.openSession(10_000, "kwd", "dinars", ["alipay"])
    await expect(dinars).rejects.toMatchObject({ param: "allowed_payment_method_types" })
  })
})

describe("a card that asks for approval", () => {
  test("is charged once the payer approves", async () => {
    const { id } = await harness.openSession(10_000, "usd", "approve")
    await harness.control("POST", `sessions/${id}/pay`, { card: "4000002500003155" })
    const asked = await stateOf(id)
    expect(asked.summary).toEqual(["open", "unpaid", "requires_action"])
    expect(asked.intent.next_action?.redirect_to_url?.url).toContain(`/c/approve/${id}`)
    expect(asked.charge).toBe(null)
    await harness.control("POST", `sessions/${id}/approve`)
    const paid = await stateOf(id)
    expect(paid.summary).toEqual(["complete", "paid", "succeeded"])
    expect(paid.charge?.payment_method_details?.card?.three_d_secure?.result).toBe("authenticated")
    expect(paid.events).toContain("payment_intent.requires_action")
    expect(await harness.control("POST", `sessions/${id}/approve`)).toHaveProperty("error")
  })

  test("is not charged when the payer refuses, and the intent ends with its session", async () => {
    const { id } = await harness.openSession(10_000, "usd", "refuse")
    await harness.control("POST", `sessions/${id}/pay`, { card: "4000002500003155" })
    await harness.control("POST", `sessions/${id}/refuse`)
    const refused = await stateOf(id)
    expect(refused.summary).toEqual(["open", "unpaid", "requires_payment_method"])
    expect(refused.intent.last_payment_error?.code).toBe("payment_intent_authentication_failure")
    expect(refused.charge).toBe(null)
    await harness.stripe.checkout.sessions.expire(id)
    const { intent } = await stateOf(id)
    expect([intent.status, intent.cancellation_reason]).toEqual(["canceled", "expired"])
  })

  test("can still be declined after the approval", async () => {
    const { id } = await harness.openSession(10_000, "usd", "approve-poor")
    await harness.control("POST", `sessions/${id}/pay`, { card: "4000008260003178" })
    await harness.control("POST", `sessions/${id}/approve`)
    expect((await stateOf(id)).intent.last_payment_error?.decline_code).toBe("insufficient_funds")
  })
})

test("a refund can come back after it was called done", async () => {
  const { stripe, control } = harness
  const session = await harness.openSession(10_000, "hkd", "refund-back")
  await control("POST", `sessions/${session.id}/pay`, { card: "4000000000005126" })
  const { charge } = await stateOf(session.id)
  const refund = await stripe.refunds.create({ charge: charge?.id ?? "", amount: 4000 })
  expect(refund.status).toBe("succeeded")
  await advance(86_400)
  const failed = await stripe.refunds.retrieve(refund.id, { expand: ["failure_balance_transaction"] })
  expect(failed).toMatchObject({
    status: "failed",
    failure_reason: "expired_or_canceled_card",
    failure_balance_transaction: { type: "refund_failure", net: 4000 },
  })
  expect(await stripe.charges.retrieve(charge?.id ?? "")).toMatchObject({
    amount_refunded: 0,
    refunded: false,
  })
  const again = await stripe.refunds.create({ charge: charge?.id ?? "", amount: 10_000 })
  await control("POST", `refunds/${again.id}/fail`)
  expect((await stripe.refunds.retrieve(again.id)).status).toBe("failed")
  expect(await control("POST", `refunds/${again.id}/fail`)).toHaveProperty("error")
})
