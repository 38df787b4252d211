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
  expires: Time
  fetches: number
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
