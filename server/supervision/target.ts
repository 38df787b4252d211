import type { Id } from "#contracts/ids.ts"
import type { Listing } from "#contracts/listing.ts"
import type { Party } from "#contracts/party.ts"
import type { Freeze } from "#contracts/supervision.ts"
import type { Time } from "#contracts/time.ts"
import type { Decision, FactActor, PendingFact, ThreadKey } from "../decision.ts"
import type { Scene } from "../trades/scene.ts"
import { freezeTrade, releaseTrade } from "./trade-rules.ts"

/** What a freeze stops. A trade comes with its scene: its parties and its listing may be frozen besides. */
export type Target =
  | { scope: "trade"; scene: Scene }
  | { scope: "listing"; row: Listing }
  | { scope: "party"; row: Party }

export type Parts = Pick<Decision, "changes" | "facts" | "guards" | "jobs">

export function threadOfTarget(target: Target): ThreadKey {
  if (target.scope === "trade") return { id: target.scene.trade.id }
  return target.scope === "listing" ? { id: target.row.id } : { party: target.row.id }
}

export function partiesOfTarget(target: Target): Id<"party">[] {
  if (target.scope === "trade") return [target.scene.trade.buyer, target.scene.trade.seller]
  return [target.scope === "listing" ? target.row.seller : target.row.id]
}

/**
 * The target with this freeze on it. A newer freeze takes the place of an older one: the target's version moves
 * with every freeze, so that whoever lifts the older one at the same time sees this one.
 */
export function freezeTarget(target: Target, freeze: Id<"freeze">, actor: FactActor, now: Time): Parts {
  if (target.scope === "trade") return freezeTrade(target.scene, freeze, actor, now)
  return target.scope === "listing"
    ? markListing(target.row, freeze, freeze, actor, now)
    : markParty(target.row, freeze, freeze, actor, now)
}

/**
 * The target without this freeze: free, or handed to another freeze that is still active, whose version is then
 * guarded. Nothing changes where a newer freeze has taken its place; the target's version is then guarded, so
 * that the newer one, ended at the same time, does not hand it back.
 */
export function releaseTarget(
  target: Target,
  freeze: Id<"freeze">,
  others: readonly Freeze[],
  actor: FactActor,
  now: Time,
): Parts {
  if (target.scope === "trade") return releaseTrade(target.scene, freeze, others, actor, now)
  if (target.row.frozenBy !== freeze) {
    const { id, version } = target.row
    return { changes: [], facts: [], guards: [{ noun: target.scope, id, version }], jobs: [] }
  }
  const next = others[0] ?? null
  const marked =
    target.scope === "listing"
      ? markListing(target.row, next?.id ?? null, freeze, actor, now)
      : markParty(target.row, next?.id ?? null, freeze, actor, now)
  return { ...marked, guards: next ? [guardOf(next)] : [] }
}

export const guardOf = ({ id, version }: Freeze) => ({ noun: "freeze", id, version }) as const

/** @param frozenBy null frees it. @param ended the freeze that is told of when it is freed. */
function markListing(
  listing: Listing,
  frozenBy: Id<"freeze"> | null,
  ended: Id<"freeze">,
  actor: FactActor,
  now: Time,
): Parts {
  const row: Listing = { ...listing, version: listing.version + 1, frozenBy, updatedAt: now }
  const fact: PendingFact = {
    type: frozenBy ? "listing.frozen@1" : "listing.unfrozen@1",
    subject: { noun: "listing", id: row.id, version: row.version },
    threads: [{ id: row.id }, { catalogue: row.seller }],
    actor,
    occurredAt: now,
    body: { version: row.version, freeze: frozenBy ?? ended },
    secret: {},
    owner: actor.role === "system" ? row.seller : actor.party,
    readers: [row.seller],
  }
  return { changes: [{ noun: "listing", row }], facts: [fact], guards: [], jobs: [] }
}

function markParty(
  party: Party,
  frozenBy: Id<"freeze"> | null,
  ended: Id<"freeze">,
  actor: FactActor,
  now: Time,
): Parts {
  const row: Party = { ...party, version: party.version + 1, frozenBy, updatedAt: now }
  const fact: PendingFact = {
    type: frozenBy ? "party.frozen@1" : "party.unfrozen@1",
    subject: { noun: "party", id: row.id, version: row.version },
    threads: [{ party: row.id }],
    actor,
    occurredAt: now,
    body: { version: row.version, freeze: frozenBy ?? ended },
    secret: {},
    owner: actor.role === "system" ? row.id : actor.party,
    readers: [row.id],
  }
  return { changes: [{ noun: "party", row }], facts: [fact], guards: [], jobs: [] }
}
