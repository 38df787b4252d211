import { journalHash } from "#contracts/escrow.ts"
import { type Leg, legRail, type Payment } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { type Decision, decide, type FactActor } from "../decision.ts"
import { returnedLegJournal } from "../escrow/book.ts"
import { advance, type LegKind, legAmount, paymentFact } from "./rules.ts"

/** The refusal of what was decided of another payout of the leg than the one that is there now. */
export function staleAttempt(leg: Leg | null, attempt: number): Refusal | null {
  const current = leg?.attempt ?? 1
  return current === attempt ? null : refuse("stale_version", "attempt", { attempt: current })
}

/**
 * A bank payout came back from the account that it was sent to, or the provider sends back a refund that had
 * succeeded: its leg is under way again and gets a new number. The trade stays as it is; who is owed the money is
 * booked as before. By card only the provider can tell, and a new attempt is made by itself: so too of what went by
 * bank as the provider had refused it, for the account that two people named took it no more than the provider did.
 */
export function returnLeg(
  payment: Payment,
  back: { leg: LegKind; attempt: number; reason: string },
  actor: FactActor,
  now: Time,
): Decision | Refusal {
  const { leg: kind, reason } = back
  const leg = payment[kind]
  const byCard = legRail(payment, kind) === "card"
  if (payment.rail === "balance") return refuse("rail_not_available", "balance")
  if (byCard && !(kind === "refund" && actor.role === "system")) return refuse("rail_not_available", "card")
  if (leg?.state !== "done") return refuse("payment_state", "return", { state: payment.state })
  const stale = staleAttempt(leg, back.attempt)
  if (stale) return stale
  const attempt = leg.attempt ?? 1
  const { rail: named, to, ...kept } = leg
  const returned = advance(payment, "return", now, {
    [kind]: {
      ...kept,
      ...(to === undefined || named === "bank" ? {} : { to }),
      state: "pending",
      reference: null,
      attempt: attempt + 1,
    },
  })
  if (isRefusal(returned)) return returned
  const amount = legAmount(payment, kind)
  const journal = returnedLegJournal(payment, kind, amount, attempt, now)
  const type = kind === "release" ? "payment.releaseReturned@1" : "payment.refundReturned@1"
  const secret = { amount, reference: leg.reference, reason }
  return decide({
    changes: [{ noun: "payment", row: returned }],
    facts: [paymentFact(type, returned, actor, { journalHash: journalHash(journal) }, secret)],
    journals: [journal],
    jobs:
      payment.rail === "card" && kind === "refund"
        ? [{ task: "partPayment", payload: { payment: payment.id } }]
        : [],
    result: { payment: payment.id, leg: kind, attempt: attempt + 1 },
  })
}
