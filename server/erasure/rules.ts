import {
  type ErasedPlace,
  type Erasure,
  type ErasureKind,
  erasureTransitions,
  type Hold,
  largestErasure,
  type RefuseErasure,
} from "#contracts/erasure.ts"
import type { Id } from "#contracts/ids.ts"
import { fieldRule } from "#contracts/ledger/confidential.ts"
import type { Party } from "#contracts/party.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { type Held, keptUntil } from "#contracts/retention.ts"
import type { Time } from "#contracts/time.ts"
import { nextState } from "#contracts/transition.ts"
import { type Decision, decide, type FactActor, type Guard, type PendingFact } from "../decision.ts"
import { fieldsHeld, withoutFields } from "./party-field-rules.ts"
import { owedNow, type ProductScene, withdrawAll } from "./product-rules.ts"

/** Who asks or decides: `party` is null for a person who has none. */
export type Asker = { user: Id<"user">; party: Id<"party"> | null; actor: FactActor }

export type AskedErasure = Pick<Erasure, "id" | "kind" | "subject" | "field" | "reason" | "basis">

/** A confidential value that an erasure would erase, with what decides how long it is kept. */
export type FoundPlace = ErasedPlace & { type: string; recordedAt: Time }

/** All that a decision on an erasure looks at. */
export type ErasureScene = {
  erasure: Erasure
  /** Of a field: the party itself. */
  subject: Party | null
  places: readonly FoundPlace[]
  /** The end of the last trade that it belongs to; null: one has not ended; `none`: there never was one. */
  tradeEnd: Time | null | "none"
  /** Of every target that could hold it: the hold, or that there is none (version 0). */
  holds: readonly (Pick<Hold, "id" | "version"> & { active: boolean })[]
  /** Of a product: what hangs on its data. */
  product: ProductScene | null
  /** Parties that would be left without an administrator. */
  orphaned: readonly Id<"party">[]
  /** Whose key encrypts what the facts keep confidential. */
  owner: Id<"party">
}

export function requestErasure(asked: AskedErasure, by: Asker, owner: Id<"party">, now: Time): Decision {
  const row: Erasure = {
    ...asked,
    version: 1,
    state: "requested",
    by: by.user,
    party: by.party,
    heldBy: null,
    heldUntil: null,
    decidedBy: null,
    refusal: null,
    places: [],
    erasedVersion: null,
    requestedAt: now,
    updatedAt: now,
  }
  const { kind, reason, basis, subject } = row
  const told = { ...frame(row, by.actor, owner), secret: { subject } }
  return decide({
    changes: [{ noun: "erasure", row }],
    facts: [
      kind === "product"
        ? { ...told, type: "erasure.requested@2", body: { version: 1, kind, reason, basis } }
        : { ...told, type: "erasure.requested@1", body: { version: 1, kind, reason, basis } },
    ],
    result: { erasure: row.id },
  })
}

/**
 * The operator approves: what may be erased is erased from the moment that this is committed, and a job removes it.
 * What must be kept is held instead, which is a record too, with the rule and the date. Who asked does not decide.
 */
export function approveErasure(scene: ErasureScene, by: Asker, now: Time): Decision | Refusal {
  const { erasure } = scene
  const refused = refuseDecision(erasure, by)
  if (refused) return refused
  if (nextState(erasureTransitions, erasure.state, "approve") === null)
    return refuse("erasure_state", "erasure", { state: erasure.state })
  if (scene.product && scene.product.openTrades > 0)
    return refuse("product_in_trade", "subject", { trades: scene.product.openTrades })
  if (scene.orphaned.length > 0) return refuse("last_administrator", "subject")
  const unerasable = scene.places.find(({ type, path }) => !ruleOf(type, path)?.erasable)
  if (unerasable) return refuse("not_erasable", unerasable.path)
  if (scene.places.length > largestErasure) return refuse("not_erasable", "field", { most: largestErasure })
  const held = heldNow(scene, now)
  return held ? hold(scene, held, by, now) : erase(scene, by, now)
}

export function refuseErasure(
  { erasure, owner }: Pick<ErasureScene, "erasure" | "owner">,
  { reason, note }: Pick<RefuseErasure, "reason" | "note">,
  by: Asker,
  now: Time,
): Decision | Refusal {
  const refused = refuseDecision(erasure, by)
  if (refused) return refused
  const state = nextState(erasureTransitions, erasure.state, "refuse")
  if (state === null) return refuse("erasure_state", "erasure", { state: erasure.state })
  const row = advance(erasure, { state, decidedBy: by.user, refusal: { reason, note } }, now)
  return decide({
    changes: [{ noun: "erasure", row }],
    facts: [
      {
        ...frame(row, by.actor, owner),
        type: "erasure.refused@1",
        body: { version: row.version, reason },
        secret: { note },
      },
    ],
    result: { erasure: row.id, state },
  })
}

/** The job's last step: everything is gone from where the market keeps it. */
export function finishErasure(erasure: Erasure, owner: Id<"party">, now: Time): Decision | Refusal {
  const state = nextState(erasureTransitions, erasure.state, "finish")
  if (state === null) return refuse("erasure_state", "erasure", { state: erasure.state })
  const row = advance(erasure, { state }, now)
  return decide({
    changes: [{ noun: "erasure", row }],
    facts: [
      {
        ...frame(row, { role: "system", job: "erase" }, owner),
        type: "erasure.finished@1",
        body: { version: row.version, values: row.places.length },
        secret: {},
      },
    ],
    result: { erasure: row.id, state },
  })
}

/** Why this may not be erased now: a legal hold first, then the rule of retention that lasts longest. */
export function heldNow(
  {
    erasure,
    places,
    tradeEnd,
    holds,
    product,
  }: Pick<ErasureScene, "erasure" | "places" | "tradeEnd" | "holds" | "product">,
  now: Time,
): Held | null {
  if (holds.some(({ active }) => active)) return { by: "legalHold", until: null }
  if (product) return owedNow(erasure, product, now)
  const rules = places.map(({ type, path, recordedAt }) => ({
    rule: ruleOf(type, path)?.keep ?? ("accounts" as const),
    recordedAt,
  }))
  if (erasure.kind === "account") rules.push({ rule: "trade", recordedAt: erasure.requestedAt })
  // Also where only the party's row holds it.
  if (erasure.kind === "field" && erasure.field !== "note")
    rules.push({ rule: "identity", recordedAt: erasure.requestedAt })
  let longest: Held | null = null
  for (const { rule, recordedAt } of rules) {
    const kept = keptUntil(rule, { recordedAt, tradeEnd })
    if (kept === null || (kept.until !== null && kept.until <= now)) continue
    if (kept.until === null) return { by: rule, until: null }
    if (longest === null || kept.until > (longest.until ?? "")) longest = { by: rule, until: kept.until }
  }
  return longest
}

function hold(scene: ErasureScene, held: Held, by: Asker, now: Time): Decision | Refusal {
  const { erasure, owner } = scene
  const { by: rule, until } = held
  // Told once already: nothing has changed, and the sentence says until when.
  if (erasure.state === "held" && erasure.heldBy === rule && erasure.heldUntil === until)
    return rule === "legalHold"
      ? refuse("hold_active")
      : refuse("retention_not_over", "erasure", until === null ? { rule } : { rule, until })
  const row = advance(erasure, { state: "held", heldBy: rule, heldUntil: until, decidedBy: by.user }, now)
  return decide({
    changes: [{ noun: "erasure", row }],
    guards: guardsOf(scene),
    facts: [
      {
        ...frame(row, by.actor, owner),
        type: "erasure.held@1",
        body: { version: row.version, rule, until },
        secret: {},
      },
    ],
    result: { erasure: row.id, state: row.state, rule, until },
  })
}

function erase(scene: ErasureScene, by: Asker, now: Time): Decision | Refusal {
  const { erasure, owner } = scene
  const places = scene.places.map(({ subject, version, index, path }) => ({ subject, version, index, path }))
  const next = { state: "approved", decidedBy: by.user, heldBy: null, heldUntil: null, places } as const
  const row = advance(erasure, { ...next, erasedVersion: erasure.version + 1 }, now)
  const { kind, reason, basis } = row
  const told = { ...frame(row, by.actor, owner), secret: {} }
  const jobs: Decision["jobs"] = [{ task: "erase", payload: { erasure: row.id } }]
  const changes: Decision["changes"] = [{ noun: "erasure", row }]
  if (kind === "product") {
    const off = withdrawAll(scene.product?.listings ?? [], by, now)
    if (isRefusal(off)) return off
    const versions = [...(scene.product?.versions ?? [])]
    return decide({
      changes: [...changes, ...off.changes],
      guards: guardsOf(scene),
      facts: [
        { ...told, type: "data.erased@2", body: { version: row.version, kind, reason, basis, versions } },
        ...off.facts,
      ],
      jobs: [...jobs, ...off.jobs],
      result: { erasure: row.id, state: row.state },
    })
  }
  const facts: PendingFact[] = [
    {
      ...told,
      type: "data.erased@1",
      body: { version: row.version, kind, reason, basis, places: places.map(nameOf) },
    },
  ]
  const cleared = clearRow(scene, by.actor, now)
  if (cleared) {
    changes.push(cleared.change)
    facts.push(cleared.fact)
  }
  return decide({
    changes,
    // What the change itself moves need not be guarded besides.
    guards: guardsOf(scene).filter(({ id }) => id !== cleared?.change.row.id),
    facts,
    jobs,
    result: { erasure: row.id, state: row.state },
  })
}

/** The party's own row without the field, where it still holds it. */
function clearRow({ erasure, subject }: ErasureScene, actor: FactActor, now: Time) {
  const { field } = erasure
  if (subject === null || field === null || !fieldsHeld(subject).includes(field)) return null
  const row: Party = { ...withoutFields(subject, field), version: subject.version + 1, updatedAt: now }
  const fact: PendingFact = {
    type: "party.erased@1",
    subject: { noun: "party", id: row.id, version: row.version },
    threads: [{ party: row.id }],
    actor,
    occurredAt: now,
    body: { version: row.version, erasure: erasure.id, fields: [field] },
    secret: {},
    owner: row.id,
    readers: [row.id],
  }
  return { change: { noun: "party", row } as const, fact }
}

const guardsOf = ({ holds, subject }: ErasureScene): Guard[] => [
  ...holds.map(({ id, version }) => ({ noun: "hold", id, version }) as const),
  ...(subject ? [{ noun: "party", id: subject.id, version: subject.version } as const] : []),
]

/** Four eyes: who asked does not decide, not even as the operator. */
const refuseDecision = (erasure: Erasure, by: Asker): Refusal | null =>
  erasure.by === by.user ? refuse("erasure_own_request", "erasure") : null

/** The field's party is its subject; the product's is the owner of what its records keep confidential. */
const partyOf = ({ kind, subject }: Erasure, owner: Id<"party">): Id<"party"> =>
  kind === "field" ? (subject as Id<"party">) : owner

const nameOf = ({ index, path }: ErasedPlace): string => `${index}#${path}`

function ruleOf(type: string, path: string) {
  return path.startsWith("/body/") ? fieldRule(type, path.slice("/body/".length)) : null
}

const advance = (erasure: Erasure, changes: Partial<Erasure>, now: Time): Erasure => ({
  ...erasure,
  ...changes,
  version: erasure.version + 1,
  updatedAt: now,
})

/** That of a field or a product stands in the party's own thread too, so that an export of the party holds it. */
function frame(row: Erasure, actor: FactActor, owner: Id<"party">) {
  const kind: ErasureKind = row.kind
  return {
    subject: { noun: "erasure" as const, id: row.id, version: row.version },
    threads: kind === "account" ? [{ id: row.id }] : [{ id: row.id }, { party: partyOf(row, owner) }],
    actor,
    occurredAt: row.updatedAt,
    owner,
    readers: [...new Set([owner, ...(row.party ? [row.party] : [])])],
  }
}
