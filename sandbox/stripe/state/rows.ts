import type Stripe from "stripe"
import type { readFault } from "../control/faults.ts"
import type { Payer } from "../objects/methods.ts"

/** A price as it stands on the wire: the SDK turns the decimal's text into an object of its own. */
export type WirePrice = Omit<Stripe.Price, "unit_amount_decimal"> & { unit_amount_decimal: string | null }
export type WireLineItem = Omit<Stripe.LineItem, "price"> & { price: WirePrice }

/** What a session knows and its payment intent will need, which Stripe's session object does not show. */
export type SessionPlan = {
  items: WireLineItem[]
  intent: {
    description: string | null
    metadata: Record<string, string>
    transferGroup: string | null
    receiptEmail: string | null
  }
}

/** What a session's payment waits for: the payer's approval, or a method that settles later. */
export type Waiting =
  | { for: "approval"; payer: Payer }
  | { for: "settlement"; charge: string; dueAt: number; succeeds: boolean }

/** A fault that was asked for, with how often it could have hit (`seen`) and when it did (`fired`). */
export type FaultRow = ReturnType<typeof readFault> & {
  id: string
  seen: number
  fired: { at: string; what: string }[]
}

export type AccountLinkRow = {
  account: string
  expiresAt: number
  refreshUrl: string
  returnUrl: string | null
  used: boolean
}

/** One event on its way to one endpoint. `nextAt` is wall-clock milliseconds: networks know no test clock. */
export type Delivery = {
  event: string
  endpoint: string
  attempts: number
  nextAt: number
  state: "pending" | "delivered" | "dropped"
  lastAnswer: string | null
}

/** An answer kept under an idempotency key. `at` is in seconds of the sandbox's clock. */
export type KeptAnswer = { fingerprint: string; status: number; body: string; requestId: string; at: number }

export type Settings = {
  seed: string
  /** Count of ids made so far; ids follow from the seed and this. */
  made: number
  offsetSeconds: number
  frozenAt: number | null
}

/** All state, by table. Rows are never changed in place. */
export type Rows = {
  session: Stripe.Checkout.Session
  plan: SessionPlan
  intent: Stripe.PaymentIntent
  charge: Stripe.Charge
  /** `owner` null is the platform, else a connected account. */
  move: { owner: string | null; entry: Stripe.BalanceTransaction }
  refund: Stripe.Refund
  transfer: Stripe.Transfer
  reversal: Stripe.TransferReversal
  waiting: Waiting
  dispute: Stripe.Dispute
  /** What a transfer is to the account that it goes to, and what its reversal is. */
  payment: { owner: string; charge: Stripe.Charge }
  payment_refund: { owner: string; refund: Stripe.Refund }
  payout: { owner: string | null; payout: Stripe.Payout }
  /** Where payouts go; some test numbers make them fail. */
  bank: { owner: string | null; account: Stripe.BankAccount; failsWith: string | null }
  account: Stripe.V2.Core.Account
  link: AccountLinkRow
  event: Stripe.EventBase
  /** `from`: whose events it gets, the platform's (so also where an older state says nothing), others', or all. */
  endpoint: Stripe.WebhookEndpoint & { secret: string; from?: "platform" | "connected" | "all" }
  delivery: Delivery
  answer: KeptAnswer
  fault: FaultRow
  customer: Stripe.Customer | Stripe.DeletedCustomer
  settings: Settings
}
export type TableName = keyof Rows

export const tableNames = [
  "session",
  "plan",
  "intent",
  "charge",
  "move",
  "refund",
  "transfer",
  "reversal",
  "waiting",
  "dispute",
  "payment",
  "payment_refund",
  "payout",
  "bank",
  "account",
  "link",
  "event",
  "endpoint",
  "delivery",
  "answer",
  "fault",
  "customer",
  "settings",
] as const satisfies readonly TableName[]
