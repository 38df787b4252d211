import { contentHash } from "#contracts/content-hash.ts"
import type { VersionManifest } from "#contracts/dataset.ts"
import type { erasedGrant } from "#contracts/erasure.ts"
import type { Id } from "#contracts/ids.ts"
import {
  type Listing,
  type ListingInput,
  type ListingStep,
  listingInput,
  listingTerms,
  listingTransitions,
  type Plan,
  priced,
  type WithdrawalReason,
} from "#contracts/listing.ts"
import type { Party } from "#contracts/party.ts"
import type { Draft } from "#contracts/product.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import type { Registration } from "#contracts/registration.ts"
import type { TemplateReference } from "#contracts/templates/catalogue.ts"
import type { TemplateId } from "#contracts/templates/template.ts"
import type { Time } from "#contracts/time.ts"
import { nextState } from "#contracts/transition.ts"
import { type Decision, decide, type FactActor, type PendingFact } from "../decision.ts"
import { gate, tellAll } from "../registrations/rules.ts"

/** What a publication looks at. */
export type Publication = {
  seller: Pick<Party, "id" | "version" | "frozenBy">
  draft: Draft
  /** Of the product's current version; null when that was not submitted. */
  registration: Registration | null
  manifest: VersionManifest | null
  /** True when the market has drawn the rows that the listing shows. */
  drawn: boolean
  /** The product's listing, if it was published before. */
  listing: Listing | null
}

/** What is made outside the rule: ids for the plans, in their order, and the templates in force. */
export type Made = {
  listing: Id<"listing">
  plans: readonly Id<"plan">[]
  template: (id: TemplateId) => TemplateReference
}

/**
 * Puts a product up for sale. Refusals: `frozen`; `invalid_input` naming the first part of the draft that is
 * missing; `registration_not_reviewed` unless the current version's registration is approved;
 * `profile_not_ready` while its rows are not drawn; the rights gate's, all named; `listing_state` while it is
 * published already.
 */
export function publish(state: Publication, made: Made, user: Id<"user">, now: Time): Decision | Refusal {
  const { seller, registration, manifest, listing: before } = state
  const frozenBy = seller.frozenBy ?? before?.frozenBy
  if (frozenBy) return refuse("frozen", seller.frozenBy ? "party" : "listing", { freeze: frozenBy })
  const input = completeInput(state.draft)
  if ("refused" in input) return input
  if (registration?.state !== "approved" || manifest === null)
    return refuse("registration_not_reviewed", "registration")
  if (
    before !== null &&
    nextState(listingTransitions, before.state, "publish" satisfies ListingStep) === null
  )
    return refuse("listing_state", "listing", { state: before.state })
  if (!state.drawn) return refuse("profile_not_ready", "preview")
  const broken = tellAll(gate(registration.evidence, input.policy, { priced: priced(input.plans), at: now }))
  if (broken !== null) return broken
  const row = publishedListing({ seller, registration, manifest, before, input, made }, now)
  return decide({
    changes: [{ noun: "listing", row }],
    guards: [
      { noun: "party", id: seller.id, version: seller.version },
      { noun: "registration", id: registration.id, version: registration.version },
    ],
    facts: [
      {
        type: "listing.published@1",
        ...factOf(row, { role: "seller", party: seller.id, user }),
        body: {
          version: row.version,
          registration: row.registration,
          versionHash: row.versionHash,
          policyHash: row.policyHash,
          termsHash: row.termsHash,
        },
        secret: {},
      },
    ],
    jobs: [indexJob(row.id)],
    result: { listing: row.id },
  })
}

/** The parts of a draft that buyers see, or which of them is missing. */
function completeInput({ title, description, domain, policy, plans }: Draft): ListingInput | Refusal {
  if (title === null) return refuse("invalid_input", "title")
  if (description === null) return refuse("invalid_input", "description")
  if (domain === null) return refuse("invalid_input", "domain")
  if (policy === null) return refuse("invalid_input", "policy")
  if (plans.length === 0) return refuse("invalid_input", "plans")
  return listingInput.parse({ title, description, domain, policy, plans })
}

type Parts = {
  seller: Pick<Party, "id">
  registration: Registration
  manifest: VersionManifest
  before: Listing | null
  input: ListingInput
  made: Made
}

function publishedListing(parts: Parts, now: Time): Listing {
  const { seller, registration, manifest, before, input, made } = parts
  const format = manifest.files[0]?.reading.format
  if (format === undefined) throw new Error("a manifest names at least one file")
  const plans = input.plans.map((plan, i): Plan => {
    const id = made.plans[i]
    if (id === undefined) throw new Error("a plan has no id")
    return { ...plan, id, template: made.template(plan.template) }
  })
  const listing: Omit<Listing, "termsHash"> = {
    ...input,
    id: made.listing,
    version: (before?.version ?? 0) + 1,
    state: "published",
    seller: seller.id,
    registration: registration.id,
    product: registration.product,
    datasetVersion: registration.datasetVersion,
    versionHash: registration.versionHash,
    form: registration.form,
    format,
    policyHash: contentHash(input.policy),
    plans,
    frozenBy: null,
    publishedAt: now,
    withdrawnAt: null,
    updatedAt: now,
  }
  return { ...listing, termsHash: contentHash(listingTerms(listing)) }
}

/**
 * Takes a listing off the market; trades that were proposed go on. A frozen listing may be withdrawn: that moves
 * nothing. Refuses `listing_state` when it is not published.
 */
export function withdraw(
  before: Listing,
  reason: WithdrawalReason | typeof erasedGrant,
  by: { role: "seller" | "operator"; party: Id<"party">; user: Id<"user"> },
  now: Time,
): Decision | Refusal {
  const state = nextState(listingTransitions, before.state, "withdraw" satisfies ListingStep)
  if (state === null) return refuse("listing_state", "listing", { state: before.state })
  const row: Listing = { ...before, version: before.version + 1, state, withdrawnAt: now, updatedAt: now }
  return decide({
    changes: [{ noun: "listing", row }],
    facts: [
      {
        type: "listing.withdrawn@1",
        ...factOf(row, by),
        body: { version: row.version, reason },
        secret: {},
      },
    ],
    jobs: [indexJob(row.id)],
    result: { listing: row.id },
  })
}

const indexJob = (listing: Id<"listing">) =>
  ({ task: "indexListing", payload: { listing }, key: `indexListing:${listing}` }) as const

/** Listings are public, in the catalogue of their seller. */
const factOf = (
  row: Listing,
  actor: FactActor & { party: Id<"party"> },
): Pick<PendingFact, "subject" | "threads" | "actor" | "occurredAt" | "owner" | "readers"> => ({
  subject: { noun: "listing", id: row.id, version: row.version },
  threads: [{ id: row.id }, { catalogue: row.seller }],
  actor,
  occurredAt: row.updatedAt,
  owner: actor.party,
  readers: [row.seller],
})
