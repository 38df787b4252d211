import type Stripe from "stripe"
import { expect, test } from "vitest"
import { blankSession } from "../../sandbox/stripe/objects/session-shape.ts"
import { readCheckout, readPayee, readRefund } from "./interpret.ts"

const session = (changes: Partial<Stripe.Checkout.Session>): Stripe.Checkout.Session => ({
  ...blankSession("cs_1", 1_000),
  amount_total: 5_000,
  currency: "cny",
  expires_at: 2_000,
  ...changes,
})

test.each([
  ["open", { status: "open", url: "http://127.0.0.1/p" }],
  ["expired", { status: "expired" }],
  ["processing", { status: "complete", payment_status: "unpaid" }],
] as const)("a session is %s", (kind, changes) => {
  expect(readCheckout(session(changes))).toMatchObject({
    kind,
    amount: { minor: "5000", currency: "CNY" },
    expiresAt: "1970-01-01T00:33:20.000Z",
  })
})

test("a stranger's session carries no marks of ours; the reference stands before the metadata", () => {
  expect(readCheckout(session({ metadata: null })).marks).toEqual({
    tradeId: null,
    paymentId: null,
    key: null,
  })
  const both = session({ client_reference_id: "pay_1", metadata: { payment: "pay_2", trade: "trd_1" } })
  expect(readCheckout(both).marks).toEqual({ tradeId: "trd_1", paymentId: "pay_1", key: null })
})

test.each([
  ["a session without an amount", { amount_total: null }],
  ["a status that is not known", { status: "melted" }],
  [
    "a paid session fetched without its charge",
    { status: "complete", payment_status: "paid", payment_intent: "pi_1" },
  ],
] as const)("%s is a bug, not a fact", (_name, changes) => {
  expect(() => readCheckout(session(changes))).toThrow("assertion failed")
})

test.each([
  ["succeeded", "refunded"],
  ["pending", "refund_pending"],
  ["requires_action", "refund_pending"],
  ["failed", "refund_failed"],
  ["canceled", "refund_failed"],
])("a refund that %s is %s", (status, kind) => {
  const refund = {
    id: "re_1",
    amount: 700,
    currency: "usd",
    charge: { id: "ch_1" },
    payment_intent: "pi_1",
    created: 0,
    metadata: { trade: "trd_1" },
    status,
  } as unknown as Stripe.Refund
  expect(readRefund(refund)).toMatchObject({
    kind,
    charge: "ch_1",
    paymentIntent: "pi_1",
    marks: { tradeId: "trd_1" },
  })
})

test("a payee without the capability cannot be paid", () => {
  const account = { id: "acct_1", configuration: null } as unknown as Stripe.V2.Core.Account
  expect(readPayee(account)).toEqual({ account: "acct_1", transfers: "not_requested", due: [] })
})
