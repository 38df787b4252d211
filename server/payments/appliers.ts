import type { Json } from "#contracts/ledger/fact.ts"
import type { Refusal } from "#contracts/refusal.ts"
import type { Services } from "../services.ts"
import { applySession } from "./apply.ts"
import type { ObjectKind } from "./provider.ts"

/**
 * Fetches the object that an event names and applies what is so, by a command whose id comes from the object: the
 * sweep calls the same. Refuses `not_found` for an object that is unknown, at the provider or here: it is tried
 * again, for it may only be early.
 */
export type Applier = (services: Services, object: string) => Promise<Json | Refusal>

/**
 * What is done about each kind of the provider's objects. A kind that is missing is told of by another one (a
 * charge by its session) or concerns nothing of ours: its events are put aside.
 */
export const appliers: Readonly<Partial<Record<ObjectKind, Applier>>> = {
  checkout: applySession,
}
