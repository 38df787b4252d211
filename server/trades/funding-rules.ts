import type { Balance } from "#contracts/balance.ts"
import { type Money, zero } from "#contracts/money.ts"
import { heldLeft, type Payment } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { addMs, type Time } from "#contracts/time.ts"
import { processingMs } from "#contracts/trade.ts"
import { moveWith } from "../balances/rules.ts"
import { type Decision, decide, type FactActor } from "../decision.ts"
import {
  type Captured,
  failPayment,
  finishLeg,
  holdPayment,
  type LegDone,
  type LegKind,
  legAmount,
  partPayment,
} from "../payments/rules.ts"
import {
  advance,
  frozenRefusal,
  guardsOf,
  type Scene,
  stepFrom,
  systemActor,
  together,
  tradeFact,
} from "./scene.ts"
import { revokeGrant } from "./settlement-rules.ts"

/** What a rail tells of a payment, and what it means for its trade. A freeze never stops what has happened outside. */

/**
 * A payment's money has come. A freeze does not stop what the provider says. Where the trade no longer waits for
 * this payment the money is held all the same, and a job sends it back.
 */
export function applyCaptured(
  scene: Scene,
  payment: Payment,
  captured: Captured,
  actor: FactActor,
  now: Time,
): Decision | Refusal {
  const { trade } = scene
  const held = holdPayment(payment, captured, actor, now)
  if (isRefusal(held)) return held
  const state = trade.payment === payment.id ? stepFrom(trade, "fund") : refuse("trade_step_not_allowed")
  if (isRefusal(state)) {
    return decide({
      changes: held.changes,
      facts: held.facts,
      journals: held.journals,
      jobs: [{ task: "partPayment", payload: { payment: payment.id } }],
      result: { state: trade.state, stray: true },
    })
  }
  const next = advance(trade, state, now)
  const fact = tradeFact("trade.funded@1", next, actor, { payment: payment.id }, {})
  return together(scene, next, fact, held, {
    guards: [],
    jobs: [{ task: "deliver", payload: { trade: trade.id } }],
  })
}

/**
 * The buyer has paid by a method whose money comes later. The trade waits for it from now on as long as such a
 * method may take, once for each payment; money that comes after that goes back by itself.
 */
export function applyProcessing(scene: Scene, payment: Payment, now: Time): Decision | Refusal {
  const { trade } = scene
  const state = trade.payment === payment.id ? stepFrom(trade, "process") : refuse("trade_step_not_allowed")
  if (isRefusal(state)) return state
  if (payment.state !== "started" || trade.processing === payment.id)
    return refuse("payment_state", "process", { state: payment.state })
  const wait = trade.frozenBy ? { deadlineLeftMs: processingMs } : { deadline: addMs(now, processingMs) }
  const next = advance(trade, state, now, { processing: payment.id, ...wait })
  const body = { payment: payment.id, deadline: next.deadline }
  const fact = tradeFact("trade.processing@1", next, systemActor("payments"), body, {})
  return together(scene, next, fact, null, { guards: [] })
}

/** The payment attempt ended without money: the buyer may choose again until the deadline. */
export function applyFailed(
  scene: Scene,
  payment: Payment,
  reason: string,
  actor: FactActor,
  now: Time,
): Decision | Refusal {
  const { trade } = scene
  const failed = failPayment(payment, reason, actor, now)
  if (isRefusal(failed)) return failed
  const state =
    trade.payment === payment.id ? stepFrom(trade, "retryFunding") : refuse("trade_step_not_allowed")
  if (isRefusal(state))
    return decide({ changes: failed.changes, facts: failed.facts, result: { state: trade.state } })
  const next = advance(trade, state, now, { payment: null })
  const fact = tradeFact("trade.unfunded@1", next, actor, { payment: payment.id, reason }, {})
  return together(scene, next, fact, failed, { guards: [], jobs: [] })
}

/** Held money whose trade ended before it came goes back, as far as it has not gone back before. */
export function refundStray(scene: Scene, payment: Payment, now: Time): Decision | Refusal {
  const { trade } = scene
  const isStray = trade.payment !== payment.id || trade.state === "expired" || trade.state === "cancelled"
  if (payment.state !== "held" || !isStray) return refuse("payment_state", "refund", { state: payment.state })
  const parted = partPayment(
    payment,
    zero(payment.amount.currency),
    heldLeft(payment),
    trade,
    systemActor("refundStray"),
    now,
  )
  if (isRefusal(parted)) return parted
  return decide({
    changes: parted.changes,
    facts: parted.facts,
    journals: parted.journals,
    jobs: [{ task: "partPayment", payload: { payment: payment.id } }],
    result: { refunded: true },
  })
}

/**
 * A rail has carried out a leg. With the last one the trade ends: settled when the seller got anything, refunded
 * when all went back, which also revokes the grant and gives the seat back.
 */
export function applyLegDone(
  scene: Scene,
  payment: Payment,
  kind: LegKind,
  reference: string,
  actor: FactActor,
  now: Time,
  sent: Money | null = null,
): Decision | Refusal {
  const done = finishLeg(payment, kind, reference, actor, now, sent)
  return isRefusal(done) ? done : afterLeg(scene, done, actor, now)
}

/**
 * A leg that goes into the balance of whom it is for: nobody outside has moved it before, so a freeze stops it here.
 */
export function applyLegToBalance(
  scene: Scene,
  payment: Payment,
  kind: LegKind,
  balance: Balance,
  actor: FactActor,
  now: Time,
): Decision | Refusal {
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  const decision = applyLegDone(scene, payment, kind, balance.id, actor, now)
  if (isRefusal(decision)) return decision
  const cause = { noun: "payment", id: payment.id, version: payment.version + 1 } as const
  const why = kind === "release" ? "earned" : "refunded"
  const movement = { why, amount: legAmount(payment, kind), cause, actor } as const
  const trade = { noun: "trade", id: scene.trade.id, version: scene.trade.version } as const
  const isChanged = decision.changes.some(({ noun }) => noun === "trade")
  const guards = [...guardsOf(scene), ...(isChanged ? [] : [trade])]
  return moveWith({ ...decision, guards }, balance, movement, now)
}

/** What a leg that is done means for the trade. */
export function afterLeg(scene: Scene, done: LegDone, actor: FactActor, now: Time): Decision | Refusal {
  const { trade } = scene
  const alone = decide({
    changes: done.changes,
    facts: done.facts,
    journals: done.journals,
    result: { state: trade.state },
  })
  if (!done.closed || trade.payment !== done.payment.id) return alone
  const step = done.payment.release ? "settle" : "refund"
  const state = stepFrom(trade, step)
  if (isRefusal(state)) return alone
  const refunded = step === "refund"
  const next = advance(trade, state, now, refunded ? { seatHeld: false } : {})
  const fact = tradeFact(
    refunded ? "trade.refunded@1" : "trade.settled@1",
    next,
    actor,
    { payment: done.payment.id },
    {},
  )
  const revoked = refunded ? revokeGrant(scene.grant, "refunded", actor, now) : null
  return together(scene, next, fact, done, {
    guards: [],
    jobs: [],
    seats: refunded && trade.seatHeld ? [{ plan: trade.plan, take: -1 }] : [],
    changes: revoked?.changes ?? [],
    facts: revoked?.facts ?? [],
  })
}
