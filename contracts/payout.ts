import type { Id } from "./ids.ts"
import type { Money } from "./money.ts"
import type { Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

export const payoutStates = ["started", "paid", "failed"] as const
export type PayoutState = (typeof payoutStates)[number]

export const payoutSteps = ["pay", "fail", "return"] as const
export type PayoutStep = (typeof payoutSteps)[number]

/** A payout that was paid may still come back (MONEY §3.9). */
export const payoutTransitions = {
  started: { pay: "paid", fail: "failed" },
  paid: { return: "failed" },
  failed: {},
} as const satisfies Transitions<PayoutState, PayoutStep>

/** The platform's own money on its way from the provider's balance to its bank account (提现). */
export type Payout = {
  id: Id<"payout">
  version: number
  state: PayoutState
  /** The operator whose account it is. */
  owner: Id<"party">
  amount: Money
  /** The provider's own object, once it has one. */
  reference: string | null
  failure: string | null
  /** Keeps its journals' hashes from being guessed (contracts/escrow.ts). */
  nonce: string
  startedAt: Time
  updatedAt: Time
}
