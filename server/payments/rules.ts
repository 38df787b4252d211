import { assert } from "#contracts/assert.ts"
import { partsOfRelease, releasedParts } from "#contracts/charges.ts"
import { type Journal, journalHash } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { FactBody, FactSecret, FactType, Json } from "#contracts/ledger/fact.ts"
import { compareMoney, isZero, type Money, minus, plus, zero } from "#contracts/money.ts"
import {
  heldLeft,
  type Leg,
  type Payment,
  type PaymentStep,
  paymentTransitions,
  type Rail,
} from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import type { Trade } from "#contracts/trade.ts"
import { nextState } from "#contracts/transition.ts"
import { type Change, type Decision, type FactActor, factOfTrade, type PendingFact } from "../decision.ts"
import {
  heldJournal,
  partedJournal,
  providerFeeJournal,
  refundedJournal,
  releasedJournal,
} from "../escrow/book.ts"

/** The payment's part of a decision that mostly changes its trade too. */
export type PaymentPart = { payment: Payment; changes: Change[]; facts: PendingFact[]; journals: Journal[] }

export function part(payment: Payment, fact: PendingFact, journals: Journal[]): PaymentPart {
  return { payment, changes: [{ noun: "payment", row: payment }], facts: [fact], journals }
}

export function paymentFact<T extends Extract<FactType, `payment.${string}`>>(
  type: T,
  payment: Payment,
  actor: FactActor,
  body: Omit<FactBody<T>, "version" | "trade">,
  secret: Record<FactSecret<T>, Json>,
): PendingFact {
  const readers = readersOf(type, payment)
  const [own] = readers
  const owner = actor.role === "system" ? own : actor.party
  return factOfTrade(type, { noun: "payment", row: payment, actor, owner, readers }, body, secret)
}

/**
 * What a seller owes to others is no business of the buyer's, nor what was paid out less it; and why an account sent
 * money back, in the bank's own words, is its holder's alone.
 */
function readersOf(
  type: Extract<FactType, `payment.${string}`>,
  { buyer, seller, release }: Payment,
): [Id<"party">, ...Id<"party">[]] {
  if (type === "payment.netted@1" || type === "payment.releaseReturned@1") return [seller]
  if (type === "payment.released@1" && release?.netted) return [seller]
  return type === "payment.refundReturned@1" ? [buyer] : [buyer, seller]
}

export function advance(
  payment: Payment,
  step: PaymentStep,
  now: Time,
  changes: Partial<Payment>,
): Payment | Refusal {
  const state = nextState(paymentTransitions, payment.state, step)
  if (!state) return refuse("payment_state", step, { state: payment.state })
  const next = { ...payment, ...changes, state, version: payment.version + 1, updatedAt: now }
  // Whatever changes the leg makes void what was asked of it.
  if (step === "askBank" || !changes.refund?.byBank) return next
  const { byBank: _, ...refund } = changes.refund
  return { ...next, refund }
}

/** What the buyer writes on a bank transfer, and what a card session carries: short, unique, easy to type. */
export const referenceOf = (payment: Id<"payment">): string => `QH${payment.slice(-12).toUpperCase()}`

/** What a payment begins with; its nonce is 128 random bits in hex. */
export type NewPayment = { id: Id<"payment">; nonce: string }

export function startPayment(
  trade: Trade,
  made: NewPayment,
  rail: Rail,
  actor: FactActor,
  now: Time,
): PaymentPart {
  const payment = newPayment(trade, made, rail, "started", now)
  return part(
    payment,
    paymentFact("payment.started@1", payment, actor, { rail }, { amount: payment.amount }),
    [],
  )
}

/** A payment out of the buyer's balance, whose part moves with it (server/balances): it begins with its money held. */
export function prepayPayment(trade: Trade, made: NewPayment, actor: FactActor, now: Time): PaymentPart {
  const payment = newPayment(trade, made, "balance", "held", now)
  const journal = heldJournal(payment, now)
  const body = { journalHash: journalHash(journal) }
  const { amount } = payment
  return part(payment, paymentFact("payment.prepaid@1", payment, actor, body, { amount }), [journal])
}

function newPayment(
  trade: Trade,
  { id, nonce }: NewPayment,
  rail: Rail,
  state: "started" | "held",
  now: Time,
): Payment {
  return {
    id,
    version: 1,
    state,
    trade: trade.id,
    buyer: trade.buyer,
    seller: trade.seller,
    rail,
    amount: trade.price,
    fee: null,
    release: null,
    refund: null,
    reference: referenceOf(id),
    charge: null,
    failure: null,
    nonce,
    startedAt: now,
    updatedAt: now,
  }
}

/** What a rail says has come in. `charge` is the provider's or the bank's own number for it. */
export type Captured = { amount: Money; charge: string; providerFee: Money | null }

/** Money has come. It is booked whatever became of the trade; another amount or currency than asked for is not ours. */
export function holdPayment(
  payment: Payment,
  captured: Captured,
  actor: FactActor,
  now: Time,
): PaymentPart | Refusal {
  const { amount } = captured
  const held = advance(payment, "hold", now, { charge: captured.charge, failure: null })
  if (isRefusal(held)) return held
  if (amount.currency !== payment.amount.currency || compareMoney(amount, payment.amount) !== 0)
    return refuse("payment_mismatch", "amount", { expected: payment.amount.minor, got: amount.minor })
  const journal = heldJournal(held, now)
  const journals = [journal]
  if (captured.providerFee && !isZero(captured.providerFee))
    journals.push(providerFeeJournal(held, captured.providerFee, now))
  const body = { rail: held.rail, journalHash: journalHash(journal) }
  return part(held, paymentFact("payment.held@1", held, actor, body, { amount }), journals)
}

/** The attempt ended without money: declined for good, or its page expired. */
export function failPayment(
  payment: Payment,
  reason: string,
  actor: FactActor,
  now: Time,
): PaymentPart | Refusal {
  const failed = advance(payment, "fail", now, { failure: reason })
  if (isRefusal(failed)) return failed
  return part(failed, paymentFact("payment.failed@1", failed, actor, { reason }, {}), [])
}

const pendingLeg = (amount: Money): Leg | null =>
  isZero(amount) ? null : { amount, state: "pending", reference: null }

const releaseLeg = (amount: Money, to: string | null): Leg | null => {
  const leg = pendingLeg(amount)
  return leg && { ...leg, to }
}

/**
 * Decides where held money goes. Fee and tax are the trade's own, or their part of a part; the legs are carried out
 * by a job, each under a business key of its own. `to` is the account that the seller has now.
 */
export function partPayment(
  payment: Payment,
  release: Money,
  refund: Money,
  trade: Pick<Trade, "price" | "feeBasisPoints" | "charges">,
  actor: FactActor,
  now: Time,
  to: string | null = null,
): PaymentPart | Refusal {
  if (compareMoney(plus(release, refund), heldLeft(payment)) !== 0) return refuse("split_invalid")
  const parts = partsOfRelease(trade, release)
  const { fee, tax } = parts
  const parted = advance(payment, "part", now, {
    fee,
    tax,
    release: releaseLeg(release, to),
    refund: pendingLeg(refund),
  })
  if (isRefusal(parted)) return parted
  const journal = partedJournal(parted, parts, refund, now)
  const body = { journalHash: journalHash(journal) }
  return part(parted, paymentFact("payment.parted@2", parted, actor, body, { release, fee, tax, refund }), [
    journal,
  ])
}

export type LegKind = "release" | "refund"

/** What leaves for the seller or the buyer on a leg: the seller's part without fee, tax and what is kept back. */
export function legAmount(payment: Payment, kind: LegKind): Money {
  const leg = payment[kind]
  assert(leg, `the payment has a ${kind}`)
  if (kind === "refund") return leg.amount
  const net = releasedParts(payment)?.seller ?? leg.amount
  return leg.netted ? minus(net, leg.netted) : net
}

export type LegDone = PaymentPart & { closed: boolean }

/** Whether nothing else is under way when this leg is done. */
export const isLast = (payment: Payment, kind: LegKind): boolean => {
  const other = payment[kind === "release" ? "refund" : "release"]
  return other === null || other.state === "done"
}

/** What was sent beyond what was due by then: a chargeback had given the buyer that much already, and nobody owes it. */
export const sentTwice = (sent: Money | null, due: Money): Money =>
  sent !== null && compareMoney(sent, due) > 0 ? minus(sent, due) : zero(due.currency)

/** The rail has carried out one leg. `closed` says that it was the last; `sent` of a refund how much the call was for. */
export function finishLeg(
  payment: Payment,
  kind: LegKind,
  reference: string,
  actor: FactActor,
  now: Time,
  sent: Money | null = null,
): LegDone | Refusal {
  const leg = payment[kind]
  if (!leg || leg.state === "done") return refuse("payment_state", kind, { state: payment.state })
  const closed = isLast(payment, kind)
  const done = advance(payment, closed ? "close" : kind, now, {
    [kind]: { ...leg, state: "done", reference },
  })
  if (isRefusal(done)) return done
  const amount = legAmount(payment, kind)
  const twice = sentTwice(kind === "refund" ? sent : null, amount)
  const journal =
    kind === "release" ? releasedJournal(done, amount, now) : refundedJournal(done, amount, now, twice)
  const type = kind === "release" ? "payment.released@1" : "payment.refunded@1"
  // The record tells what is owed no more; its journal also what was sent beyond that.
  const fact = paymentFact(type, done, actor, { journalHash: journalHash(journal) }, { amount, reference })
  return { ...part(done, fact, [journal]), closed }
}

/** An operator has confirmed that the seller is to be paid on the account that they named since the parting. */
export function redirectRelease(
  payment: Payment,
  to: string | null,
  actor: FactActor,
  now: Time,
): PaymentPart | Refusal {
  const leg = payment.release
  if (leg?.state !== "pending" || to === null || leg.to === to)
    return refuse("payment_state", "redirect", { state: payment.state })
  const next = advance(payment, "redirect", now, { release: { ...leg, to } })
  return isRefusal(next) ? next : part(next, paymentFact("payment.redirected@1", next, actor, {}, {}), [])
}

/** Both parts of what a trade's payment came to, as a decision's members. */
export const joinPayment = (parts: PaymentPart): Pick<Decision, "changes" | "facts" | "journals"> => ({
  changes: parts.changes,
  facts: parts.facts,
  journals: parts.journals,
})
