import { z } from "zod"
import { type Id, isId } from "./ids.ts"
import type { HeldBy } from "./retention.ts"
import { line } from "./rights.ts"
import type { Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

/**
 * What can be asked to be erased: a person's account, a field of what a party told of itself, in every record that
 * holds it, or the data of a product: all versions of its file, which one key seals.
 */
export const erasureKinds = ["account", "field", "product"] as const
export type ErasureKind = (typeof erasureKinds)[number]

/** The fields of a party that can be erased by themselves (contracts/ledger/confidential.ts says so of their facts). */
export const erasableFields = [
  "authorisedPerson",
  "evidence",
  "note",
  "bankAccount",
  "payee",
  "billing",
] as const
export type ErasableField = (typeof erasableFields)[number]

/** Why: PIPL art. 47 and GDPR art. 17 know the same grounds. */
export const erasureReasons = ["consentWithdrawn", "noLongerNeeded", "unlawful", "ordered"] as const
export type ErasureReason = (typeof erasureReasons)[number]
export const erasureBases = ["pipl-47", "gdpr-17", "order"] as const
export type ErasureBasis = (typeof erasureBases)[number]

export const erasureRefusals = ["identityNotProven", "notTheirs", "needed", "other"] as const
export type ErasureRefusal = (typeof erasureRefusals)[number]

export const erasureStates = ["requested", "held", "approved", "done", "refused"] as const
export type ErasureState = (typeof erasureStates)[number]

/** `held`: retention or a legal hold forbids it for now; it is decided again when that has ended. */
export const erasureTransitions = {
  requested: { hold: "held", approve: "approved", refuse: "refused" },
  held: { hold: "held", approve: "approved", refuse: "refused" },
  approved: { finish: "done" },
  done: {},
  refused: {},
} as const satisfies Transitions<ErasureState, "hold" | "approve" | "refuse" | "finish">

/** One confidential value: of which fact, and where in it. `index` is the record's position. */
export type ErasedPlace = { subject: string; version: number; index: number; path: string }

export type Erasure = {
  id: Id<"erasure">
  version: number
  state: ErasureState
  kind: ErasureKind
  /** The user of an account; the party of a field; the product. */
  subject: Id<"user"> | Id<"party"> | Id<"product">
  field: ErasableField | null
  reason: ErasureReason
  basis: ErasureBasis
  by: Id<"user">
  /** Null where a person asks for themselves without a party. */
  party: Id<"party"> | null
  heldBy: HeldBy | null
  /** Null while there is no date: the trade has not ended, or the hold has not been lifted. */
  heldUntil: Time | null
  decidedBy: Id<"user"> | null
  refusal: { reason: ErasureRefusal; note: string } | null
  /** What the record of the erasure names; empty until it is approved. */
  places: ErasedPlace[]
  /** The version whose fact is the record of the erasure; null until there is one. */
  erasedVersion: number | null
  requestedAt: Time
  updatedAt: Time
}

/** By these reasons the data of a product go at once, also while buyers could still fetch them. */
export const urgentReasons: readonly ErasureReason[] = ["unlawful", "ordered"]

/** Why a grant ended whose data are erased. */
export const erasedGrant = "dataErased"

/** A record carries at most this many places: 32 KiB bound a leaf. */
export const largestErasure = 400

export const holdReasons = ["investigation", "litigation", "audit", "other"] as const
export type HoldReason = (typeof holdReasons)[number]

export const holdStates = ["active", "lifted"] as const
export const holdTransitions = {
  active: { lift: "lifted" },
  lifted: { place: "active" },
} as const satisfies Transitions<(typeof holdStates)[number], "lift" | "place">

/**
 * A legal hold on a party: while it stands nothing of it is erased, nor an account of its members. Each party can have
 * one, whose id follows from the party's (server/erasure/hold-id.ts), so that an erasure can guard that there is none.
 */
export type Hold = {
  id: Id<"hold">
  version: number
  state: (typeof holdStates)[number]
  target: Id<"party">
  reason: HoldReason
  document: string
  note: string
  by: Id<"user">
  party: Id<"party">
  placedAt: Time
  liftedBy: string | null
  updatedAt: Time
}

const idOf = <K extends Parameters<typeof isId>[0]>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })
const commandId = idOf("command")
const why = { reason: z.enum(erasureReasons), basis: z.enum(erasureBases) }

/** A person asks for their own account; a party for its own field or product; the operator for anybody's. */
export const requestErasureInput = z.union([
  z.strictObject({ commandId, kind: z.literal("account"), subject: idOf("user").nullable(), ...why }),
  z.strictObject({
    commandId,
    kind: z.literal("field"),
    subject: idOf("party").nullable(),
    field: z.enum(erasableFields),
    ...why,
  }),
  z.strictObject({ commandId, kind: z.literal("product"), subject: idOf("product"), ...why }),
])
export type RequestErasure = z.infer<typeof requestErasureInput>

const decided = { commandId, erasure: idOf("erasure"), version: z.int().min(1) }
export const approveErasureInput = z.strictObject(decided)
export type ApproveErasure = z.infer<typeof approveErasureInput>
export const refuseErasureInput = z.strictObject({
  ...decided,
  reason: z.enum(erasureRefusals),
  note: line(1_000),
})
export type RefuseErasure = z.infer<typeof refuseErasureInput>

const document = z.string().trim().max(200)
export const placeHoldInput = z.strictObject({
  commandId,
  target: idOf("party"),
  reason: z.enum(holdReasons),
  document,
  note: z.string().trim().max(2_000),
})
export type PlaceHold = z.infer<typeof placeHoldInput>
export const liftHoldInput = z.strictObject({ commandId, hold: idOf("hold"), document })
export type LiftHold = z.infer<typeof liftHoldInput>
