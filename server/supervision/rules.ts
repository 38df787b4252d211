import type { Id } from "#contracts/ids.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import { type Freeze, type FreezeReason, freezeTransitions, longestFreezeMs } from "#contracts/supervision.ts"
import { addMs, type Time } from "#contracts/time.ts"
import { nextState } from "#contracts/transition.ts"
import { type Decision, decide, type FactActor, type PendingFact } from "../decision.ts"
import { systemActor, userActor } from "../trades/scene.ts"
import { freezeTarget, partiesOfTarget, releaseTarget, type Target, threadOfTarget } from "./target.ts"

/** What a regulator orders: a reason code, the document it rests on, and an end. */
export type FreezeOrder = {
  id: Id<"freeze">
  reason: FreezeReason
  document: string
  note: string
  expires: Time
}

type Regulator = { user: Id<"user">; party: Id<"party"> }

/** A freeze with what it stops, and the other active freezes that reach the same thing. */
export type FrozenScene = { freeze: Freeze; target: Target; others: readonly Freeze[] }

/**
 * Freezes a trade, a listing or a party at once; a job carries it to the open trades of a listing or party. Each
 * step out of a trade guards its parties and its listing, so one that was decided before this loses.
 */
export function impose(order: FreezeOrder, target: Target, by: Regulator, now: Time): Decision | Refusal {
  if (order.document === "") return refuse("legal_basis_missing", "document")
  if (order.expires <= now) return refuse("invalid_input", "expires")
  if (order.expires > addMs(now, longestFreezeMs)) return refuse("invalid_input", "expires")
  const freeze: Freeze = {
    ...order,
    version: 1,
    state: "active",
    scope: target.scope,
    target: target.scope === "trade" ? target.scene.trade.id : target.row.id,
    by: by.user,
    party: by.party,
    imposedAt: now,
    liftedBy: null,
    updatedAt: now,
  }
  const actor = userActor("regulator", by.party, by.user)
  const frozen = freezeTarget(target, freeze.id, actor, now)
  const { document, note, scope, reason, expires } = freeze
  return decide({
    changes: [{ noun: "freeze", row: freeze }, ...frozen.changes],
    facts: [
      {
        ...factFrame(freeze, target, actor),
        type: "freeze.imposed@1",
        body: { version: 1, scope, reason, expires },
        secret: { document, target: freeze.target, note },
      },
      ...frozen.facts,
    ],
    jobs: spreadJobs(freeze),
    result: { freeze: freeze.id },
  })
}

/** The regulator lifts a freeze, naming the document that says so. */
export function lift(scene: FrozenScene, document: string, by: Regulator, now: Time): Decision | Refusal {
  if (document === "") return refuse("legal_basis_missing", "document")
  return end(scene, { step: "lift", document, actor: userActor("regulator", by.party, by.user) }, now)
}

/** A freeze whose time is over ends by itself. */
export function expire(scene: FrozenScene, now: Time): Decision | Refusal {
  if (scene.freeze.expires > now) return refuse("deadline_not_reached")
  return end(scene, { step: "expire", document: null, actor: systemActor("freezes") }, now)
}

type Ending = { step: "lift" | "expire"; document: string | null; actor: FactActor }

function end({ freeze, target, others }: FrozenScene, ending: Ending, now: Time): Decision | Refusal {
  const { step, document, actor } = ending
  const state = nextState(freezeTransitions, freeze.state, step)
  if (!state) return refuse("freeze_not_active", "freeze", { state: freeze.state })
  const row: Freeze = {
    ...freeze,
    version: freeze.version + 1,
    state,
    liftedBy: document,
    updatedAt: now,
  }
  const released = releaseTarget(target, freeze.id, others, actor, now)
  const by = step === "lift" ? "order" : "expiry"
  return decide({
    guards: released.guards,
    changes: [{ noun: "freeze", row }, ...released.changes],
    facts: [
      {
        ...factFrame(row, target, actor),
        type: "freeze.lifted@1",
        body: { version: row.version, scope: row.scope, by },
        secret: { document },
      },
      ...released.facts,
    ],
    jobs: [...released.jobs, ...spreadJobs(row)],
    result: { freeze: row.id, state },
  })
}

/** What both facts of a freeze share. Who is frozen reads the document it rests on, to be able to appeal. */
function factFrame(
  freeze: Freeze,
  target: Target,
  actor: FactActor,
): Pick<PendingFact, "subject" | "threads" | "actor" | "occurredAt" | "owner" | "readers"> {
  return {
    subject: { noun: "freeze", id: freeze.id, version: freeze.version },
    threads: [{ id: freeze.id }, threadOfTarget(target)],
    actor,
    occurredAt: freeze.updatedAt,
    owner: freeze.party,
    readers: [freeze.party, ...partiesOfTarget(target)],
  }
}

const spreadJobs = (freeze: Freeze): Decision["jobs"] =>
  freeze.scope === "trade" ? [] : [{ task: "spreadFreeze", payload: { freeze: freeze.id } }]
