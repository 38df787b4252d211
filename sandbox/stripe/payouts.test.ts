import Stripe from "stripe"
import { afterAll, beforeAll, expect, test } from "vitest"
import { startCheckedHarness } from "./checked-harness.ts"
import type { Harness } from "./harness.ts"

const day = 86_400
let harness: Harness
beforeAll(async () => {
  harness = await startCheckedHarness({ float: [{ amount: 50_000, currency: "usd" }] })
})
afterAll(() => harness.close())

const advance = (seconds: number) => harness.control("POST", "clock", { advance_seconds: seconds })

async function available(currency: string, stripeAccount?: string): Promise<number> {
  const options = stripeAccount === undefined ? {} : { stripeAccount }
  const { available } = await harness.stripe.balance.retrieve({}, options)
  return available.find((each) => each.currency === currency)?.amount ?? 0
}

/** A connected account that a transfer of `amount` went to. */
async function paidSeller(amount: number): Promise<string> {
  await harness.control("POST", "topup", { amount, currency: "usd" })
  const destination = await harness.payee()
  await harness.stripe.transfers.create({ amount, currency: "usd", destination })
  return destination
}

const eventsOf = async (payout: string, options: Stripe.RequestOptions = {}): Promise<string[]> => {
  const { data } = await harness.stripe.events.list({ type: "payout.*", limit: 100 }, options)
  return data
    .filter(({ data: { object } }) => (object as { id?: string }).id === payout)
    .map(({ type }) => type.replace("payout.", ""))
    .reverse()
}

test("a payout leaves the balance at once and arrives by the clock", async () => {
  const { stripe } = harness
  const before = await available("usd")
  const made = await stripe.payouts.create({ amount: 20_000, currency: "usd", metadata: { run: "1" } })
  expect([made.status, await available("usd")]).toEqual(["pending", before - 20_000])
  await advance(3600)
  expect((await stripe.payouts.retrieve(made.id)).status).toBe("in_transit")
  await expect(stripe.payouts.cancel(made.id)).rejects.toMatchObject({ statusCode: 400 })
  await advance(2 * day)
  const paid = await stripe.payouts.retrieve(made.id, { expand: ["destination", "balance_transaction"] })
  expect(paid).toMatchObject({
    status: "paid",
    metadata: { run: "1" },
    destination: { object: "bank_account", last4: "6789" },
    balance_transaction: { type: "payout", net: -20_000, source: made.id },
  })
  expect((await stripe.payouts.list({ status: "paid" })).data.map(({ id }) => id)).toContain(made.id)
  expect(await eventsOf(made.id)).toEqual(["created", "updated", "paid"])
})

test("a payout that was called paid can still fail, once, and its money comes back", async () => {
  const { stripe, control } = harness
  const before = await available("usd")
  const { id } = await stripe.payouts.create({ amount: 1000, currency: "usd" })
  await advance(3 * day)
  expect((await stripe.payouts.retrieve(id)).status).toBe("paid")
  await control("POST", `payouts/${id}/fail`, { code: "no_account" })
  const failed = await stripe.payouts.retrieve(id, { expand: ["failure_balance_transaction"] })
  expect(failed).toMatchObject({
    status: "failed",
    failure_code: "no_account",
    failure_balance_transaction: { type: "payout_failure", net: 1000 },
  })
  expect(await available("usd")).toBe(before)
  expect(await control("POST", `payouts/${id}/fail`, {})).toHaveProperty("error")
  expect((await eventsOf(id)).at(-1)).toBe("failed")
})

test("a payout can be cancelled while it is pending, and never exceeds what is available", async () => {
  const { stripe } = harness
  const before = await available("usd")
  const { id } = await stripe.payouts.create({ amount: before, currency: "usd" })
  const more = stripe.payouts.create({ amount: 1, currency: "usd" })
  await expect(more).rejects.toMatchObject({ statusCode: 400, code: "balance_insufficient" })
  expect((await stripe.payouts.cancel(id)).status).toBe("canceled")
  expect(await available("usd")).toBe(before)
})

test("a connected account pays out its own money, and its events are its own", async () => {
  const { stripe } = harness
  const seller = await paidSeller(9000)
  const as = { stripeAccount: seller }
  const platform = await available("usd")
  const { id } = await stripe.payouts.create({ amount: 9000, currency: "usd" }, as)
  expect([await available("usd", seller), await available("usd")]).toEqual([0, platform])
  await expect(stripe.payouts.retrieve(id)).rejects.toMatchObject({ statusCode: 404 })
  await advance(3 * day)
  expect((await stripe.payouts.retrieve(id, {}, as)).status).toBe("paid")
  expect([await eventsOf(id), await eventsOf(id, as)]).toEqual([[], ["created", "updated", "paid"]])
  const nobody = stripe.payouts.create({ amount: 1, currency: "usd" }, { stripeAccount: "acct_none" })
  await expect(nobody).rejects.toBeInstanceOf(Stripe.errors.StripePermissionError)
  const asSeller = stripe.transfers.create({ amount: 1, currency: "usd", destination: seller }, as)
  await expect(asSeller).rejects.toMatchObject({ code: "sandbox_not_modelled" })
})

test("a test bank account makes payouts fail on the day that they should arrive", async () => {
  const { stripe } = harness
  const seller = await paidSeller(5000)
  const bank = await stripe.accounts.createExternalAccount(seller, {
    external_account: {
      object: "bank_account",
      account_number: "000111111113",
      country: "US",
      currency: "usd",
    },
  })
  const as = { stripeAccount: seller }
  const { id, destination } = await stripe.payouts.create({ amount: 5000, currency: "usd" }, as)
  expect(destination).toBe(bank.id)
  await advance(3 * day)
  const failed = await stripe.payouts.retrieve(id, {}, as)
  expect([failed.status, failed.failure_code]).toEqual(["failed", "account_closed"])
  expect(await available("usd", seller)).toBe(5000)
  const real = stripe.accounts.createExternalAccount(seller, {
    external_account: { object: "bank_account", account_number: "1234", country: "US", currency: "usd" },
  })
  await expect(real).rejects.toMatchObject({ code: "account_number_invalid" })
})

test("a transfer is a payment to its account, and its reversal a refund of that", async () => {
  const { stripe } = harness
  const seller = await paidSeller(8000)
  const [transfer] = (await stripe.transfers.list({ destination: seller })).data
  const as = { stripeAccount: seller }
  const payment = await stripe.charges.retrieve(transfer?.destination_payment as string, {}, as)
  expect(payment).toMatchObject({ amount: 8000, paid: true, source_transfer: transfer?.id })
  const reversal = await stripe.transfers.createReversal(transfer?.id ?? "", { amount: 3000 })
  expect(reversal.destination_payment_refund).toMatch(/^pyr_/)
  expect(await stripe.transfers.retrieveReversal(transfer?.id ?? "", reversal.id)).toEqual(reversal)
  const expanded = await stripe.transfers.retrieve(transfer?.id ?? "", { expand: ["destination_payment"] })
  expect(expanded.destination_payment).toMatchObject({ amount_refunded: 3000, refunded: false })
  const types = (await stripe.balanceTransactions.list({}, as)).data.map(({ type }) => type)
  expect(types).toEqual(["payment_refund", "payment"])
})

test("an account has a shape of version 1, and tells when it changes", async () => {
  const { stripe, control } = harness
  const id = await harness.payee()
  const shown = await stripe.accounts.retrieve(id)
  expect(shown).toMatchObject({ capabilities: { transfers: "active" }, payouts_enabled: true, country: "DE" })
  await control("POST", `accounts/${id}/restrict`, {})
  const restricted = await stripe.accounts.retrieve(id)
  expect([restricted.payouts_enabled, restricted.requirements?.past_due?.length]).toEqual([false, 2])
  const events = await stripe.events.list({ type: "account.updated" }, { stripeAccount: id })
  expect(events.data.map(({ account }) => account)).toEqual([id, id])
  expect((await stripe.accounts.retrieveCurrent()).type).toBe("standard")
})
