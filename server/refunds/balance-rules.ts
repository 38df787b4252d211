import type { Balance } from "#contracts/balance.ts"
import type { Refund } from "#contracts/refund.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { moveWith } from "../balances/rules.ts"
import type { Decision, FactActor } from "../decision.ts"
import { frozenRefusal, guardsOf, type Scene } from "../trades/scene.ts"
import { refundRepaid } from "./repaid-rules.ts"

/** The refund goes into the buyer's balance; nobody outside has moved it before, so a freeze stops it here. */
export function repayToBalance(
  scene: Scene,
  refund: Refund,
  balance: Balance,
  actor: FactActor,
  now: Time,
): Decision | Refusal {
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  const repaid = refundRepaid(refund, balance.id, actor, now)
  if (isRefusal(repaid)) return repaid
  const cause = { noun: "refund", id: refund.id, version: refund.version + 1 } as const
  const trade = { noun: "trade", id: scene.trade.id, version: scene.trade.version } as const
  const movement = { why: "refunded", amount: refund.amount, cause, actor } as const
  return moveWith({ ...repaid, guards: [...guardsOf(scene), trade] }, balance, movement, now)
}
