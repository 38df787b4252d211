import type { UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { ActorRole } from "#contracts/ledger/fact.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import type { Opening } from "#contracts/supervision.ts"
import type { Time } from "#contracts/time.ts"
import { type Decision, decide } from "../decision.ts"

/** A certified fact by what it is about and the version that it made. */
export type FactRef = { readonly subject: string; readonly version: number }

/** Why a supervisor looks: part of the public record of the opening. */
export const openingPurposes = ["review", "dispute", "inspection", "investigation", "request"] as const
export type OpeningPurpose = (typeof openingPurposes)[number]

export const largestOpening = 500

export type OpenRecords = {
  readonly commandId: Id<"command">
  readonly purpose: OpeningPurpose
  /** The thing whose records these are, where they were asked for together. */
  readonly subject: string | null
  readonly records: readonly FactRef[]
}

/** The role in which somebody opens what is not theirs: supervision first. */
export const supervisorRole = (actor: UserActor): ActorRole | null =>
  actor.roles.includes("regulator") ? "regulator" : actor.roles.includes("operator") ? "operator" : null

/**
 * One opening of confidential values by supervision is one record of its own, however many values it opens; the
 * public part tells that it happened, when and why, the confidential part which records.
 */
export function open(
  values: number,
  actor: UserActor,
  { commandId, purpose, subject, records }: OpenRecords,
  now: Time,
): Decision | Refusal {
  const role = supervisorRole(actor)
  if (role === null) return refuse("role_not_allowed")
  if (values === 0) return refuse("not_found")
  const names = records.map(({ subject, version }) => `${subject}@${version}`)
  const { user, party } = actor
  const row: Opening = {
    id: commandId,
    version: 1,
    subject,
    purpose,
    records: names,
    values,
    by: user,
    party,
    at: now,
  }
  return decide({
    changes: [{ noun: "opening", row }],
    facts: [
      {
        type: "audit.opened@1",
        subject: { noun: "opening", id: commandId, version: 1 },
        threads: [{ id: commandId }],
        actor: { role, party, user },
        occurredAt: now,
        body: { version: 1, purpose, values },
        secret: { records: names },
        owner: party,
        readers: [party],
      },
    ],
    result: { opening: commandId },
  })
}
