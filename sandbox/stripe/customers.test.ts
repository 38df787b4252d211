import type Stripe from "stripe"
import { afterAll, beforeAll, expect, test } from "vitest"
import { startCheckedHarness } from "./checked-harness.ts"
import type { Harness } from "./harness.ts"

let harness: Harness
beforeAll(async () => {
  harness = await startCheckedHarness()
})
afterAll(() => harness.close())

const sessionFor = (more: Partial<Stripe.Checkout.SessionCreateParams>) =>
  harness.stripe.checkout.sessions.create({
    mode: "payment",
    line_items: [
      { quantity: 1, price_data: { currency: "usd", unit_amount: 5000, product_data: { name: "Tides" } } },
    ],
    success_url: "http://127.0.0.1:3000/",
    ...more,
  })

test("customers are made, changed, found by e-mail and deleted", async () => {
  const { customers, events } = harness.stripe
  const made = await customers.create({
    email: "a@example.com",
    name: "Harbour",
    metadata: { a: "1", b: "2" },
  })
  await customers.create({ email: "b@example.com" })
  const changed = await customers.update(made.id, { name: "", phone: "+49 1", metadata: { a: "" } })
  expect(changed).toMatchObject({ email: "a@example.com", name: null, phone: "+49 1", metadata: { b: "2" } })
  expect((await customers.list({ email: "a@example.com" })).data.map(({ id }) => id)).toEqual([made.id])
  expect(await customers.del(made.id)).toMatchObject({ deleted: true })
  expect(await customers.retrieve(made.id)).toEqual({ id: made.id, object: "customer", deleted: true })
  expect((await customers.list()).data).toHaveLength(1)
  await expect(customers.update(made.id, { name: "x" })).rejects.toMatchObject({ statusCode: 404 })
  const types = (await events.list({ type: "customer.*" })).data.map(({ type }) => type).reverse()
  expect(types).toEqual(["customer.created", "customer.created", "customer.updated", "customer.deleted"])
})

test("a session's customer is that of its payment, and a session can make one", async () => {
  const { stripe, control } = harness
  const customer = (await stripe.customers.create({ email: "c@example.com" })).id
  const { id } = await sessionFor({ customer })
  await control("POST", `sessions/${id}/pay`, {})
  const paid = await stripe.checkout.sessions.retrieve(id, { expand: ["customer", "payment_intent"] })
  expect([paid.customer, paid.customer_details?.email]).toMatchObject([{ id: customer }, "c@example.com"])
  expect((paid.payment_intent as Stripe.PaymentIntent).customer).toBe(customer)
  const [charge] = (await stripe.charges.list({ customer })).data
  expect((await stripe.refunds.create({ charge: charge?.id ?? "" })).customer).toBe(customer)
  expect((await stripe.checkout.sessions.list({ customer })).data.map((each) => each.id)).toEqual([id])
  const other = await sessionFor({ customer_creation: "always", customer_email: "d@example.com" })
  await control("POST", `sessions/${other.id}/pay`, {})
  const made = await stripe.checkout.sessions.retrieve(other.id, { expand: ["customer"] })
  expect(made.customer).toMatchObject({ email: "d@example.com" })
  await expect(sessionFor({ customer: "cus_none" })).rejects.toMatchObject({ param: "customer" })
})

test("the marks of what moves money can be changed, and nothing else of it", async () => {
  const { stripe } = harness
  const charge = await harness.paid(10_000, "usd", "trade-marks")
  const marked = await stripe.charges.update(charge.id, { description: "Tides 2025", metadata: { x: "1" } })
  expect(marked).toMatchObject({ description: "Tides 2025", metadata: { trade: "trade-marks", x: "1" } })
  const intent = await stripe.paymentIntents.update(charge.payment_intent as string, { metadata: { x: "2" } })
  expect(intent.metadata).toMatchObject({ x: "2" })
  const amount = stripe.paymentIntents.update(intent.id, { amount: 1 })
  await expect(amount).rejects.toMatchObject({ code: "sandbox_not_modelled", param: "amount" })
  const refund = await stripe.refunds.create({ charge: charge.id, amount: 1 })
  expect((await stripe.refunds.update(refund.id, { metadata: { y: "1" } })).metadata).toEqual({ y: "1" })
  const destination = await harness.payee()
  const transfer = await stripe.transfers.create({
    amount: 1,
    currency: "usd",
    destination,
    source_transaction: charge.id,
  })
  expect((await stripe.transfers.update(transfer.id, { description: "d" })).description).toBe("d")
})
