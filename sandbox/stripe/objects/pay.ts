import type Stripe from "stripe"
import { refused } from "../http/errors.ts"
import type { World } from "../state/world.ts"
import type { CardResult } from "./cards.ts"
import { openDispute } from "./disputes.ts"
import { emit } from "./events.ts"
import type { Payer } from "./methods.ts"
import {
  capture,
  complete,
  type Failure,
  intentOf,
  newCharge,
  saveFailure,
  saveSuccess,
  type Try,
} from "./pay-writes.ts"

type Session = Stripe.Checkout.Session

/** What became of an attempt: paid; done by the payer but not settled; to be approved; declined. */
export type Attempt = { state: "paid" | "settling" | "needs_approval" | "declined"; session: Session }

const settlementSeconds = 3600

/**
 * Pays an open session. A decline writes the failed charge and leaves the session open, so that the payer can
 * try again. Throws when the session is not open.
 */
export function paySession(world: World, session: Session, payer: Payer): Attempt {
  if (session.status !== "open") throw refused("This Checkout Session is no longer open.")
  const { method } = payer
  if (!session.payment_method_types.includes(method.type))
    throw refused(`This Checkout Session does not take ${method.type}.`)
  const attempt: Try = { world, session, intent: intentOf(world, session), payer }
  world.store.remove("waiting", session.id)
  if (method.type === "card") {
    if (method.card.authenticates === true) return askApproval(attempt)
    return payByCard(attempt, method.card, false)
  }
  if (method.outcome === "succeeds") return succeed(attempt)
  if (method.outcome === "refused") return fail(attempt, alipayRefused)
  return startSettlement(attempt, method.outcome === "succeeds_later")
}

const alipayRefused: Failure = {
  code: "payment_intent_payment_attempt_failed",
  message: "The customer did not approve the payment.",
  type: "api_error",
}
const approvalRefused: Failure = {
  code: "payment_intent_authentication_failure",
  message:
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
  type: "card_error",
}

function payByCard(attempt: Try, card: CardResult, authenticated: boolean): Attempt {
  if (card.result === "declines")
    return fail(attempt, {
      code: card.code,
      ...(card.code === "card_declined" ? { declineCode: card.declineCode } : {}),
      message: card.message.en,
      type: "card_error",
    })
  return succeed(attempt, card, authenticated)
}

/** The payer answers on the bank's page: the attempt goes on, or fails without a charge. */
export function answerApproval(world: World, session: Session, approves: boolean): Attempt {
  const waiting = world.store.get("waiting", session.id)
  if (session.status !== "open" || waiting?.for !== "approval")
    throw refused("This Checkout Session does not wait for an approval.")
  world.store.remove("waiting", session.id)
  const intent = { ...intentOf(world, session), next_action: null }
  const { payer } = waiting
  if (approves && payer.method.type === "card")
    return payByCard({ world, session, intent, payer }, payer.method.card, true)
  const refusal = { charge: null, failure: approvalRefused, method: "card" }
  return { state: "declined", session: saveFailure({ world, session, intent }, refusal) }
}

/** A payment that settles later has arrived, or not; by the clock or by the control API. */
export function finishSettlement(world: World, session: Session, succeeds: boolean): Session {
  const waiting = world.store.get("waiting", session.id)
  const pending = waiting?.for === "settlement" ? world.store.get("charge", waiting.charge) : undefined
  if (pending === undefined) throw refused("This Checkout Session has no payment that settles later.")
  const intent = intentOf(world, session)
  world.store.remove("waiting", session.id)
  if (succeeds) {
    const charge = capture(world, pending, world.settlementSeconds)
    const paid = world.store.put("session", session.id, { ...session, payment_status: "paid" })
    saveSuccess(world, intent, charge)
    emit(world, "checkout.session.async_payment_succeeded", paid)
    return paid
  }
  const failure: Failure = {
    code: "payment_intent_payment_attempt_failed",
    message: "The payment failed.",
    type: "api_error",
  }
  const failed = saveFailure({ world, session, intent }, { charge: pending, failure, method: "alipay" })
  emit(world, "checkout.session.async_payment_failed", failed)
  return failed
}

/** Settles what falls due by the clock. */
export function settleDuePayments(world: World): void {
  for (const [id, waiting] of [...world.store.oldest("waiting")]) {
    if (waiting.for !== "settlement" || waiting.dueAt > world.now()) continue
    const session = world.store.get("session", id)
    if (session !== undefined) finishSettlement(world, session, waiting.succeeds)
  }
}

function askApproval({ world, session, intent, payer }: Try): Attempt {
  const asked = world.store.put("session", session.id, { ...session, payment_intent: intent.id })
  world.store.put("waiting", session.id, { for: "approval", payer })
  const waiting = world.store.put("intent", intent.id, {
    ...intent,
    next_action: {
      type: "redirect_to_url",
      redirect_to_url: {
        return_url: `${world.origin}/c/pay/${session.id}`,
        url: `${world.origin}/c/approve/${session.id}`,
      },
    },
    status: "requires_action",
  })
  emit(world, "payment_intent.requires_action", waiting)
  return { state: "needs_approval", session: asked }
}

function succeed(
  attempt: Try,
  card?: Extract<CardResult, { result: "succeeds" }>,
  authenticated = false,
): Attempt {
  const { world } = attempt
  const pendingSeconds = card?.availableAtOnce === true ? 0 : world.settlementSeconds
  const charge = capture(world, newCharge(attempt, authenticated), pendingSeconds)
  saveSuccess(world, attempt.intent, charge)
  const paid = complete(attempt, "paid")
  emit(world, "checkout.session.completed", paid)
  if (card?.disputedFor !== undefined) openDispute(world, charge, { reason: card.disputedFor })
  return { state: "paid", session: paid }
}

function startSettlement(attempt: Try, succeeds: boolean): Attempt {
  const { world, session, intent } = attempt
  const charge = newCharge(attempt, false)
  world.store.put("charge", charge.id, charge)
  const processing = world.store.put("intent", intent.id, {
    ...intent,
    last_payment_error: null,
    latest_charge: charge.id,
    payment_method: charge.payment_method,
    status: "processing",
  })
  world.store.put("waiting", session.id, {
    for: "settlement",
    charge: charge.id,
    dueAt: world.now() + settlementSeconds,
    succeeds,
  })
  const unpaid = complete(attempt, "unpaid")
  emit(world, "charge.pending", charge)
  emit(world, "payment_intent.processing", processing)
  emit(world, "checkout.session.completed", unpaid)
  return { state: "settling", session: unpaid }
}

function fail(attempt: Try, failure: Failure): Attempt {
  const method = attempt.payer.method.type
  const charge = method === "card" ? newCharge(attempt, false) : null
  return { state: "declined", session: saveFailure(attempt, { charge, failure, method }) }
}
