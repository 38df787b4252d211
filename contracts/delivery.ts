import type { Id } from "./ids.ts"
import type { Time } from "./time.ts"
import { dayMs } from "./time.ts"
import type { Transitions } from "./transition.ts"

export const grantStates = ["active", "revoked"] as const
export type GrantState = (typeof grantStates)[number]

export const grantTransitions = {
  active: { fetch: "active", revoke: "revoked" },
  revoked: {},
} as const satisfies Transitions<GrantState, "fetch" | "revoke">

/** How long a grant can be used unless the policy says sooner. */
export const grantLifeMs = 365 * dayMs

/**
 * How long a fetch may go on: a request that does not begin at the file's first byte belongs to the fetch before
 * it for this long, so that a broken download can be resumed without counting twice.
 */
export const resumeMs = dayMs

/** The right to fetch one version of one data product, for one trade. */
export type Grant = {
  id: Id<"grant">
  version: number
  state: GrantState
  trade: Id<"trade">
  buyer: Id<"party">
  seller: Id<"party">
  product: Id<"product">
  datasetVersion: Id<"version">
  /** From when until when it can be used: what the policy of the agreement says, or a year. */
  from: Time | null
  expires: Time
  /** How often the files may be fetched; null where the policy sets no number. */
  fetchesAllowed: number | null
  fetches: number
  lastFetchedAt: Time | null
  revokedFor: string | null
  issuedAt: Time
  updatedAt: Time
}

/**
 * What the delivery check found: the stored bytes hashed again and compared with what was registered. It says
 * that the same bytes are delivered; it says nothing of their quality.
 */
export type DeliveryCheck = {
  versionHash: string
  measuredHash: string
  result: "same" | "different"
  at: Time
}
