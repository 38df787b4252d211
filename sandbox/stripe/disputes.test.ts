import type Stripe from "stripe"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { startCheckedHarness } from "./checked-harness.ts"
import type { Harness } from "./harness.ts"

let harness: Harness
beforeAll(async () => {
  harness = await startCheckedHarness()
})
afterAll(() => harness.close())

async function available(currency: string): Promise<number> {
  const { available } = await harness.stripe.balance.retrieve()
  return available.find((each) => each.currency === currency)?.amount ?? 0
}

const eventsOf = async (dispute: string): Promise<string[]> => {
  const { data } = await harness.stripe.events.list({ type: "charge.dispute.*", limit: 100 })
  return data
    .filter(({ data: { object } }) => (object as { id?: string }).id === dispute)
    .map(({ type }) => type.replace("charge.dispute.", ""))
    .reverse()
}

/** A dispute of a charge of 100.00, opened by the control API. */
async function disputed(currency: string, trade: string, body: object = {}): Promise<Stripe.Dispute> {
  const charge = await harness.paid(10_000, currency, trade)
  const { id, error } = await harness.control("POST", `charges/${charge.id}/dispute`, body)
  if (error !== undefined) throw new Error(JSON.stringify(error))
  return harness.stripe.disputes.retrieve(id as string)
}

describe("a dispute", () => {
  test("by a test card takes the amount and a fee at once, and the charge can no longer be refunded", async () => {
    const { stripe, control } = harness
    const before = await available("usd")
    const session = await harness.openSession(10_000, "usd", "trade-card")
    await control("POST", `sessions/${session.id}/pay`, { card: "4000000000000259" })
    const [charge] = (await stripe.charges.list({ transfer_group: "trade-card" })).data
    const [dispute] = (await stripe.disputes.list({ charge: charge?.id ?? "" })).data
    expect([charge?.status, charge?.disputed]).toEqual(["succeeded", true])
    expect(dispute).toMatchObject({ amount: 10_000, reason: "fraudulent", status: "needs_response" })
    const [move] = dispute?.balance_transactions ?? []
    expect(move).toMatchObject({
      amount: -10_000,
      fee: 1500,
      net: -11_500,
      type: "adjustment",
      reporting_category: "dispute",
      source: dispute?.id,
    })
    expect(await available("usd")).toBe(before - 11_500)
    expect(await eventsOf(dispute?.id ?? "")).toEqual(["created", "funds_withdrawn"])
    const refund = stripe.refunds.create({ charge: charge?.id ?? "" })
    await expect(refund).rejects.toMatchObject({ statusCode: 400, code: "charge_disputed" })
    const expanded = await stripe.disputes.retrieve(dispute?.id ?? "", { expand: ["charge"] })
    expect(expanded.charge).toMatchObject({ id: charge?.id })
  })

  test("is answered once: evidence is staged, submitted, and closed to more; won gives the amount back", async () => {
    const { stripe, control } = harness
    const { id } = await disputed("eur", "trade-win", { reason: "product_not_received" })
    const staged = await stripe.disputes.update(id, {
      evidence: { service_date: "2026-11-01", uncategorized_text: "delivered, with receipt" },
      metadata: { trade: "t", gone: "x" },
      submit: false,
    })
    expect([staged.status, staged.evidence_details.has_evidence]).toEqual(["needs_response", true])
    await stripe.disputes.update(id, { metadata: { gone: "" } })
    const submitted = await stripe.disputes.update(id, { submit: true })
    expect(submitted).toMatchObject({
      status: "under_review",
      metadata: { trade: "t" },
      evidence: { service_date: "2026-11-01" },
      evidence_details: { submission_count: 1, submission_method: "manual" },
    })
    expect(submitted.metadata).not.toHaveProperty("gone")
    const more = stripe.disputes.update(id, { evidence: { uncategorized_text: "and this" } })
    await expect(more).rejects.toMatchObject({ statusCode: 400 })
    const before = await available("eur")
    await control("POST", `disputes/${id}/win`, {})
    const won = await stripe.disputes.retrieve(id)
    expect([won.status, won.balance_transactions.map(({ net }) => net)]).toEqual(["won", [-11_500, 10_000]])
    expect(await available("eur")).toBe(before + 10_000)
    expect((await eventsOf(id)).slice(-2)).toEqual(["closed", "funds_reinstated"])
    expect(await control("POST", `disputes/${id}/lose`, {})).toHaveProperty("error")
    expect((await stripe.refunds.create({ charge: won.charge as string, amount: 1 })).amount).toBe(1)
  })

  test.each([
    ["winning_evidence", "won"],
    ["losing_evidence", "lost"],
    ["a letter", "under_review"],
  ])("with the evidence %s is %s", async (uncategorized_text, status) => {
    const { id } = await disputed("gbp", `trade-${status}`)
    const answered = await harness.stripe.disputes.update(id, { evidence: { uncategorized_text } })
    expect(answered.status).toBe(status)
  })

  test("is lost when it is accepted, or not answered in time", async () => {
    const { stripe, control } = harness
    const accepted = await disputed("cny", "trade-accept")
    const silent = await disputed("cny", "trade-silent")
    const before = await available("cny")
    expect((await stripe.disputes.close(accepted.id)).status).toBe("lost")
    await expect(stripe.disputes.close(accepted.id)).rejects.toMatchObject({ statusCode: 400 })
    await control("POST", "clock", { advance_seconds: 8 * 86_400 })
    expect((await stripe.disputes.retrieve(silent.id)).status).toBe("needs_response")
    await control("POST", "clock", { advance_seconds: 86_400 })
    const late = await stripe.disputes.retrieve(silent.id)
    expect([late.status, late.evidence_details.past_due]).toEqual(["lost", true])
    expect(await eventsOf(silent.id)).toEqual(["created", "funds_withdrawn", "closed"])
    expect(before).toBe(-2 * (10_000 + 10_500))
    expect(await available("cny")).toBe(before + 2 * (10_000 - 490))
  })

  test("is of what was not refunded, once a charge, and gives its fee back where the bank does", async () => {
    const { stripe, control } = harness
    const charge = await harness.paid(20_000, "jpy", "trade-part")
    await stripe.refunds.create({ charge: charge.id, amount: 5000 })
    const tooMuch = await control("POST", `charges/${charge.id}/dispute`, { amount: 15_001 })
    expect(tooMuch).toMatchObject({ error: { param: "amount" } })
    const { id, amount } = await control("POST", `charges/${charge.id}/dispute`, {})
    expect(amount).toBe(15_000)
    expect(await control("POST", `charges/${charge.id}/dispute`, {})).toHaveProperty("error")
    await control("POST", `disputes/${String(id)}/win`, { return_fee: true })
    const { balance_transactions: moves } = await stripe.disputes.retrieve(String(id))
    expect(moves.reduce((sum, { net }) => sum + net, 0)).toBe(0)
  })
})
