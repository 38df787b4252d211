import { z } from "zod"
import type { Actor } from "#contracts/actor.ts"
import { type Id, type IdKind, isId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { type FreezeScope, freezeReasons, freezeScopes } from "#contracts/supervision.ts"
import { isTime } from "#contracts/time.ts"
import { permit } from "../access/permit.ts"
import { mayKnow } from "../access/remit-store.ts"
import type { Services } from "../services.ts"
import { loadScene } from "../trades/store.ts"
import { expire, type FrozenScene, impose, lift } from "./rules.ts"
import { loadActiveFreezes, loadFreeze, loadListing, loadParty } from "./store.ts"
import type { Target } from "./target.ts"

const idOf = <K extends IdKind>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })

/** A document's number; an empty one is refused by the rule, which names what is missing. */
const document = z.string().trim().max(200)

export const targetInput = z
  .strictObject({ scope: z.enum(freezeScopes), target: z.string().max(40) })
  .refine(({ scope, target }) => isId(scope, target), {
    message: "not an id of the scope's kind",
    path: ["target"],
  })

export const freezeInput = z
  .strictObject({
    commandId: idOf("command"),
    scope: z.enum(freezeScopes),
    target: z.string().max(40),
    reason: z.enum(freezeReasons),
    document,
    note: z.string().trim().max(2_000),
    expires: z.string().refine(isTime, { message: "not a time" }),
  })
  .refine(({ scope, target }) => isId(scope, target), {
    message: "not an id of the scope's kind",
    path: ["target"],
  })

export const liftInput = z.strictObject({ commandId: idOf("command"), freeze: idOf("freeze"), document })

type Needs = Pick<Services, "sql" | "writer" | "newId">

/** Freezes a trade, a listing or a party. Answers the freeze's id. */
export async function imposeFreeze(
  services: Needs,
  actor: Actor,
  input: z.infer<typeof freezeInput>,
): Promise<Json | Refusal> {
  const user = permit(actor, "supervision.freeze")
  if (isRefusal(user)) return user
  const { scope, target, reason, document, note, expires } = input
  const order = { id: services.newId("freeze"), reason, document, note, expires }
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "supervision.freeze", input },
    async () =>
      (await mayKnow(services.sql, user, target))
        ? loadTarget(services, scope, target)
        : refuse("not_found", "target"),
    (found, now) => impose(order, found, user, now),
  )
}

/** Lifts a freeze before its end, on a document. */
export async function liftFreeze(
  services: Needs,
  actor: Actor,
  input: z.infer<typeof liftInput>,
): Promise<Json | Refusal> {
  const user = permit(actor, "supervision.freeze")
  if (isRefusal(user)) return user
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "supervision.lift", input },
    async () =>
      (await mayKnow(services.sql, user, input.freeze))
        ? loadFrozen(services, input.freeze)
        : refuse("not_found", "freeze"),
    (scene, now) => lift(scene, input.document, user, now),
  )
}

/** Ends a freeze whose time is over; asked for by the sweep. */
export function expireFreeze(services: Needs, freeze: Id<"freeze">): Promise<Json | Refusal> {
  return services.writer.run(
    { giver: "system", id: `expire:${freeze}`, action: "supervision.expire", input: { freeze } },
    () => loadFrozen(services, freeze),
    expire,
  )
}

async function loadTarget(
  { sql }: Pick<Needs, "sql">,
  scope: FreezeScope,
  id: string,
): Promise<Target | Refusal> {
  if (scope === "trade") {
    const scene = isId("trade", id) ? await loadScene(sql, id) : null
    return scene ? { scope, scene } : refuse("not_found", "target")
  }
  if (scope === "listing") {
    const row = await loadListing(sql, id)
    return row ? { scope, row } : refuse("not_found", "target")
  }
  const row = await loadParty(sql, id)
  return row ? { scope, row } : refuse("not_found", "target")
}

async function loadFrozen(services: Pick<Needs, "sql">, id: Id<"freeze">): Promise<FrozenScene | Refusal> {
  const freeze = await loadFreeze(services.sql, id)
  if (!freeze) return refuse("not_found", "freeze")
  const target = await loadTarget(services, freeze.scope, freeze.target)
  if (isRefusal(target)) return target
  const active = await loadActiveFreezes(services.sql, reachingTargets(target))
  return { freeze, target, others: active.filter((other) => other.id !== id) }
}

/** What a freeze may be imposed on to reach this: a trade is reached through its listing and its parties too. */
export function reachingTargets(target: Target): string[] {
  if (target.scope !== "trade") return [target.row.id]
  const { trade } = target.scene
  return [trade.id, trade.listing, trade.buyer, trade.seller]
}
