import type { Id } from "./ids.ts"
import type { Money } from "./money.ts"
import type { Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

/** The two ways money is held (MONEY §2): a card through the provider, or a bank transfer that the operator confirms. */
export const rails = ["card", "bank"] as const
export type Rail = (typeof rails)[number]

export const paymentStates = ["started", "held", "parting", "closed", "failed"] as const
export type PaymentState = (typeof paymentStates)[number]

export const paymentSteps = ["hold", "fail", "part", "release", "refund", "close"] as const
export type PaymentStep = (typeof paymentSteps)[number]

/**
 * `part` decides what of the held funds goes where (all released, all refunded, or a split); `release` and
 * `refund` record one of two legs as done while the other is still under way; `close` the last one.
 * A payment that arrives after its trade ended goes held → parting (all refunded) by itself.
 */
export const paymentTransitions = {
  started: { hold: "held", fail: "failed" },
  held: { part: "parting" },
  parting: { release: "parting", refund: "parting", close: "closed" },
  closed: {},
  failed: { hold: "held" },
} as const satisfies Transitions<PaymentState, PaymentStep>

/** One direction in which held money leaves. */
export type Leg = { amount: Money; state: "pending" | "done"; reference: string | null }

export type Payment = {
  id: Id<"payment">
  version: number
  state: PaymentState
  trade: Id<"trade">
  buyer: Id<"party">
  seller: Id<"party">
  rail: Rail
  amount: Money
  /** What the platform keeps of a release; fixed when the parts are decided. */
  fee: Money | null
  /** Gross amount that leaves `held` towards the seller, fee included. */
  release: Leg | null
  refund: Leg | null
  /** The provider's session or the bank transfer's reference that the buyer writes on the transfer. */
  reference: string
  /** The provider's charge once captured, or the bank's own number for the receipt. */
  charge: string | null
  failure: string | null
  /** Keeps its journals' hashes from being guessed (contracts/escrow.ts); payments from before there was one have none. */
  nonce?: string
  startedAt: Time
  updatedAt: Time
}
