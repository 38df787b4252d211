import { z } from "zod"
import { memberRoles, type PartyRole } from "./actor.ts"
import { isCountry } from "./country.ts"
import { type PartyClass, partyClasses } from "./fees.ts"
import type { IdentifierKind } from "./identifier.ts"
import { type Id, isId } from "./ids.ts"
import { type LocalizedText, localizedText } from "./localized-text.ts"
import { type Procurement, procurement } from "./procurement.ts"
import type { Remit } from "./remit.ts"
import { line } from "./rights.ts"
import type { Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

export const partyStates = ["registered", "submitted", "verified"] as const
export type PartyState = (typeof partyStates)[number]

export type PartyStep = "submit" | "verify" | "reject"

/** `submit` asks the operator to verify; a rejection leads back, with its reason. */
export const partyTransitions = {
  registered: { submit: "submitted" },
  submitted: { verify: "verified", reject: "registered" },
  verified: {},
} as const satisfies Transitions<PartyState, PartyStep>

/** How the operator checked who the party is. */
export const verificationMethods = ["registryExtract", "licenceCopy", "bankTransfer", "inPerson"] as const
export type VerificationMethod = (typeof verificationMethods)[number]

export type Verification = { method: VerificationMethod; evidence: string; by: Id<"user">; at: Time }

/** Why the operator could not verify a party; the note says more. */
export const rejectionReasons = [
  "identifierUnknown",
  "nameDiffers",
  "personNotAuthorised",
  "evidenceMissing",
  "other",
] as const
export type RejectionReason = (typeof rejectionReasons)[number]

export type Rejection = { reason: RejectionReason; note: string }

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
  /** Why the last submission was rejected; null again with the next one. */
  rejection: Rejection | null
  /** The card rail's connected account, once onboarded; without one the party is paid by bank transfer. */
  payee: string | null
  bankAccount: string | null
  /** What the seller's invoice is made out to (开票信息). */
  billing?: Billing
  /** By which the market's fee is reckoned; "standard" where there is none. */
  class?: PartyClass
  /** Who approves its purchases, and its budgets. */
  procurement?: Procurement
  frozenBy: Id<"freeze"> | null
  /** Of a regulator: what the operator entrusted it with. Absent until then. */
  remit?: Remit
  registeredAt: Time
  updatedAt: Time
}

/** The roles a party may take by itself; operator and regulator are given only by the market's own command line. */
export const openRoles = ["seller", "buyer", "evaluator"] as const satisfies readonly PartyRole[]

const idOf = <K extends Parameters<typeof isId>[0]>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })

const commandId = idOf("command")
const unique = (values: readonly string[]): boolean => new Set(values).size === values.length

/** Who the party is; the identifier as a person types it (identifier.ts reads it). */
const identity = {
  name: localizedText(120),
  country: z.string().refine(isCountry, { message: "not an ISO 3166-1 country" }),
  identifier: z.string().min(1).max(40),
  authorisedPerson: line(80),
}

export type PartyIdentity = z.infer<z.ZodObject<typeof identity>>

/** The offices of the market, which only its own command line gives (see `openRoles`). */
export const offices = ["operator", "regulator"] as const satisfies readonly PartyRole[]

/** `email` is that of the person who becomes the party's first administrator, and has an account already. */
export const openOfficeInput = z.strictObject({
  email: z.email().max(254),
  ...identity,
  roles: z.array(z.enum(offices)).length(1),
})
export type OpenOffice = z.infer<typeof openOfficeInput>

export const registerPartyInput = z.strictObject({
  commandId,
  ...identity,
  roles: z.array(z.enum(openRoles)).min(1).max(openRoles.length).refine(unique, { message: "a role twice" }),
})
export type RegisterParty = z.infer<typeof registerPartyInput>

export const correctPartyInput = z.strictObject({ commandId, ...identity })
export type CorrectParty = z.infer<typeof correctPartyInput>

export const submitPartyInput = z.strictObject({ commandId })
export type SubmitParty = z.infer<typeof submitPartyInput>

/** `bankAccount` is where the bank transfer rail pays: bank, holder and number in one line; null removes it. */
export const updatePayeeInput = z.strictObject({ commandId, bankAccount: line(200).nullable() })
export type UpdatePayee = z.infer<typeof updatePayeeInput>

/** What a tax invoice is made out to; all but title and number may stay empty. */
export const billing = z.strictObject({
  title: line(120),
  taxNumber: line(40),
  address: line(200).nullable(),
  phone: line(40).nullable(),
  bank: line(120).nullable(),
  account: line(60).nullable(),
})
export type Billing = z.infer<typeof billing>

export const updateBillingInput = z.strictObject({ commandId, billing: billing.nullable() })
export type UpdateBilling = z.infer<typeof updateBillingInput>

export const setProcurementInput = z.strictObject({ commandId, procurement })
export type SetProcurement = z.infer<typeof setProcurementInput>

/** `version` is the one that the operator saw: a party that changed since is looked at again. */
const reviewed = { commandId, party: idOf("party"), version: z.int().min(1) }

export const verifyPartyInput = z.strictObject({
  ...reviewed,
  method: z.enum(verificationMethods),
  evidence: line(500),
})
export type VerifyParty = z.infer<typeof verifyPartyInput>

export const rejectPartyInput = z.strictObject({
  ...reviewed,
  reason: z.enum(rejectionReasons),
  note: line(1_000),
})
export type RejectParty = z.infer<typeof rejectPartyInput>

export const classifyPartyInput = z.strictObject({ ...reviewed, class: z.enum(partyClasses) })
export type ClassifyParty = z.infer<typeof classifyPartyInput>

export const addMemberInput = z.strictObject({
  commandId,
  email: z.email().max(254),
  role: z.enum(memberRoles),
})
export type AddMember = z.infer<typeof addMemberInput>

export const changeMemberInput = z.strictObject({ commandId, user: idOf("user"), role: z.enum(memberRoles) })
export type ChangeMember = z.infer<typeof changeMemberInput>

export const removeMemberInput = z.strictObject({ commandId, user: idOf("user") })
export type RemoveMember = z.infer<typeof removeMemberInput>
