import { type Grant, resumeMs } from "#contracts/delivery.ts"
import { erasedGrant } from "#contracts/erasure.ts"
import type { Id } from "#contracts/ids.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import { addMs, type Time } from "#contracts/time.ts"
import { type Decision, decide } from "../decision.ts"
import { frozenRefusal, guardsOf, type Scene, userActor } from "../trades/scene.ts"

/** A user of the buyer who fetches, by their session or by a signed link. */
export type Fetcher = { party: Id<"party">; user: Id<"user"> }

/** One request for the bytes of a granted file. @param start offset of the first byte asked for. */
export type Fetch = { sha256: string; start: number }

/**
 * Whether bytes may leave on this grant now; null when they may. These are the terms that an agreement labels
 * "enforced": revocation, supervision, the time of use and the number of fetches.
 */
export function refuseFetch(scene: Scene, grant: Grant, start: number, now: Time): Refusal | null {
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  if (grant.revokedFor === erasedGrant) return refuse("product_erased", "grant")
  if (grant.state === "revoked") return refuse("grant_revoked", "grant", { reason: grant.revokedFor ?? "" })
  if (grant.from && now < grant.from) return refuse("grant_not_begun", "grant", { from: grant.from })
  if (now >= grant.expires) return refuse("grant_expired", "grant", { expires: grant.expires })
  const usedUp = grant.fetchesAllowed !== null && grant.fetches >= grant.fetchesAllowed
  if (usedUp && !resumesFetch(grant, start, now))
    return refuse("grant_used_up", "grant", { allowed: grant.fetchesAllowed ?? 0 })
  return null
}

/** A request that begins within the file goes on with the fetch before it; all others are fetches of their own. */
export const resumesFetch = ({ lastFetchedAt }: Grant, start: number, now: Time): boolean =>
  start > 0 && lastFetchedAt !== null && now < addMs(lastFetchedAt, resumeMs)

/** Counts a fetch before its first byte leaves. */
export function countFetch(
  scene: Scene,
  grant: Grant,
  { sha256, start }: Fetch,
  by: Fetcher,
  now: Time,
): Decision | Refusal {
  const refused = refuseFetch(scene, grant, start, now)
  if (refused) return refused
  const row: Grant = {
    ...grant,
    version: grant.version + 1,
    fetches: grant.fetches + 1,
    lastFetchedAt: now,
    updatedAt: now,
  }
  return decide({
    changes: [{ noun: "grant", row }],
    guards: [{ noun: "trade", id: scene.trade.id, version: scene.trade.version }, ...guardsOf(scene)],
    facts: [
      {
        type: "grant.fetched@2",
        subject: { noun: "grant", id: row.id, version: row.version },
        threads: [{ id: row.id }, { id: row.trade }],
        actor: userActor("buyer", by.party, by.user),
        occurredAt: now,
        body: { version: row.version, trade: row.trade },
        secret: { sha256, user: by.user },
        owner: row.buyer,
        readers: [row.buyer, row.seller],
      },
    ],
    result: { fetches: row.fetches },
  })
}
