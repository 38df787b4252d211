import { isOwnMatter, type Person } from "#contracts/actor.ts"
import { type Parts, partsOf, releasedLeft, sumOfParts } from "#contracts/charges.ts"
import { journalHash } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { FactBody, FactSecret, FactType, Json } from "#contracts/ledger/fact.ts"
import { compareMoney, isZero, type Money, movable, plus, zero } from "#contracts/money.ts"
import { heldLeft, type Payment } from "#contracts/payment.ts"
import { type Refund, type RefundReason, type RefundStep, refundTransitions } from "#contracts/refund.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { nextState } from "#contracts/transition.ts"
import { openDebt } from "../debts/rules.ts"
import {
  type Change,
  type Decision,
  decide,
  type FactActor,
  factOfTrade,
  type PendingFact,
} from "../decision.ts"
import { givenBackJournal } from "../escrow/claims-book.ts"
import { advance as advancePayment, paymentFact } from "../payments/rules.ts"
import { frozenRefusal, guardsOf, type Scene } from "../trades/scene.ts"
import { concede } from "../trades/settlement-rules.ts"

/**
 * Giving back (MONEY §3.8). The seller of a trade decides for their own sales; an operator for trades of others, with
 * a note. What the seller was paid already is only taken back by two people of the operator's, or by the seller.
 */
export type Giver = Person & { role: "seller" | "operator"; user: Id<"user"> }

export type Wanted = { amount: Money; reason: RefundReason; note: string }

/** Ids and nonces for what may be made. */
export type Made = { refund: Id<"refund">; debt: Id<"debt">; nonces: readonly [refund: string, debt: string] }

/** So many refunds a payment may have, each with its facts and journals; then only all that is left is given back. */
export const mostRefunds = 20

/** How much can still be given back, and out of what; null while money is on its way. */
export function returnable(payment: Payment): { source: Refund["source"]; most: Money } | null {
  if (payment.state === "held") return { source: "held", most: heldLeft(payment) }
  const left = payment.state === "closed" && payment.release?.state === "done" ? releasedLeft(payment) : null
  return left && { source: "released", most: sumOfParts(left) }
}

/** Gives back as asked, after `earlier` others of the payment: at once, or (an operator's, after release) when a second person has confirmed it. */
export function giveBack(
  scene: Scene,
  wanted: Wanted,
  made: Made,
  by: Giver,
  now: Time,
  earlier: number,
): Decision | Refusal {
  const checked = check(scene, by, wanted.amount)
  if (isRefusal(checked)) return checked
  const { payment, source, most } = checked
  if (earlier >= mostRefunds && compareMoney(wanted.amount, most) < 0)
    return refuse("too_many_refunds", "trade", { most: mostRefunds })
  if (source === "held" && compareMoney(wanted.amount, most) === 0)
    return concede(scene, wanted.note, by, now)
  const asked: Refund = {
    ...wanted,
    id: made.refund,
    version: 1,
    state: "asked",
    trade: payment.trade,
    payment: payment.id,
    buyer: payment.buyer,
    seller: payment.seller,
    rail: payment.rail,
    source,
    fee: null,
    debt: null,
    askedBy: { role: by.role, party: by.party, user: by.user },
    confirmedBy: null,
    attempt: 1,
    reference: null,
    nonce: made.nonces[0],
    askedAt: now,
    updatedAt: now,
  }
  if (source === "held" || by.role === "seller") return book(scene, payment, asked, made, by, now)
  const { reason, amount, note } = wanted
  const fact = refundFact(
    "refund.asked@1",
    asked,
    actorOf(by),
    { payment: payment.id, reason },
    { amount, note },
  )
  return decide({
    changes: [{ noun: "refund", row: asked }],
    guards: [...guardsOf(scene), { noun: "payment", id: payment.id, version: payment.version }],
    facts: [fact],
    result: { refund: asked.id, state: asked.state },
  })
}

/** The second person of the operator's confirms what the first asked for, or drops it. */
export function decideRefund(
  scene: Scene,
  refund: Refund,
  confirm: boolean,
  made: Made,
  by: Giver,
  now: Time,
): Decision | Refusal {
  if (isOwnMatter(by, refund.seller, refund.buyer)) return refuse("own_matter", "refund")
  const step = advance(refund, confirm ? "decide" : "drop", now, {})
  if (isRefusal(step)) return step
  if (!confirm) {
    const fact = refundFact("refund.dropped@1", step, actorOf(by), { payment: refund.payment }, {})
    return decide({
      changes: [{ noun: "refund", row: step }],
      facts: [fact],
      result: { refund: step.id, state: step.state },
    })
  }
  if (by.user === refund.askedBy.user) return refuse("second_person", "refund")
  const checked = check(scene, by, refund.amount)
  if (isRefusal(checked)) return checked
  return book(scene, checked.payment, { ...refund, confirmedBy: by.user }, made, by, now)
}

function check(scene: Scene, by: Giver, amount: Money) {
  const { trade, payment } = scene
  if (by.role === "seller" && by.party !== trade.seller) return refuse("not_found", "trade")
  if (by.role === "operator" && isOwnMatter(by, trade.seller, trade.buyer))
    return refuse("own_matter", "trade")
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  if (payment?.chargeback) return refuse("chargeback_open", "payment", { chargeback: payment.chargeback })
  const found = payment && returnable(payment)
  if (!payment || !found) return refuse("payment_state", "giveBack", { state: payment?.state ?? "none" })
  // What the buyer's bank has taken may not be given to them a second time.
  if (payment.chargeback) return refuse("payment_state", "chargeback", { state: payment.state })
  if (amount.currency !== found.most.currency) return refuse("payment_mismatch", "currency")
  if (isZero(amount) || !movable(amount)) return refuse("invalid_input", "amount")
  if (compareMoney(amount, found.most) > 0)
    return refuse("refund_too_large", "amount", { most: found.most.minor })
  return { payment, ...found }
}

/** The refund, what is left of the payment, and what the seller then owes, in one decision. */
function book(
  scene: Scene,
  payment: Payment,
  asked: Refund,
  made: Made,
  by: Giver,
  now: Time,
): Decision | Refusal {
  const actor = actorOf(by)
  const { amount, source, reason, note } = asked
  // Seller, fee and tax give back in the ratio of what is left of the release, so that several sum to no more than it.
  const left = source === "held" ? null : releasedLeft(payment)
  const parts = left && partsOf(left, amount)
  const owes = parts !== null && !isZero(parts.seller)
  const lowered = advancePayment(payment, "giveBack", now, lessOf(payment, amount, parts))
  if (isRefusal(lowered)) return lowered
  const refund: Refund = {
    ...asked,
    state: "decided",
    version: asked.state === "asked" && asked.confirmedBy ? asked.version + 1 : 1,
    fee: parts ? plus(parts.fee, parts.tax) : zero(amount.currency),
    debt: owes ? made.debt : null,
    updatedAt: now,
  }
  const journal = givenBackJournal(refund, parts, now)
  const given = paymentFact(
    "payment.givenBack@1",
    lowered,
    actor,
    { refund: refund.id, journalHash: journalHash(journal) },
    { amount, fee: parts?.fee ?? zero(amount.currency), tax: parts?.tax ?? zero(amount.currency) },
  )
  given.threads.push({ id: refund.id })
  const opened = owes
    ? openDebt(
        lowered,
        { id: made.debt, nonce: made.nonces[1], cause: "refund", causeId: refund.id, amount: parts.seller },
        actor,
        now,
      )
    : null
  const body = { payment: payment.id, source, reason }
  const changes: Change[] = [
    { noun: "payment", row: lowered },
    { noun: "refund", row: refund },
  ]
  return decide({
    changes: [...changes, ...(opened?.changes ?? [])],
    guards: [...guardsOf(scene), { noun: "trade", id: scene.trade.id, version: scene.trade.version }],
    facts: [
      given,
      refundFact("refund.decided@1", refund, actor, body, { amount, note }),
      ...(opened?.facts ?? []),
    ],
    journals: [journal],
    jobs: [{ task: "carryRefund", payload: { refund: refund.id } }],
    result: { refund: refund.id, state: refund.state },
  })
}

function lessOf({ givenBack, takenBack }: Payment, amount: Money, parts: Parts | null): Partial<Payment> {
  if (parts === null) return { givenBack: givenBack ? plus(givenBack, amount) : amount }
  const none = zero(amount.currency)
  const before = { amount: none, fee: none, tax: none, ...takenBack }
  return {
    takenBack: {
      amount: plus(before.amount, amount),
      fee: plus(before.fee, parts.fee),
      tax: plus(before.tax, parts.tax),
    },
  }
}

const actorOf = ({ role, party, user }: Giver): FactActor => ({ role, party, user })

export function advance(
  refund: Refund,
  step: RefundStep,
  now: Time,
  changes: Partial<Refund>,
): Refund | Refusal {
  const state = nextState(refundTransitions, refund.state, step)
  if (!state) return refuse("refund_state", step, { state: refund.state })
  // Whatever changes it makes void what was asked of it.
  const { byBank: _, ...rest } = refund
  return { ...rest, ...changes, state, version: refund.version + 1, updatedAt: now }
}

export function refundFact<T extends Extract<FactType, `refund.${string}`>>(
  type: T,
  refund: Refund,
  actor: FactActor,
  body: Omit<FactBody<T>, "version" | "trade">,
  secret: Record<FactSecret<T>, Json>,
): PendingFact {
  return factOfTrade(
    type,
    {
      noun: "refund",
      row: refund,
      actor,
      owner: actor.role === "system" ? refund.buyer : actor.party,
      readers: [refund.buyer, refund.seller],
    },
    body,
    secret,
  )
}
