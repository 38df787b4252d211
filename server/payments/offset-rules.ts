import { journalHash } from "#contracts/escrow.ts"
import { compareMoney, type Money, minus } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import type { Decision, FactActor } from "../decision.ts"
import { offsetLegJournal } from "../escrow/book.ts"
import { afterLeg } from "../trades/funding-rules.ts"
import type { Scene } from "../trades/scene.ts"
import { advance, isLast, part, paymentFact } from "./rules.ts"

/**
 * As `offsetRefund` (server/refunds/offset-rules.ts), of a payment's own refund leg that came back: what the platform
 * bore of a lost chargeback, because the buyer had that money too, is made up for first, and only the rest is sent.
 */
export function offsetLeg(
  scene: Scene,
  payment: Payment,
  borne: Money,
  actor: FactActor,
  now: Time,
): Decision | Refusal {
  const leg = payment.refund
  if (leg?.state !== "pending" || leg.attempt === undefined)
    return refuse("payment_state", "offset", { state: payment.state })
  const whole = compareMoney(leg.amount, borne) <= 0
  const amount = whole ? leg.amount : borne
  const closed = whole && isLast(payment, "refund")
  const next = advance(payment, closed ? "lose" : "loseSome", now, {
    refund: whole ? null : { ...leg, amount: minus(leg.amount, borne) },
  })
  if (isRefusal(next)) return next
  const journal = offsetLegJournal(payment, amount, leg.attempt, now)
  const fact = paymentFact("payment.offset@1", next, actor, { journalHash: journalHash(journal) }, { amount })
  return afterLeg(scene, { ...part(next, fact, [journal]), closed }, actor, now)
}
