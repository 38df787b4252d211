import type { PartyRole } from "./actor.ts"
import type { Id } from "./ids.ts"
import type { LocalizedText } from "./localized-text.ts"
import type { Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

export const partyStates = ["registered", "submitted", "verified"] as const
export type PartyState = (typeof partyStates)[number]

/** `submit` asks the operator to verify; a rejection leads back, with its reason. */
export const partyTransitions = {
  registered: { submit: "submitted" },
  submitted: { verify: "verified", reject: "registered" },
  verified: {},
} as const satisfies Transitions<PartyState, "submit" | "verify" | "reject">

export const identifierKinds = ["creditCode", "vat"] as const
export type IdentifierKind = (typeof identifierKinds)[number]

/** How the operator checked who the party is. */
export const verificationMethods = ["registryExtract", "licenceCopy", "bankTransfer", "inPerson"] as const
export type VerificationMethod = (typeof verificationMethods)[number]

export type Verification = { method: VerificationMethod; evidence: string; by: Id<"user">; at: Time }

export type Party = {
  id: Id<"party">
  version: number
  state: PartyState
  name: LocalizedText
  /** ISO 3166-1 alpha-2; `CN` means the mainland, whose parties carry a unified social credit code. */
  country: string
  roles: PartyRole[]
  identifierKind: IdentifierKind
  identifier: string
  /** Who may act for the party, as its papers say. */
  authorisedPerson: string
  verification: Verification | null
  rejection: string | null
  /** The card rail's connected account, once onboarded; without one the party is paid by bank transfer. */
  payee: string | null
  bankAccount: string | null
  frozenBy: Id<"freeze"> | null
  registeredAt: Time
  updatedAt: Time
}
