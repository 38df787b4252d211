import type { Id } from "#contracts/ids.ts"
import { compareMoney, isZero, type Money, minus, plus, zero } from "#contracts/money.ts"
import type { Refund } from "#contracts/refund.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import type { Change, FactActor, PendingFact } from "../decision.ts"
import { lessOfRefund } from "../refunds/offset-rules.ts"
import { advance, refundFact } from "../refunds/rules.ts"

export type TakenRefunds = { taken: Money; changes: Change[]; facts: PendingFact[] }

/**
 * What a lost chargeback takes from refunds that were decided and not sent, oldest first: the buyer has that money by
 * their bank, and is not given it a second time. What the seller owes for such a refund they owe all the same.
 */
export function takeRefunds(
  refunds: readonly Refund[],
  chargeback: { id: Id<"chargeback">; amount: Money },
  actor: FactActor,
  now: Time,
): TakenRefunds | Refusal {
  const none = zero(chargeback.amount.currency)
  const all: TakenRefunds = { taken: none, changes: [], facts: [] }
  for (const refund of refunds) {
    const rest = minus(chargeback.amount, all.taken)
    if (isZero(rest)) break
    if (refund.state !== "decided") continue
    const whole = compareMoney(refund.amount, rest) <= 0
    const amount = whole ? refund.amount : rest
    const next = whole
      ? advance(refund, "chargeBack", now, {})
      : advance(refund, "lower", now, lessOfRefund(refund, rest))
    if (isRefusal(next)) return next
    const type = whole ? "refund.chargedBack@1" : "refund.lowered@1"
    const body = { payment: refund.payment, chargeback: chargeback.id }
    all.taken = plus(all.taken, amount)
    all.changes.push({ noun: "refund", row: next })
    all.facts.push(refundFact(type, next, actor, body, { amount }))
  }
  return all
}
