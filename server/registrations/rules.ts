import { isOwnMatter, type Person } from "#contracts/actor.ts"
import { contentHash } from "#contracts/content-hash.ts"
import type { Id } from "#contracts/ids.ts"
import { priced } from "#contracts/listing.ts"
import type { Party } from "#contracts/party.ts"
import type { Draft } from "#contracts/product.ts"
import { byPrecedence, firstRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import {
  type Registration,
  type RegistrationState,
  type RegistrationStep,
  type RightsEvidence,
  registrationTransitions,
  type rejectionReasons,
} from "#contracts/registration.ts"
import { fitsBasis } from "#contracts/rights/basis.ts"
import { contradictions } from "#contracts/rights/contradictions.ts"
import { missingPapers } from "#contracts/rights/papers.ts"
import type { RightsPolicy } from "#contracts/rights.ts"
import type { Time } from "#contracts/time.ts"
import { nextState } from "#contracts/transition.ts"
import { type Decision, decide, type FactActor, type PendingFact } from "../decision.ts"

/**
 * The rights gate before listing (DESIGN §7; Data Security Law art. 33): whether what is offered is covered by
 * what was registered. `priced` is true when any plan costs money. Gives every broken rule, the one of highest
 * precedence first; an empty list is the only pass. That the registration was approved is a state, not asked here.
 */
export function gate(
  evidence: RightsEvidence,
  policy: RightsPolicy,
  offer: { priced: boolean; at: Time },
): Refusal[] {
  const found = [
    ...missingPapers(evidence, offer.at).map((paper) => paper.refusal),
    ...fitsBasis(evidence.basis, policy, offer.priced),
    ...contradictions(policy),
    ...transferAbroad(evidence, policy),
  ]
  const told = new Map(
    found.map((refusal) => [`${refusal.refused} ${refusal.at} ${JSON.stringify(refusal.detail)}`, refusal]),
  )
  return [...told.values()].sort(byPrecedence)
}

/** A policy may send data abroad only where the registration plans it, and only to the countries it names. */
function transferAbroad(evidence: RightsEvidence, policy: RightsPolicy): Refusal[] {
  const term = policy.terms["transfer-abroad"]
  if (term.stance !== "permitted") return []
  const plan = evidence.crossBorder
  if (!plan.planned) return [refuse("cross_border_document_missing", "crossBorder")]
  if (plan.regions === null) return []
  const wanted = term.constraints.region
  const covered = wanted?.every((one) => plan.regions?.includes(one)) ?? false
  return covered ? [] : [refuse("cross_border_document_missing", "crossBorder.regions")]
}

/** The gate as far as a draft can be asked: before its policy is answered, for its papers only. */
export function draftProblems(
  evidence: RightsEvidence,
  policy: RightsPolicy | null,
  offer: { priced: boolean; at: Time },
): Refusal[] {
  if (policy !== null) return gate(evidence, policy, offer)
  return missingPapers(evidence, offer.at)
    .map((paper) => paper.refusal)
    .sort(byPrecedence)
}

/** The first of several refusals, with all of them named in its detail: `code place; code place`. */
export function tellAll(found: readonly Refusal[]): Refusal | null {
  const first = firstRefusal(found)
  if (first === null) return null
  const broken = found.map(({ refused, at }) => (at === undefined ? refused : `${refused} ${at}`)).join("; ")
  return { ...first, detail: { ...first.detail, broken } }
}

/** What a submission looks at. `registration` is the one of this version, if it was submitted before. */
export type Submission = {
  seller: Pick<Party, "id" | "version" | "frozenBy">
  product: Id<"product">
  draft: Draft
  version: {
    id: Id<"version">
    state: "measuring" | "measured" | "refused"
    hash: string | null
    refusal: Refusal | null
  } | null
  registration: Registration | null
}

/** What the rights gate says of a submission; nothing while the questions are not answered. */
export function submissionProblems({ draft }: Submission, at: Time): Refusal[] {
  if (draft.evidence === null) return []
  return draftProblems(draft.evidence, draft.policy, { priced: priced(draft.plans), at })
}

/**
 * Submits the rights evidence of a measured version for review. Refusals: `frozen`; the file's own, or
 * `profile_not_ready`; `invalid_input` for a title or answers that are missing; the gate's, all named;
 * `registration_state` when it was submitted or approved already.
 */
export function submit(
  state: Submission,
  id: Id<"registration">,
  user: Id<"user">,
  now: Time,
): Decision | Refusal {
  const { seller, draft, version, registration: before } = state
  if (seller.frozenBy) return refuse("frozen", "party", { freeze: seller.frozenBy })
  if (version?.state === "refused") return version.refusal ?? refuse("file_malformed", "file")
  if (version === null || version.hash === null) return refuse("profile_not_ready", "file")
  if (draft.title === null) return refuse("invalid_input", "title")
  if (draft.evidence === null) return refuse("invalid_input", "evidence")
  if (before !== null && stepFrom(before.state, "submit") === null)
    return refuse("registration_state", "registration", { state: before.state })
  const broken = tellAll(submissionProblems(state, now))
  if (broken !== null) return broken
  const { title, evidence } = draft
  const form = "file"
  const row: Registration = {
    id,
    version: (before?.version ?? 0) + 1,
    state: "submitted",
    party: seller.id,
    product: state.product,
    form,
    title,
    datasetVersion: version.id,
    versionHash: version.hash,
    evidence,
    termsHash: contentHash({ form, title, evidence }),
    number: null,
    rejection: null,
    reviewedBy: null,
    submittedAt: now,
    updatedAt: now,
  }
  return decide({
    changes: [{ noun: "registration", row }],
    guards: [{ noun: "party", id: seller.id, version: seller.version }],
    facts: [
      {
        type: "registration.submitted@1",
        ...factOf(row, { role: "seller", party: seller.id, user }),
        body: { version: row.version, versionHash: row.versionHash, termsHash: row.termsHash },
        secret: {},
      },
    ],
    jobs: [{ task: "drawSample", payload: { registration: id }, key: `drawSample:${id}`, delayMs: 500 }],
    result: { registration: id },
  })
}

export type Reviewer = Person & { user: Id<"user"> }

/** Approves a submission under the market's running number, if its papers still stand. */
export function approve(before: Registration, number: number, by: Reviewer, now: Time): Decision | Refusal {
  if (isOwnMatter(by, before.party)) return refuse("own_matter", "registration")
  const state = stepFrom(before.state, "approve")
  if (state === null) return refuse("registration_state", "registration", { state: before.state })
  const broken = tellAll(missingPapers(before.evidence, now).map((paper) => paper.refusal))
  if (broken !== null) return broken
  const row = reviewed(before, state, by, now)
  row.number = registrationNumber(number, now)
  return decide({
    changes: [{ noun: "registration", row }],
    facts: [
      {
        type: "registration.approved@1",
        ...factOf(row, { role: "operator", party: by.party, user: by.user }),
        body: { version: row.version, versionHash: row.versionHash, number: row.number },
        secret: {},
      },
    ],
    result: { registration: row.id, number: row.number },
  })
}

export type Rejection = { reason: (typeof rejectionReasons)[number]; note: string }

/** Sends a submission back to its seller, with the reason; they may submit again. */
export function reject(
  before: Registration,
  rejection: Rejection,
  by: Reviewer,
  now: Time,
): Decision | Refusal {
  if (isOwnMatter(by, before.party)) return refuse("own_matter", "registration")
  const state = stepFrom(before.state, "reject")
  if (state === null) return refuse("registration_state", "registration", { state: before.state })
  const row = reviewed(before, state, by, now)
  row.rejection = rejection
  return decide({
    changes: [{ noun: "registration", row }],
    facts: [
      {
        type: "registration.rejected@1",
        ...factOf(row, { role: "operator", party: by.party, user: by.user }),
        body: { version: row.version, versionHash: row.versionHash, reason: rejection.reason },
        secret: { note: rejection.note },
      },
    ],
    result: { registration: row.id },
  })
}

const stepFrom = (state: RegistrationState, step: RegistrationStep): RegistrationState | null =>
  nextState(registrationTransitions, state, step)

const reviewed = (before: Registration, state: RegistrationState, by: Reviewer, now: Time): Registration => ({
  ...before,
  version: before.version + 1,
  state,
  reviewedBy: by.user,
  updatedAt: now,
})

/** `QH-2026-000001`: the year of approval (UTC) and the market's running number. */
export const registrationNumber = (number: number, now: Time): string =>
  `QH-${now.slice(0, 4)}-${String(number).padStart(6, "0")}`

/** Registrations are public, in the catalogue of their seller; a rejection's note is for seller and operator. */
const factOf = (
  row: Registration,
  actor: FactActor & { party: Id<"party"> },
): Pick<PendingFact, "subject" | "threads" | "actor" | "occurredAt" | "owner" | "readers"> => ({
  subject: { noun: "registration", id: row.id, version: row.version },
  threads: [{ id: row.id }, { catalogue: row.party }],
  actor,
  occurredAt: row.updatedAt,
  owner: actor.party,
  readers: [row.party],
})
