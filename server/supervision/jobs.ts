import type { Id } from "#contracts/ids.ts"
import { isRefusal, refuse, transient } from "#contracts/refusal.ts"
import type { Services } from "../services.ts"
import { loadScene } from "../trades/store.ts"
import { expireFreeze, reachingTargets } from "./commands.ts"
import {
  loadActiveFreezes,
  loadExpiredFreezes,
  loadFreeze,
  loadTradesToFreeze,
  loadTradesToRelease,
  type SpreadTrade,
} from "./store.ts"
import { spread } from "./trade-rules.ts"

type Needs = Pick<Services, "sql" | "writer" | "newId">

const pageSize = 64

/**
 * The job after a party or listing was frozen, or its freeze ended: each open trade is stopped, or goes on. What
 * the freeze is when the job runs decides which of the two, so that a late job does no harm. Safe to run twice.
 */
export async function spreadFreeze(services: Needs, id: Id<"freeze">): Promise<void> {
  const freeze = await loadFreeze(services.sql, id)
  if (!freeze || freeze.scope === "trade") return
  const load = freeze.state === "active" ? loadTradesToFreeze : loadTradesToRelease
  let after = ""
  for (;;) {
    const page = await load(services.sql, freeze, after, pageSize)
    await Promise.all(page.map((trade) => spreadToTrade(services, id, trade)))
    after = page.at(-1)?.id ?? ""
    if (page.length < pageSize) return
  }
}

async function spreadToTrade(services: Needs, id: Id<"freeze">, { id: trade, version }: SpreadTrade) {
  const answer = await services.writer.run(
    {
      giver: "system",
      id: `spread:${id}:${trade}:${version}`,
      action: "supervision.spread",
      input: { freeze: id, trade },
    },
    async () => {
      const [freeze, scene] = await Promise.all([
        loadFreeze(services.sql, id),
        loadScene(services.sql, trade),
      ])
      if (!freeze || !scene) return refuse("not_found")
      const active = await loadActiveFreezes(services.sql, reachingTargets({ scope: "trade", scene }))
      return { freeze, scene, others: active.filter((other) => other.id !== id) }
    },
    ({ freeze, scene, others }, now) => spread(scene, freeze, others, now),
  )
  if (isRefusal(answer) && transient(answer.refused))
    throw new Error(`the freeze ${id} was not carried to ${trade}: ${answer.refused}`)
}

/** Ends freezes by database time. Answers how many ended. */
export async function sweepFreezes(services: Needs, limit = 100): Promise<number> {
  const due = await loadExpiredFreezes(services.sql, services.writer.now(), limit)
  const answers = await Promise.all(due.map((freeze) => expireFreeze(services, freeze)))
  return answers.filter((answer) => !isRefusal(answer)).length
}
