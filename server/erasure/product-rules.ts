import { type Erasure, erasedGrant, urgentReasons } from "#contracts/erasure.ts"
import type { Id } from "#contracts/ids.ts"
import type { Listing } from "#contracts/listing.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Held } from "#contracts/retention.ts"
import type { Time } from "#contracts/time.ts"
import type { Decision } from "../decision.ts"
import { withdraw } from "../listings/rules.ts"
import type { Asker } from "./rules.ts"

/** What hangs on the data of a product. */
export type ProductScene = {
  id: Id<"product">
  seller: Id<"party">
  /** Trades over it that have not ended: they keep it from being erased. */
  openTrades: number
  /** When the last grant that buyers may still use ends; null where there is none. */
  owedUntil: Time | null
  /** Those that are for sale. */
  listings: readonly Listing[]
  /** Hashes of its registered versions, which the public register shows. */
  versions: readonly string[]
}

/**
 * What was sold is owed for as long as a buyer may fetch it (Civil Code art. 509). Data that are unlawful, or that an
 * authority orders to be erased, nobody may go on fetching: then the grants end.
 */
export function owedNow(
  { reason }: Pick<Erasure, "reason">,
  { owedUntil }: Pick<ProductScene, "owedUntil">,
  now: Time,
): Held | null {
  if (urgentReasons.includes(reason) || owedUntil === null || owedUntil <= now) return null
  return { by: "delivery", until: owedUntil }
}

/** In the commit that erases: from then on nobody can buy what is not there. A trade that saw the listing loses. */
export function withdrawAll(
  listings: readonly Listing[],
  { party, user }: Asker,
  now: Time,
): Pick<Decision, "changes" | "facts" | "jobs"> | Refusal {
  if (party === null) return refuse("no_party")
  const parts: Pick<Decision, "changes" | "facts" | "jobs"> = { changes: [], facts: [], jobs: [] }
  for (const listing of listings) {
    const off = withdraw(listing, erasedGrant, { role: "operator", party, user }, now)
    if (isRefusal(off)) return off
    parts.changes.push(...off.changes)
    parts.facts.push(...off.facts)
    parts.jobs.push(...off.jobs)
  }
  return parts
}
