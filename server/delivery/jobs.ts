import type { Id } from "#contracts/ids.ts"
import { isZero } from "#contracts/money.ts"
import { isRefusal, type RefusalCode, refuse, transient } from "#contracts/refusal.ts"
import { addMs, minuteMs } from "#contracts/time.ts"
import type { Trade } from "#contracts/trade.ts"
import type { Services } from "../services.ts"
import { frozenRefusal } from "../trades/scene.ts"
import { deliver } from "../trades/settlement-rules.ts"
import { loadScene } from "../trades/store.ts"
import { checkDelivery } from "./measure.ts"
import { loadRegistered, loadUndelivered } from "./store.ts"

type Needs = Pick<Services, "sql" | "files" | "config" | "writer" | "newId">

const waitsForDelivery = (trade: Trade): boolean =>
  trade.state === "funded" || (trade.state === "agreed" && isZero(trade.price))

/**
 * The job after funding: checks the stored bytes against what was registered and issues the grant, or undoes the
 * trade when they differ. Safe to run twice. A frozen trade is left alone; lifting the freeze asks again. Throws
 * when the storage or the database does not answer, and is then tried again.
 */
export async function deliverTrade(services: Needs, id: Id<"trade">): Promise<void> {
  const scene = await loadScene(services.sql, id)
  if (!scene || !waitsForDelivery(scene.trade) || scene.payment?.chargeback || frozenRefusal(scene)) return
  const registered = await loadRegistered(services.sql, scene.trade)
  if (!registered) throw new Error(`the trade ${id} is about a version that is not registered`)
  const { datasetVersion } = scene.trade
  const check = await checkDelivery(services, datasetVersion, registered, () => services.writer.now())
  const grant = services.newId("grant")
  const answer = await services.writer.run(
    { giver: "system", id: `deliver:${id}`, action: "trade.deliver", input: { trade: id } },
    async () => (await loadScene(services.sql, id)) ?? refuse("not_found"),
    (found, now) => deliver(found, grant, check, now),
  )
  if (isRefusal(answer)) reportRefused(id, answer.refused)
}

/** A trade that moved on or was frozen meanwhile needs nothing; what can succeed later is tried again. */
function reportRefused(trade: Id<"trade">, code: RefusalCode): void {
  if (transient(code)) throw new Error(`the delivery of ${trade} was refused: ${code}`)
  if (code === "delivery_check_failed")
    console.error(`the trade ${trade} was not delivered: the stored bytes are not the registered ones`)
}

/** Deliveries whose job was lost or was stopped by a freeze that has ended. Answers how many were tried. */
export async function sweepDeliveries(services: Needs, limit = 50): Promise<number> {
  const before = addMs(services.writer.now(), -minuteMs)
  const waiting = await loadUndelivered(services.sql, before, limit)
  for (const trade of waiting) {
    try {
      await deliverTrade(services, trade)
    } catch (error) {
      console.error(`the delivery of ${trade} failed and is tried again:`, error)
    }
  }
  return waiting.length
}
