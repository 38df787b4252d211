import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import type { Fair } from "./fair.ts"

export type Leg = "release" | "refund"

/** What the world outside the market knows of a trade: the payer, the banks, and who decided something. */
export type Told = {
  trade: Id<"trade">
  price: Money
  fair: Fair
  /** The pages that the buyer was sent to. */
  pages: { session: string; payment: Id<"payment"> }[]
  /** Transfers that the bank has truly received, by payment. */
  came: Map<Id<"payment">, Money>
  /** What was truly paid out by bank; what came back counts against it. */
  paidOut: { payment: Id<"payment">; leg: Leg | "claim"; minor: bigint }[]
  /** What somebody decided on the held money, and was told that it is so. */
  parting: { release: Money; refund: Money } | null
  /** Refunds that somebody decided beside it. */
  gave: { refund: Id<"refund">; payment: Id<"payment">; minor: bigint; held: boolean }[]
  /** What the seller has truly repaid by bank, and what two operators gave up. */
  repaid: bigint
  writtenOff: bigint
  /** Payments that the buyer's bank took back, by the provider's charge. */
  disputes: { dispute: string; charge: string; payment: Id<"payment"> }[]
  /** Seen to have ended, from where no step leads on. */
  over: boolean
}

export const newTold = (trade: Id<"trade">, price: Money, fair: Fair): Told => ({
  trade,
  price,
  fair,
  pages: [],
  came: new Map(),
  paidOut: [],
  parting: null,
  gave: [],
  repaid: 0n,
  writtenOff: 0n,
  disputes: [],
  over: false,
})
