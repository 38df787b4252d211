import { type Balance, withdrawable } from "#contracts/balance.ts"
import type { Id } from "#contracts/ids.ts"
import { compareMoney, type Money } from "#contracts/money.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { moveWith } from "../balances/rules.ts"
import type { Decision } from "../decision.ts"
import { type NewPayment, prepayPayment } from "../payments/rules.ts"
import { mayFund } from "./rules.ts"
import { advance, type Scene, together, tradeFact, userActor } from "./scene.ts"

/**
 * The buyer pays out of their balance: balance, payment and trade change in one decision, so that of two trades, tabs
 * or clicks that want the same money one is refused, and nobody outside is asked. As much as the buyer owes the
 * platform stays: else it would go out by way of another party's listing.
 */
export function payFromBalance(
  scene: Scene,
  made: NewPayment,
  { balance, owed }: { balance: Balance; owed: Money },
  by: { user: Id<"user">; party: Id<"party"> },
  now: Time,
): Decision | Refusal {
  const { trade } = scene
  const state = mayFund(scene, "prepay", now)
  if (isRefusal(state)) return state
  const most = withdrawable(balance, owed)
  if (compareMoney(trade.price, most) > 0)
    return refuse("balance_too_small", "balance", { available: most.minor })
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
