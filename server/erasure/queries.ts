import type { Actor } from "#contracts/actor.ts"
import type { ErasureState } from "#contracts/erasure.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Held } from "#contracts/retention.ts"
import type { Time } from "#contracts/time.ts"
import { permit, permitPerson } from "../access/permit.ts"
import { boundsOf } from "../access/remit-store.ts"
import type { Services } from "../services.ts"
import { loadErasureScene } from "./commands.ts"
import { heldNow } from "./rules.ts"
import * as store from "./store.ts"

type Needs = Pick<Services, "sql" | "writer" | "keys">

const pageSize = 50
const shown: Record<"waiting" | "ended", readonly ErasureState[]> = {
  waiting: ["requested", "held", "approved"],
  ended: ["done", "refused"],
}

export type ErasurePage = { erasures: store.NamedErasure[]; next: string | null; now: Time }

/** The operator's queue. */
export async function erasureQueue(
  { sql, writer }: Needs,
  actor: Actor,
  { which, after }: { which: "waiting" | "ended"; after: string | null },
): Promise<ErasurePage | Refusal> {
  const user = permit(actor, "erasure.decide")
  if (isRefusal(user)) return user
  const found = await store.loadErasures(sql, { states: shown[which], by: null, after }, pageSize + 1)
  const erasures = found.slice(0, pageSize)
  return {
    erasures,
    next: found.length > pageSize ? (erasures.at(-1)?.id ?? null) : null,
    now: writer.now(),
  }
}

export const waitingErasures = ({ sql }: Pick<Needs, "sql">) => store.countWaiting(sql)

export type ErasureForDecision = {
  erasure: store.NamedErasure
  values: number
  held: Held | null
  /** Of a product: trades over it that have not ended, which keep it from being erased. */
  openTrades: number
  own: boolean
}

/** One request, and what a decision on it would find now. */
export async function erasureForDecision(
  services: Needs,
  actor: Actor,
  id: Id<"erasure">,
): Promise<ErasureForDecision | Refusal> {
  const user = permit(actor, "erasure.decide")
  if (isRefusal(user)) return user
  const erasure = await store.loadNamed(services.sql, id)
  if (!erasure) return refuse("not_found", "erasure")
  const open = erasure.state === "requested" || erasure.state === "held"
  const scene = open ? await loadErasureScene(services, erasure) : null
  const own = erasure.by === user.user
  if (scene === null || isRefusal(scene))
    return { erasure, values: erasure.places.length, held: null, openTrades: 0, own }
  return {
    erasure,
    values: scene.places.length,
    held: heldNow(scene, services.writer.now()),
    openTrades: scene.product?.openTrades ?? 0,
    own,
  }
}

/** What the person has asked to be erased, the newest first. */
export async function myErasures({ sql }: Needs, actor: Actor): Promise<store.NamedErasure[] | Refusal> {
  const user = permitPerson(actor)
  if (isRefusal(user)) return user
  const states = [...shown.waiting, ...shown.ended]
  return store.loadErasures(sql, { states, by: user, after: null }, pageSize)
}

/** The legal holds within a regulator's remit; the operator sees all. */
export async function holdsPage({ sql }: Needs, actor: Actor): Promise<store.NamedHold[] | Refusal> {
  const user = permit(actor, "supervision.read")
  return isRefusal(user) ? user : store.loadHolds(sql, boundsOf(user), pageSize)
}

/** Which values of these records were erased; anybody may know, for the records of it are public. */
export const erasedOf = ({ sql }: Pick<Needs, "sql">, indexes: readonly number[]) =>
  store.loadErased(sql, indexes)
export type ErasedValue = Awaited<ReturnType<typeof erasedOf>>[number]
