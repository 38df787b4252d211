import { type Hold, holdTransitions, type PlaceHold } from "#contracts/erasure.ts"
import type { Id } from "#contracts/ids.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { nextState } from "#contracts/transition.ts"
import { type Decision, decide, type FactActor, type Guard, type PendingFact } from "../decision.ts"

type Regulator = { user: Id<"user">; party: Id<"party">; actor: FactActor }

/** `before` is an earlier hold of the same target, which was lifted; `guard` the target as it was seen. */
export function placeHold(
  id: Id<"hold">,
  { target, reason, document, note }: Omit<PlaceHold, "commandId">,
  before: Hold | null,
  guard: Guard,
  by: Regulator,
  now: Time,
): Decision | Refusal {
  if (document === "") return refuse("legal_basis_missing", "document")
  if (before && nextState(holdTransitions, before.state, "place") === null)
    return refuse("hold_active", "target")
  const row: Hold = {
    id,
    version: (before?.version ?? 0) + 1,
    state: "active",
    target,
    reason,
    document,
    note,
    by: by.user,
    party: by.party,
    placedAt: now,
    liftedBy: null,
    updatedAt: now,
  }
  return decide({
    changes: [{ noun: "hold", row }],
    guards: [guard],
    facts: [
      {
        ...frame(row, by.actor),
        type: "hold.placed@1",
        body: { version: row.version, reason },
        secret: { document, target, note },
      },
    ],
    result: { hold: row.id },
  })
}

/** Lifted on a document, by a regulator in whose remit the target is. */
export function liftHold(hold: Hold, document: string, by: Regulator, now: Time): Decision | Refusal {
  if (document === "") return refuse("legal_basis_missing", "document")
  const state = nextState(holdTransitions, hold.state, "lift")
  if (state === null) return refuse("hold_state", "hold", { state: hold.state })
  const row: Hold = { ...hold, version: hold.version + 1, state, liftedBy: document, updatedAt: now }
  return decide({
    changes: [{ noun: "hold", row }],
    facts: [
      {
        ...frame(row, by.actor),
        type: "hold.lifted@1",
        body: { version: row.version },
        secret: { document },
      },
    ],
    result: { hold: row.id, state },
  })
}

/** Who is held is not told of it by the record: an investigation may depend on that. */
function frame(
  row: Hold,
  actor: FactActor,
): Pick<PendingFact, "subject" | "threads" | "actor" | "occurredAt" | "owner" | "readers"> {
  return {
    subject: { noun: "hold", id: row.id, version: row.version },
    threads: [{ id: row.id }],
    actor,
    occurredAt: row.updatedAt,
    owner: row.party,
    readers: [row.party],
  }
}
