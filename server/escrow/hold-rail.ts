import type { Debt } from "#contracts/debt.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { Money } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import type { Refund } from "#contracts/refund.ts"
import type { Refusal } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import type { LegKind } from "../payments/rules.ts"

/** Where the buyer comes back to, and what they read on the way. Kept from the first call. */
export type PayPage = {
  description: string
  successUrl: string
  cancelUrl: string
  expiresAt: Time
  locale: Locale
}

/** What the buyer does to pay: go to a page, make a transfer with a reference, or nothing, for their balance has paid. */
export type PayInstruction =
  | { kind: "page"; url: string }
  | { kind: "transfer"; reference: string; account: string }
  | { kind: "paid" }

/**
 * What a rail says of one leg (a release or a refund). `done` names the provider's or the bank's own object;
 * `waiting` has moved nothing yet and says why; `unknown` may or may not have moved money and is looked up
 * again, never compensated.
 */
export type LegOutcome =
  | { kind: "done"; reference: string }
  | {
      kind: "waiting"
      reason: "operator" | "payeeNotReady" | "payeeChanged" | "providerUnavailable" | "declined" | "pending"
    }
  | { kind: "unknown" }

/**
 * What a rail says of money that is taken back from a seller. `impossible`: nothing moved, and nothing will.
 * `balance`: there is a balance to take it from, and how much is decided where that is written.
 */
export type TakeBackOutcome =
  | { kind: "done"; reference: string; amount: Money }
  | { kind: "balance" }
  | { kind: "impossible"; reason: NonNullable<Debt["owedFor"]> }
  | { kind: "waiting"; reason: "providerUnavailable" }
  | { kind: "unknown" }

/**
 * A way in which money is held (MONEY §2). Every method may be called again with the same payment: it moves
 * money at most once for each leg and attempt.
 */
export type HoldRail = {
  /** Makes, or finds again, what the buyer needs to pay a started payment. */
  hold(payment: Payment, page: PayPage): Promise<PayInstruction | Refusal>
  /** Carries out a pending leg of a parted payment. */
  move(payment: Payment, kind: LegKind): Promise<LegOutcome>
  /** Carries out a refund beside the legs. */
  giveBack(refund: Refund, payment: Payment): Promise<LegOutcome>
  /** Takes back what a seller owes of a release, or a part of it. */
  takeBack(debt: Debt, payment: Payment): Promise<TakeBackOutcome>
  /**
   * What became of the calls that those three have made already; nothing is sent. Asked while nothing may leave: a
   * freeze stops what goes out, and never that something is learnt. Missing where a rail makes no calls.
   */
  look?: {
    leg(payment: Payment, kind: LegKind): Promise<LegOutcome>
    refund(refund: Refund, payment: Payment): Promise<LegOutcome>
    debt(debt: Debt): Promise<TakeBackOutcome>
  }
  /**
   * Closes a started payment's page, so that it can no longer be paid; what is paid meanwhile is refunded. Answers
   * `open` while that has not happened, and has to be asked again.
   */
  close(payment: Payment): Promise<"closed" | "open">
}
