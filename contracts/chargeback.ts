import type { Id } from "./ids.ts"
import type { Money } from "./money.ts"
import type { Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

export const chargebackStates = ["opened", "answered", "conceded", "won", "lost"] as const
export type ChargebackState = (typeof chargebackStates)[number]

export const chargebackSteps = ["answer", "concede", "win", "lose"] as const
export type ChargebackStep = (typeof chargebackSteps)[number]

/** The payer's bank decides whether or not anybody answers; it is answered once, or conceded, and not both. */
export const chargebackTransitions = {
  opened: { answer: "answered", concede: "conceded", win: "won", lose: "lost" },
  answered: { win: "won", lose: "lost" },
  conceded: { win: "won", lose: "lost" },
  won: {},
  lost: {},
} as const satisfies Transitions<ChargebackState, ChargebackStep>

/**
 * A payment that the buyer's bank took back from the provider (拒付). Its money lies in `dispute_withdrawn` until the
 * bank has decided; meanwhile nothing leaves the payment that it contests.
 */
export type Chargeback = {
  id: Id<"chargeback">
  version: number
  state: ChargebackState
  payment: Id<"payment">
  trade: Id<"trade">
  buyer: Id<"party">
  seller: Id<"party">
  /** What was taken back: the payment's amount, or a part of it. */
  amount: Money
  /** What the provider took for it besides. */
  fee: Money
  /** What of the fee it gave back with a chargeback that was won. */
  feeReturned: Money | null
  /** Why, as the provider says it: `fraudulent`, `product_not_received`. */
  reason: string
  /** The provider's own object. */
  reference: string
  /** Until when it may be answered. */
  dueBy: Time | null
  /** The SHA-256 of what was sent as evidence. */
  evidenceHash: string | null
  /** Keeps its journals' hashes from being guessed (contracts/escrow.ts). */
  nonce: string
  openedAt: Time
  updatedAt: Time
}
