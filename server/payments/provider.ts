import type { Json } from "#contracts/ledger/fact.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { Money } from "#contracts/money.ts"
import type { Refusal } from "#contracts/refusal.ts"
import { hourMs, minuteMs, type Time, toMs, toTime } from "#contracts/time.ts"
import type { DisputeCalls, PayoutCalls } from "./provider-disputes.ts"

/**
 * The port to a payment processor (MONEY §2): what the card rail needs of one, in our words. Only stripe.ts and
 * interpret.ts know a processor by name.
 *
 * Every call answers one of three things, and never throws for what the processor or the network did:
 * `ok`; `failed`, the processor said no and nothing moved; `unknown`, nobody can tell whether it happened
 * (MONEY §3.2): look it up by `findTransfers`, `findRefunds` or `retrieveCheckout`, or repeat the same key. A
 * look-up that finds nothing right after an `unknown` proves nothing yet, for the call may still be under way;
 * a repeated key does, within 24 hours of its first use.
 */
export type ProviderResult<T> = { ok: T } | { failed: ProviderFailure } | { unknown: string }

export type ProviderFailure = {
  /** The processor's code (`balance_insufficient`) or, without one, its kind of error. */
  code: string
  message: string
  /** True when a card was declined: the payer may try another. */
  declined: boolean
  /**
   * `same_key`: the call was not taken up (rate limit, wrong key); repeat it as it is. `new_key`: refused by how
   * things stand now (balance, account not active); the same key would replay the refusal, so a later attempt
   * needs a new one. `never`: the call itself is wrong.
   */
  retry: "same_key" | "new_key" | "never"
}

/**
 * An amount as the processor states it. Its currency is not one of ours until a rule has compared it; minor
 * units as a decimal string, currency in upper case.
 */
export type ProviderAmount = { minor: string; currency: string }

export const sameAmount = (stated: ProviderAmount, ours: Money): boolean =>
  stated.minor === ours.minor && stated.currency === ours.currency

/** Whose money a processor's object says it is; null where it carries no such mark, as with strangers' objects. */
export type Marks = { paymentId: string | null; tradeId: string | null; key: string | null }

/**
 * What is so at the processor, read from a fetched object, never from a webhook's body. Rules compare amount,
 * currency and marks with our own rows; here nothing is judged.
 */
export type CheckoutFact = {
  session: string
  marks: Marks
  amount: ProviderAmount
  expiresAt: Time
} & (
  | { kind: "open"; url: string; declined: { code: string; message: string } | null }
  /** The payer is through, the money is not: a delayed method. */
  | { kind: "processing" }
  /** A delayed method brought no money after all. */
  | { kind: "failed"; reason: string }
  | {
      kind: "captured"
      paymentIntent: string
      charge: string
      capturedAt: Time
      /** Null while the processor has not booked the charge yet. */
      fee: ProviderAmount | null
      availableAt: Time | null
      /** What of it the processor has given back already. */
      refunded: ProviderAmount
    }
  | { kind: "expired" }
)

export type RefundFact = {
  kind: "refund_pending" | "refunded" | "refund_failed"
  refund: string
  charge: string | null
  paymentIntent: string | null
  marks: Marks
  amount: ProviderAmount
  at: Time
  reason: string | null
}

export type TransferFact = {
  kind: "transferred"
  transfer: string
  destination: string
  sourceCharge: string | null
  group: string | null
  marks: Marks
  amount: ProviderAmount
  /** What of it was taken back since. */
  reversed: ProviderAmount
  at: Time
}

export type ReversalFact = {
  kind: "reversed"
  reversal: string
  transfer: string
  amount: ProviderAmount
  at: Time
}

/**
 * What a line of the processor's own book is. `other`: something of which we know nothing yet, for somebody to look
 * at. `fee`: what the processor takes beside its part of a charge.
 */
export type LineKind =
  | "charge"
  | "refund"
  | "refundFailed"
  | "transfer"
  | "reversal"
  | "dispute"
  | "disputeReversal"
  | "payout"
  | "payoutFailed"
  | "topUp"
  | "fee"
  | "other"

/** One line of the processor's own book, for reconciliation. `minor` amounts carry a sign here. */
export type BalanceEntry = {
  entry: string
  kind: LineKind
  type: string
  source: string | null
  /** What the object that moved the money carries of ours. */
  marks: Marks
  amount: ProviderAmount
  fee: ProviderAmount
  net: ProviderAmount
  at: Time
  availableAt: Time
}

export type ProviderFact = CheckoutFact | RefundFact | TransferFact | ReversalFact

/** What kinds of a processor's objects an event may be about. `other`: nothing of ours. */
export type ObjectKind =
  | "checkout"
  | "payment_intent"
  | "charge"
  | "refund"
  | "transfer"
  | "dispute"
  | "payout"
  | "other"

/** A notice that something changed. Which object, not what it says: a job fetches the object and applies that. */
export type ProviderEvent = {
  event: string
  type: string
  object: {
    kind: ObjectKind
    id: string
  }
  at: Time
  /** The event as it came, for the inbox. */
  payload: Json
}

export type PayeeStatus = {
  account: string
  /** Money can be transferred to the payee only while this is `active`. */
  transfers: "active" | "pending" | "restricted" | "rejected" | "unsupported" | "not_requested"
  /** What the processor still asks of the payee, in its own words. */
  due: string[]
}

export type CheckoutInput = {
  tradeId: string
  paymentId: string
  amount: Money
  /** What the payer reads on the page. */
  description: string
  customerEmail?: string
  /** May hold `{CHECKOUT_SESSION_ID}`, which the processor fills in. */
  successUrl: string
  cancelUrl: string
  /** Between 30 minutes and 24 hours away; see `checkoutExpiry`. */
  expiresAt: Time
  locale: Locale
  idempotencyKey: string
}

export type TransferInput = {
  tradeId: string
  paymentId: string
  /** What the payee gets: the fee is taken by transferring less. */
  amount: Money
  destination: string
  sourceCharge: string
  /** The trade's id. */
  transferGroup: string
  idempotencyKey: string
}

export type RefundInput = {
  tradeId: string
  paymentId: string
  charge: string
  amount: Money
  idempotencyKey: string
}

export type PayeeInput = {
  partyId: string
  displayName: string
  /** ISO 3166-1 alpha-2. */
  country: string
  email?: string
  idempotencyKey: string
}

type PaymentCalls = {
  /** `stripe`: the inbox's first key. */
  readonly name: string
  createCheckout(
    input: CheckoutInput,
  ): Promise<ProviderResult<{ sessionId: string; url: string; expiresAt: Time }>>
  retrieveCheckout(sessionId: string): Promise<ProviderResult<CheckoutFact>>
  /** Ends an open session; one that was paid meanwhile answers `failed`: retrieve it. */
  expireCheckout(sessionId: string): Promise<ProviderResult<CheckoutFact>>
  transfer(input: TransferInput): Promise<ProviderResult<TransferFact>>
  retrieveTransfer(transfer: string): Promise<ProviderResult<TransferFact>>
  /** All transfers of a group (a trade), newest first. */
  findTransfers(transferGroup: string): Promise<ProviderResult<TransferFact[]>>
  reverse(input: {
    transfer: string
    amount: Money
    idempotencyKey: string
  }): Promise<ProviderResult<ReversalFact>>
  /** All that was taken back of a transfer, newest first, each with the key that it was asked for by. */
  findReversals(transfer: string): Promise<ProviderResult<(ReversalFact & { key: string | null })[]>>
  refund(input: RefundInput): Promise<ProviderResult<RefundFact>>
  retrieveRefund(refund: string): Promise<ProviderResult<RefundFact>>
  /** All refunds of a charge, newest first. */
  findRefunds(charge: string): Promise<ProviderResult<RefundFact[]>>
  createPayee(input: PayeeInput): Promise<ProviderResult<PayeeStatus>>
  payeeStatus(account: string): Promise<ProviderResult<PayeeStatus>>
  /** A page where the payee completes what is due; single use, short-lived. */
  onboardingLink(input: {
    account: string
    returnUrl: string
    refreshUrl: string
  }): Promise<ProviderResult<{ url: string; expiresAt: Time }>>
  /** Events since a time, oldest first: the sweep for lost webhooks. */
  listEvents(since: Time): Promise<ProviderResult<ProviderEvent[]>>
  /** The processor's own book since a time, newest first, a page at a time; ends with the first page it did not get. */
  listBalance(since: Time): AsyncIterable<ProviderResult<BalanceEntry[]>>
  /** What the processor says that it has of ours. `minor` amounts carry a sign here. */
  balance(): Promise<ProviderResult<{ pending: ProviderAmount[]; available: ProviderAmount[] }>>
  /**
   * Checks a webhook: the raw body's signature, and its time within five minutes of `nowMs` in both directions.
   * Refused as `webhook_signature`, where `at` says what was wrong, or as `webhook_mode`, live for test or the reverse.
   */
  verifyWebhook(rawBody: string | Uint8Array, signatureHeader: string, nowMs: number): ProviderEvent | Refusal
}

export type PaymentProvider = PaymentCalls & DisputeCalls & PayoutCalls

/**
 * When a session may end, given until when the payment is awaited: processors take 30 minutes to 24 hours from
 * their own now, so a minute is left on both sides. A payment that comes after our deadline refunds itself.
 */
export function checkoutExpiry(deadline: Time, now: Time): Time {
  const [least, most] = [toMs(now) + 31 * minuteMs, toMs(now) + 24 * hourMs - minuteMs]
  return toTime(Math.min(most, Math.max(least, toMs(deadline))))
}
