import { z } from "zod"
import { type Id, isId } from "./ids.ts"
import { type Money, money } from "./money.ts"
import { line } from "./rights.ts"
import type { Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

/**
 * What people book by hand, one asking and another confirming (调账): what a line in suspense turned out to be, and tax
 * that was paid to the authority. Nothing else is booked by hand.
 */
export const correctionKinds = ["line", "tax"] as const
export type CorrectionKind = (typeof correctionKinds)[number]

export const correctionStates = ["asked", "booked", "dropped"] as const
export type CorrectionState = (typeof correctionStates)[number]

export const correctionSteps = ["book", "drop"] as const
export type CorrectionStep = (typeof correctionSteps)[number]

export const correctionTransitions = {
  asked: { book: "booked", drop: "dropped" },
  booked: {},
  dropped: {},
} as const satisfies Transitions<CorrectionState, CorrectionStep>

/**
 * What a line turned out to be. `journal`: that of a journal which no line had shown. `providerFee`: the provider's own
 * correction or fee. `ownMoney`: the platform's, that it put there or took away. `ownResult`: another income or cost of
 * the platform's.
 */
export const lineReasons = ["journal", "providerFee", "ownMoney", "ownResult"] as const
export type LineReason = (typeof lineReasons)[number]

export type Correction = {
  id: Id<"correction">
  version: number
  state: CorrectionState
  kind: CorrectionKind
  /** The operator whose book it is. */
  owner: Id<"party">
  amount: Money
  /** Of a line: whether money had come in or gone out; a tax goes out. */
  direction: "in" | "out"
  reason: LineReason | "taxPaid"
  /** The provider's line, or the number of the authority's document. */
  reference: string
  /** Whose line it is; null for a tax. */
  provider: string | null
  /** The journal that the line belongs to, for the reason `journal`. */
  journal: { type: string; id: string } | null
  note: string
  askedBy: Id<"user">
  /** Who confirmed it or dropped it. */
  decidedBy: Id<"user"> | null
  /** Keeps its journal's hash from being guessed (contracts/escrow.ts). */
  nonce: string
  askedAt: Time
  updatedAt: Time
}

const idOf = <K extends Parameters<typeof isId>[0]>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })

export const explainLineInput = z
  .strictObject({
    commandId: idOf("command"),
    /** The provider's number of the line. */
    entry: z.string().min(1).max(100),
    reason: z.enum(lineReasons),
    /** As the page lists it: its type and its thing. */
    journal: z.strictObject({ type: z.string().max(40), id: z.string().max(60) }).nullable(),
    note: line(500),
  })
  .refine(({ reason, journal }) => (reason === "journal") === (journal !== null), { path: ["journal"] })
export type ExplainLine = z.infer<typeof explainLineInput>

export const payTaxInput = z.strictObject({
  commandId: idOf("command"),
  amount: money,
  document: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}._/-]{4,64}$/u),
  note: line(500),
})
export type PayTax = z.infer<typeof payTaxInput>

export const decideCorrectionInput = z.strictObject({
  commandId: idOf("command"),
  correction: idOf("correction"),
  confirm: z.boolean(),
})
export type DecideCorrection = z.infer<typeof decideCorrectionInput>
