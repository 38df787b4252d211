import type { Id } from "#contracts/ids.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { isWaiting, type TradeState } from "#contracts/trade.ts"
import type { Decision } from "../decision.ts"
import type { Services } from "../services.ts"
import { expire } from "./rules.ts"
import type { Scene } from "./scene.ts"
import { accept, resolveUnanswered, settleFree, undelivered } from "./settlement-rules.ts"
import { type DueTrade, dropReminders, loadDueTrades, loadScene } from "./store.ts"

/** What happens by itself when a waiting state's time is over: the table's default, as a rule. */
const defaults: Partial<Record<TradeState, (scene: Scene, now: Time) => Decision | Refusal>> = {
  proposed: expire,
  agreed: expire,
  funding: expire,
  funded: undelivered,
  delivered: (scene, now) => accept(scene, "silence", now),
  disputed: resolveUnanswered,
}

/**
 * Lets every trade whose time is over take its default step. Frozen trades are passed over; a trade that moved
 * meanwhile is refused by its own rule. Answers how many took a step.
 */
export async function sweepDeadlines(services: Services, limit = 200): Promise<number> {
  const now = services.writer.now()
  const due = await loadDueTrades(services.sql, now, limit)
  const answers = await Promise.all(due.map((trade) => takeDefault(services, trade)))
  await dropReminders(services.sql, now)
  return answers.filter((answer) => !isRefusal(answer)).length
}

function takeDefault(services: Services, due: DueTrade) {
  return services.writer.run(
    { giver: "system", id: `deadline:${due.id}:${due.version}`, action: "trade.deadline", input: due },
    async () => (await loadScene(services.sql, due.id)) ?? refuse("not_found"),
    (scene, now) => {
      const { state } = scene.trade
      const step = isWaiting(state) ? defaults[state] : undefined
      return step ? step(scene, now) : refuse("trade_step_not_allowed", "deadline", { state })
    },
  )
}

/** A free trade that was accepted, or whose dispute was decided, ends by itself. */
export function settleFreeTrade(services: Services, trade: Id<"trade">) {
  return services.writer.run(
    { giver: "system", id: `settleFree:${trade}`, action: "trade.settleFree", input: { trade } },
    async () => (await loadScene(services.sql, trade)) ?? refuse("not_found"),
    settleFree,
  )
}
