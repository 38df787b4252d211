import { z } from "zod"
import type { Charges } from "./charges.ts"
import type { Id } from "./ids.ts"
import { type Money, money } from "./money.ts"
import type { fetchLimits, WantedUse } from "./rights.ts"
import { dayMs, hourMs, type Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

/**
 * One purchase, from proposal to settlement (DESIGN §6). The table is the only place that says which step may
 * follow which; `frozen` stands beside it and stops every outgoing step and deadline.
 */
export const tradeStates = [
  "proposed",
  "agreed",
  "funding",
  "funded",
  "delivered",
  "accepted",
  "disputed",
  "resolved",
  "settled",
  "refunded",
  "cancelled",
  "expired",
] as const
export type TradeState = (typeof tradeStates)[number]

export const tradeSteps = [
  "confirm", // one side confirms, the other has not yet
  "agree", // the confirmation that was still missing
  "cancel",
  "expire",
  "startFunding",
  "retryFunding", // a payment attempt ended without money
  "process", // the buyer has paid and the provider waits for the money itself
  "fund",
  "prepay", // out of the buyer's balance: nothing is waited for
  "deliver",
  "undelivered", // the delivery window ended
  "accept",
  "dispute",
  "resolve",
  "concede", // the seller gives back all that is held
  "settle",
  "refund",
  "chargeBack", // the buyer's bank took all of the payment back, for good
] as const
export type TradeStep = (typeof tradeSteps)[number]

export const tradeTransitions = {
  proposed: { confirm: "proposed", agree: "agreed", cancel: "cancelled", expire: "expired" },
  agreed: {
    startFunding: "funding",
    prepay: "funded",
    deliver: "delivered",
    cancel: "cancelled",
    expire: "expired",
  },
  funding: {
    retryFunding: "agreed",
    process: "funding",
    fund: "funded",
    cancel: "cancelled",
    expire: "expired",
  },
  funded: { deliver: "delivered", undelivered: "resolved", concede: "resolved", chargeBack: "refunded" },
  delivered: { accept: "accepted", dispute: "disputed", concede: "resolved", chargeBack: "refunded" },
  accepted: { settle: "settled", chargeBack: "refunded" },
  disputed: { resolve: "resolved", concede: "resolved", chargeBack: "refunded" },
  resolved: { settle: "settled", refund: "refunded", chargeBack: "refunded" },
  settled: {},
  refunded: {},
  cancelled: {},
  expired: {},
} as const satisfies Transitions<TradeState, TradeStep>

/** How long each waiting state may last, and the step that then happens by itself. */
export const tradeDeadlines = {
  proposed: { ms: 7 * dayMs, step: "expire" },
  agreed: { ms: 3 * dayMs, step: "expire" },
  funding: { ms: 24 * hourMs, step: "expire" },
  funded: { ms: 3 * dayMs, step: "undelivered" },
  delivered: { ms: 7 * dayMs, step: "accept" },
  disputed: { ms: 30 * dayMs, step: "resolve" },
} as const satisfies Partial<Record<TradeState, { ms: number; step: TradeStep }>>

/**
 * How long a trade waits, from then on, for money that the provider is processing: wallets and debits may take days.
 * What comes later goes back by itself.
 */
export const processingMs = 7 * dayMs

export type WaitingState = keyof typeof tradeDeadlines
export const isWaiting = (state: TradeState): state is WaitingState => Object.hasOwn(tradeDeadlines, state)

/** The plan's own windows take the place of the table's. */
export function waitMs(trade: Pick<Trade, "deliveryMs" | "acceptanceMs">, state: WaitingState): number {
  if (state === "funded") return trade.deliveryMs
  return state === "delivered" ? trade.acceptanceMs : tradeDeadlines[state].ms
}

export const sides = ["buyer", "seller"] as const
export type Side = (typeof sides)[number]

/** How a side agreed: a seller who publishes a plan confirms in advance, everyone else clicks. No e-signature. */
export const confirmationMethods = ["click", "standing"] as const
export type ConfirmationMethod = (typeof confirmationMethods)[number]

export type Confirmation = { side: Side; method: ConfirmationMethod; user: string; at: Time }

/** Why and how the held funds are parted: what goes to the seller (before the fee) and what back to the buyer. */
export type Resolution = {
  reason: "dispute" | "undelivered" | "disputeUnanswered" | "conceded"
  release: Money
  refund: Money
  note: string
}

export type TradeOrigin = { kind: "listing" } | { kind: "match"; request: Id<"request">; round: Id<"round"> }

export type Trade = {
  id: Id<"trade">
  version: number
  state: TradeState
  buyer: Id<"party">
  seller: Id<"party">
  listing: Id<"listing">
  plan: Id<"plan">
  product: Id<"product">
  datasetVersion: Id<"version">
  origin: TradeOrigin
  /** What the buyer pays, tax included. */
  price: Money
  /** The fee's percentage; all there is of a trade from before `charges`. */
  feeBasisPoints: number
  /** Tax and fee in full, fixed when the trade was proposed. */
  charges?: Charges
  /** The buyer's own number of its order (采购单号). */
  purchaseOrder?: string
  /** Who of the buyer's members asked for it; the party's own rules say who may then confirm it. */
  requestedBy?: Id<"user">
  /** The tax invoice that the seller issued elsewhere, by its number; `times` counts them, 1 where it is left out. */
  invoice?: { number: string; at: Time; times?: number }
  /** The buyer's declared use, which the rights policy permitted when the trade was proposed. */
  use: WantedUse
  /** What the agreed policy lets the platform enforce of fetching; a later policy of the listing changes nothing here. */
  limits: ReturnType<typeof fetchLimits>
  /** The seller confirms each trade at this plan; otherwise publishing it was the confirmation. */
  approval: boolean
  /** The plan's windows: how long delivery may take, and how long the buyer has to accept. */
  deliveryMs: number
  acceptanceMs: number
  seatHeld: boolean
  agreementHash: string
  confirmations: Confirmation[]
  payment: Id<"payment"> | null
  /** The payment whose money the provider waits for: the deadline was put off once for it. */
  processing?: Id<"payment">
  grant: Id<"grant"> | null
  disputeReason: string | null
  resolution: Resolution | null
  frozenBy: Id<"freeze"> | null
  /** When the waiting state's default happens; null where nothing waits, and while frozen. */
  deadline: Time | null
  /** What a freeze left of the deadline: the clock goes on from there when it is lifted. */
  deadlineLeftMs: number | null
  proposedAt: Time
  updatedAt: Time
}

export const splitInput = z.strictObject({ release: money, refund: money })

/** The buyer has paid, and the provider waits for the money itself. */
export const isProcessing = (trade: Pick<Trade, "state" | "payment" | "processing">): boolean =>
  trade.state === "funding" && trade.payment !== null && trade.processing === trade.payment
