import type Stripe from "stripe"
import { assert } from "#contracts/assert.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { type Time, toTime } from "#contracts/time.ts"
import type {
  BalanceEntry,
  CheckoutFact,
  LineKind,
  Marks,
  PayeeStatus,
  ProviderAmount,
  ProviderEvent,
  RefundFact,
  ReversalFact,
  TransferFact,
} from "./provider.ts"

/**
 * Stripe's objects in our words. Pure, and no judge: whether an amount, a currency or a reference is the one we
 * asked for is for the rules. An object that lacks what Stripe's API promises is a bug and throws.
 */

/** The expansion that `readCheckout` needs. */
export const checkoutExpansion = ["payment_intent.latest_charge.balance_transaction"]

/** How our ids travel in Stripe's metadata. */
export const writeMarks = (marks: {
  tradeId: string
  paymentId: string
  key: string
}): Record<string, string> => ({
  trade: marks.tradeId,
  payment: marks.paymentId,
  key: marks.key,
})

export const readMarks = (metadata: Stripe.Metadata | null): Marks => ({
  tradeId: metadata?.trade ?? null,
  paymentId: metadata?.payment ?? null,
  key: metadata?.key ?? null,
})

/** A code that facts can carry in clear. */
export const code = (text: string): string => (/^[a-zA-Z][a-zA-Z0-9_.-]{0,63}$/.test(text) ? text : "other")

export const time = (seconds: number): Time => toTime(seconds * 1000)

export function amountOf(minor: number, currency: string): ProviderAmount {
  assert(Number.isSafeInteger(minor), `an amount of the provider is a whole number: ${minor}`)
  return { minor: String(minor), currency: currency.toUpperCase() }
}

const idOf = (reference: string | { id: string } | null | undefined): string | null =>
  typeof reference === "string" ? reference : (reference?.id ?? null)

/** A session fetched with `checkoutExpansion`. */
export function readCheckout(session: Stripe.Checkout.Session): CheckoutFact {
  assert(session.amount_total !== null && session.currency !== null, `session ${session.id} has an amount`)
  const marks = readMarks(session.metadata)
  const base = {
    session: session.id,
    marks: { ...marks, paymentId: session.client_reference_id ?? marks.paymentId },
    amount: amountOf(session.amount_total, session.currency),
    expiresAt: time(session.expires_at),
  }
  if (session.status === "open") {
    return { ...base, kind: "open", url: session.url ?? "", declined: readDecline(session.payment_intent) }
  }
  if (session.status === "expired") return { ...base, kind: "expired" }
  assert(session.status === "complete", `session ${session.id} has a known status: ${session.status}`)
  if (session.payment_status !== "paid") {
    const failed = readFailure(session.payment_intent)
    return failed === null ? { ...base, kind: "processing" } : { ...base, kind: "failed", reason: failed }
  }
  return { ...base, kind: "captured", ...readCapture(session) }
}

/** Why a delayed method brought no money after all; null while it still may. */
function readFailure(intent: Stripe.Checkout.Session["payment_intent"]): string | null {
  if (intent === null || typeof intent === "string") return null
  if (intent.status !== "requires_payment_method" && intent.status !== "canceled") return null
  return code(readDecline(intent)?.code ?? "declined")
}

function readDecline(
  intent: Stripe.Checkout.Session["payment_intent"],
): { code: string; message: string } | null {
  if (intent === null || typeof intent === "string" || intent.last_payment_error === null) return null
  const { decline_code, code, message } = intent.last_payment_error
  return { code: decline_code ?? code ?? "declined", message: message ?? "" }
}

/** What was captured is read from the charge, which is what came in, not from what the session asked for. */
function readCapture(session: Stripe.Checkout.Session) {
  const intent = session.payment_intent
  assert(intent !== null && typeof intent !== "string", `session ${session.id} was fetched with its intent`)
  const charge = intent.latest_charge
  assert(charge !== null && typeof charge !== "string", `session ${session.id} was fetched with its charge`)
  const booked = charge.balance_transaction
  const known = booked !== null && typeof booked !== "string" ? booked : null
  return {
    paymentIntent: intent.id,
    charge: charge.id,
    capturedAt: time(charge.created),
    amount: amountOf(charge.amount_captured, charge.currency),
    fee: known === null ? null : amountOf(known.fee, known.currency),
    availableAt: known === null ? null : time(known.available_on),
    refunded: amountOf(charge.amount_refunded, charge.currency),
  }
}

export function readRefund(refund: Stripe.Refund): RefundFact {
  const failed = refund.status === "failed" || refund.status === "canceled"
  return {
    kind: refund.status === "succeeded" ? "refunded" : failed ? "refund_failed" : "refund_pending",
    refund: refund.id,
    charge: idOf(refund.charge),
    paymentIntent: idOf(refund.payment_intent),
    marks: readMarks(refund.metadata),
    amount: amountOf(refund.amount, refund.currency),
    at: time(refund.created),
    reason: refund.failure_reason ?? refund.pending_reason ?? null,
  }
}

export function readTransfer(transfer: Stripe.Transfer): TransferFact {
  const destination = idOf(transfer.destination)
  assert(destination !== null, `transfer ${transfer.id} has a destination`)
  return {
    kind: "transferred",
    transfer: transfer.id,
    destination,
    sourceCharge: idOf(transfer.source_transaction),
    group: transfer.transfer_group,
    marks: readMarks(transfer.metadata),
    amount: amountOf(transfer.amount, transfer.currency),
    reversed: amountOf(transfer.amount_reversed, transfer.currency),
    at: time(transfer.created),
  }
}

export function readReversal(reversal: Stripe.TransferReversal): ReversalFact {
  return {
    kind: "reversed",
    reversal: reversal.id,
    transfer: idOf(reversal.transfer) ?? "",
    amount: amountOf(reversal.amount, reversal.currency),
    at: time(reversal.created),
  }
}

const lineKinds: Readonly<Record<string, LineKind>> = {
  charge: "charge",
  payment: "charge",
  refund: "refund",
  payment_refund: "refund",
  refund_failure: "refundFailed",
  transfer: "transfer",
  transfer_refund: "reversal",
  transfer_cancel: "reversal",
  payout: "payout",
  payout_cancel: "payoutFailed",
  payout_failure: "payoutFailed",
  topup: "topUp",
  stripe_fee: "fee",
  network_cost: "fee",
  // Types that several things share are told apart by what they are reported as.
  dispute: "dispute",
  dispute_reversal: "disputeReversal",
}

/** What one object of a balance transaction's source may have; not every kind of them has metadata. */
const sourceMarks = (source: Stripe.BalanceTransaction["source"]): Marks =>
  readMarks(
    source !== null && typeof source !== "string" && "metadata" in source ? (source.metadata ?? null) : null,
  )

/** A line of the list that was fetched with `data.source` expanded. */
export function readBalanceEntry(entry: Stripe.BalanceTransaction): BalanceEntry {
  const kind = entry.type === "adjustment" ? entry.reporting_category : entry.type
  return {
    entry: entry.id,
    kind: Object.hasOwn(lineKinds, kind) ? (lineKinds[kind] ?? "other") : "other",
    type: entry.type,
    source: idOf(entry.source),
    marks: sourceMarks(entry.source),
    amount: amountOf(entry.amount, entry.currency),
    fee: amountOf(entry.fee, entry.currency),
    net: amountOf(entry.net, entry.currency),
    at: time(entry.created),
    availableAt: time(entry.available_on),
  }
}

export const readBalance = ({ pending, available }: Stripe.Balance) => ({
  pending: pending.map(({ amount, currency }) => amountOf(amount, currency)),
  available: available.map(({ amount, currency }) => amountOf(amount, currency)),
})

/** A recipient fetched with its recipient configuration and requirements. */
export function readPayee(account: Stripe.V2.Core.Account): PayeeStatus {
  const transfers = account.configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers
  return {
    account: account.id,
    transfers: transfers?.status ?? "not_requested",
    due: (account.requirements?.entries ?? [])
      .filter((entry) => entry.awaiting_action_from === "user")
      .map((entry) => entry.description),
  }
}

const objectKinds: Readonly<Record<string, ProviderEvent["object"]["kind"]>> = {
  "checkout.session": "checkout",
  payment_intent: "payment_intent",
  charge: "charge",
  refund: "refund",
  transfer: "transfer",
  dispute: "dispute",
  payout: "payout",
}

/** An event's head; its object's content is left to whoever fetches the object. */
export function readEvent(event: Stripe.EventBase): ProviderEvent {
  const subject = event.data.object as { id?: unknown; object?: unknown }
  const kind = typeof subject.object === "string" ? subject.object : ""
  return {
    event: event.id,
    type: event.type,
    object: {
      kind: Object.hasOwn(objectKinds, kind) ? (objectKinds[kind] ?? "other") : "other",
      id: typeof subject.id === "string" ? subject.id : "",
    },
    at: time(event.created),
    payload: JSON.parse(JSON.stringify(event)) as Json,
  }
}
