import type { Id } from "#contracts/ids.ts"
import type { Job } from "#contracts/job.ts"
import { isZero } from "#contracts/money.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import type { Freeze } from "#contracts/supervision.ts"
import { addMs, type Time, toMs } from "#contracts/time.ts"
import { type Trade, tradeTransitions } from "#contracts/trade.ts"
import { isFinal } from "#contracts/transition.ts"
import { type Decision, decide, type FactActor } from "../decision.ts"
import { guardsOf, type Scene, systemActor, tradeFact } from "../trades/scene.ts"

type Parts = Pick<Decision, "changes" | "facts" | "guards" | "jobs">

/** The trade stopped by this freeze: its deadline waits, and what was left of it is kept. */
export function freezeTrade({ trade }: Scene, freeze: Id<"freeze">, actor: FactActor, now: Time): Parts {
  const left = trade.deadline ? Math.max(0, toMs(trade.deadline) - toMs(now)) : trade.deadlineLeftMs
  const row: Trade = {
    ...trade,
    version: trade.version + 1,
    frozenBy: freeze,
    deadline: null,
    deadlineLeftMs: left,
    updatedAt: now,
  }
  return {
    changes: [{ noun: "trade", row }],
    facts: [tradeFact("trade.frozen@2", row, actor, {}, { freeze })],
    guards: [],
    jobs: [],
  }
}

/**
 * The trade without this freeze. Where another one still reaches it, that one keeps it; else its deadline goes on
 * with the time that was left, and the work that had stopped is asked for again. The guards on parties and
 * listing let a freeze that is imposed on one of them at this moment win.
 */
export function releaseTrade(
  scene: Scene,
  freeze: Id<"freeze">,
  others: readonly Freeze[],
  actor: FactActor,
  now: Time,
): Parts {
  const { trade } = scene
  if (trade.frozenBy !== freeze) {
    const { id, version } = trade
    return { changes: [], facts: [], guards: [{ noun: "trade", id, version }], jobs: [] }
  }
  const next = others[0]
  if (next) {
    const kept = freezeTrade(scene, next.id, actor, now)
    return { ...kept, guards: [{ noun: "freeze", id: next.id, version: next.version }] }
  }
  const deadline = trade.deadlineLeftMs === null ? null : addMs(now, trade.deadlineLeftMs)
  const row: Trade = {
    ...trade,
    version: trade.version + 1,
    frozenBy: null,
    deadline,
    deadlineLeftMs: null,
    updatedAt: now,
  }
  return {
    changes: [{ noun: "trade", row }],
    facts: [tradeFact("trade.unfrozen@2", row, actor, { deadline }, { freeze })],
    guards: guardsOf(scene),
    jobs: stoppedWork(scene),
  }
}

/** The jobs that a freeze made wait: delivery, and the legs of a payment that is being parted. */
function stoppedWork({ trade, payment }: Scene): Job[] {
  const free = isZero(trade.price)
  if (trade.state === "funded" || (trade.state === "agreed" && free))
    return [{ task: "deliver", payload: { trade: trade.id } }]
  if (payment?.state === "parting") return [{ task: "partPayment", payload: { payment: payment.id } }]
  if (free && (trade.state === "accepted" || trade.state === "resolved"))
    return [{ task: "settleFree", payload: { trade: trade.id } }]
  return []
}

/**
 * Carries a freeze of a party or listing to one of its trades, or its end. Refuses what needs no change: a trade
 * that ended, one that another freeze holds already, one that this freeze does not hold any more.
 */
export function spread(
  scene: Scene,
  freeze: Freeze,
  others: readonly Freeze[],
  now: Time,
): Decision | Refusal {
  const { trade } = scene
  const actor = systemActor("freezes")
  if (freeze.state === "active") {
    if (isFinal(tradeTransitions, trade.state)) return refuse("trade_step_not_allowed", "freeze")
    if (trade.frozenBy) return refuse("frozen", "trade", { freeze: trade.frozenBy })
    const frozen = freezeTrade(scene, freeze.id, actor, now)
    const guard = { noun: "freeze", id: freeze.id, version: freeze.version } as const
    return decide({ ...frozen, guards: [...guardsOf(scene), guard], result: { frozen: trade.id } })
  }
  if (trade.frozenBy !== freeze.id) return refuse("freeze_not_active", "trade")
  return decide({
    ...releaseTrade(scene, freeze.id, others, actor, now),
    result: { released: trade.id },
  })
}
