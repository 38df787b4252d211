import type { Balance } from "#contracts/balance.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { moveWith } from "../balances/rules.ts"
import type { Decision } from "../decision.ts"
import { type NewPayment, prepayPayment } from "../payments/rules.ts"
import { mayFund } from "./rules.ts"
import { advance, type Scene, together, tradeFact, userActor } from "./scene.ts"

/**
 * The buyer pays out of their balance: balance, payment and trade change in one decision, so that of two trades, tabs
 * or clicks that want the same money one is refused, and nobody outside is asked.
 */
export function payFromBalance(
  scene: Scene,
  made: NewPayment,
  balance: Balance,
  by: { user: Id<"user">; party: Id<"party"> },
  now: Time,
): Decision | Refusal {
  const { trade } = scene
  const state = mayFund(scene, "prepay", now)
  if (isRefusal(state)) return state
  const actor = userActor("buyer", by.party, by.user)
  const held = prepayPayment(trade, made, actor, now)
  const next = advance(trade, state, now, { payment: made.id })
  const fact = tradeFact("trade.funded@1", next, actor, { payment: made.id }, {})
  const funded = together(scene, next, fact, held, {
    jobs: [{ task: "deliver", payload: { trade: trade.id } }],
    result: { payment: made.id, rail: "balance" },
  })
  const cause = { noun: "payment", id: made.id, version: held.payment.version } as const
  return moveWith(funded, balance, { why: "paid", amount: trade.price, cause, actor }, now)
}
