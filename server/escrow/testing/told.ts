import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import type { Fair } from "./fair.ts"

export type Leg = "release" | "refund"

/** What the world outside the market knows of a trade: the payer, the banks, and who decided something. */
export type Told = {
  trade: Id<"trade">
  price: Money
  fair: Fair
  /** The buyer's own number of the order, and who asked for it. */
  order: string | null
  requestedBy: Id<"user">
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

/** What the world outside the market knows of a top-up by card. */
export type ToldTopUp = {
  topUp: Id<"topUp">
  amount: Money
  /** The page that the buyer was sent to. */
  session: string | null
  /** The payer's bank takes it back, or a part of it. */
  dispute: { dispute: string; charge: string; minor: bigint } | null
  /** Of what is owed of it: truly repaid by bank, and given up by two operators. */
  repaid: bigint
  writtenOff: bigint
}

export const newToldTopUp = (topUp: Id<"topUp">, amount: Money): ToldTopUp => ({
  topUp,
  amount,
  session: null,
  dispute: null,
  repaid: 0n,
  writtenOff: 0n,
})

/** Where it is noted what came of a debt. */
export type ToldOwing = Pick<Told, "repaid" | "writtenOff">

export const newTold = (given: Pick<Told, "trade" | "price" | "fair" | "order" | "requestedBy">): Told => ({
  ...given,
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
