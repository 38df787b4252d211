import { journalHash } from "#contracts/escrow.ts"
import { compareMoney, isZero, type Money, minus, split } from "#contracts/money.ts"
import type { Refund } from "#contracts/refund.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { type Decision, decide, type FactActor } from "../decision.ts"
import { offsetJournal } from "../escrow/claims-book.ts"
import { advance, refundFact } from "./rules.ts"

/**
 * A refund that came back after a chargeback of its payment was lost: what the platform bore of that, because the buyer
 * had the refund too, is made up for first. Only the rest is owed to the buyer.
 */
export function offsetRefund(refund: Refund, borne: Money, actor: FactActor, now: Time): Decision | Refusal {
  const whole = compareMoney(refund.amount, borne) <= 0
  const amount = whole ? refund.amount : borne
  if (isZero(amount)) return refuse("refund_state", "offset", { state: refund.state })
  const next = whole
    ? advance(refund, "chargeBack", now, {})
    : advance(refund, "lower", now, lessOfRefund(refund, amount))
  if (isRefusal(next)) return next
  const journal = offsetJournal(next, amount, now)
  const body = { payment: next.payment, ended: whole, journalHash: journalHash(journal) }
  return decide({
    changes: [{ noun: "refund", row: next }],
    facts: [refundFact("refund.offset@1", next, actor, body, { amount })],
    journals: [journal],
    result: { refund: next.id, state: next.state },
  })
}

/** The refund with so much less, the platform's share of it in the same ratio. */
export function lessOfRefund({ amount, fee }: Refund, by: Money): Partial<Refund> {
  const left = minus(amount, by)
  if (fee === null) return { amount: left }
  const [share] = split(left, [Number(fee.minor), Number(minus(amount, fee).minor)])
  return { amount: left, fee: share ?? fee }
}
