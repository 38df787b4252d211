import { isOwnMatter, type Person } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { type Leg, legRail, type Payment, type PaymentStep } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { type Decision, decide, factOfTrade } from "../decision.ts"
import { frozenRefusal, guardsOf, type Scene, userActor } from "../trades/scene.ts"
import { advance } from "./rules.ts"

/**
 * As server/refunds/bank-rules.ts, of a payment's own refund leg: what the provider refuses for good is paid by bank,
 * when one person of the operator's has asked for it with the buyer's account and a second has confirmed it. From then
 * on no call is made for it.
 */

/** `refused`: the last attempt was refused by the provider, and no call is under way. */
export type Asked = { scene: Scene; payment: Payment; refused: boolean }
type Operator = Person & { user: Id<"user"> }

export function askLegByBank(
  found: Asked,
  wanted: { to: string; note: string },
  by: Operator,
  now: Time,
): Decision | Refusal {
  const leg = pendingLeg(found, by)
  if (isRefusal(leg)) return leg
  return step(found, "askBank", { ...leg, byBank: { ...wanted, user: by.user, at: now } }, by, wanted, now)
}

/** The second person's word. What they do not confirm goes on by the provider. */
export function decideLegByBank(found: Asked, confirm: boolean, by: Operator, now: Time): Decision | Refusal {
  const { payment } = found
  const leg = payment.refund
  if (!leg?.byBank) return refuse("payment_state", "byBank", { state: payment.state })
  if (!confirm) {
    if (isOwnMatter(by, payment.seller, payment.buyer)) return refuse("own_matter", "payment")
    return step(found, "dropBank", leg, by, {}, now)
  }
  const pending = pendingLeg(found, by)
  if (isRefusal(pending)) return pending
  if (leg.byBank.user === by.user) return refuse("second_person", "payment")
  const { to, note } = leg.byBank
  return step(found, "toBank", { ...pending, rail: "bank", to }, by, { to, note }, now)
}

/** The leg that the provider refuses, or why nothing may be decided of it. */
function pendingLeg({ scene, payment, refused }: Asked, by: Operator): Leg | Refusal {
  if (isOwnMatter(by, payment.seller, payment.buyer)) return refuse("own_matter", "payment")
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  const { chargeback, refund: leg, state } = payment
  if (chargeback) return refuse("chargeback_open", "payment", { chargeback })
  if (state !== "parting" || leg?.state !== "pending") return refuse("payment_state", "byBank", { state })
  const rail = legRail(payment, "refund")
  if (rail !== "card") return refuse("rail_not_available", rail)
  return refused ? leg : refuse("refund_not_refused", "payment")
}

const factOf = {
  askBank: "payment.bankAsked@1",
  dropBank: "payment.bankDropped@1",
  toBank: "payment.toBank@1",
} as const satisfies Partial<Record<PaymentStep, string>>

/** The seller has no business with the buyer's account. */
function step(
  { scene, payment }: Asked,
  what: keyof typeof factOf,
  refund: Leg,
  by: Operator,
  secret: { [member: string]: Json },
  now: Time,
): Decision | Refusal {
  const next = advance(payment, what, now, { refund })
  if (isRefusal(next)) return next
  const actor = userActor("operator", by.party, by.user)
  const fact = factOfTrade(
    factOf[what] as "payment.toBank@1",
    { noun: "payment", row: next, actor, owner: by.party, readers: [next.buyer] },
    {},
    secret as { to: Json; note: Json },
  )
  return decide({
    changes: [{ noun: "payment", row: next }],
    guards: [...guardsOf(scene), { noun: "trade", id: scene.trade.id, version: scene.trade.version }],
    facts: [fact],
    result: { payment: next.id, state: next.state },
  })
}
