import { z } from "zod"
import { type Id, isId } from "./ids.ts"
import { type Money, minus } from "./money.ts"
import { line } from "./rights.ts"
import type { Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

/**
 * The ways money is held (MONEY §2): a card through the provider, a bank transfer that the operator confirms, or the
 * buyer's prepaid balance (contracts/balance.ts), whose money is here already.
 */
export const rails = ["card", "bank", "balance"] as const
export type Rail = (typeof rails)[number]

export const paymentStates = ["started", "held", "parting", "closed", "failed"] as const
export type PaymentState = (typeof paymentStates)[number]

export const paymentSteps = [
  "hold",
  "fail",
  "part",
  "release",
  "refund",
  "close",
  "giveBack",
  "net",
  "redirect",
  "contest", // the buyer's bank has taken money back: nothing leaves
  "clear", // and gave it back, or took only what was not there any more
  "loseSome", // or keeps a part
  "lose", // or all that there was
  "return", // a bank payout or a refund came back: its leg is under way again
  "askBank", // to pay a refund leg by bank that the provider refuses
  "dropBank",
  "toBank",
] as const
export type PaymentStep = (typeof paymentSteps)[number]

/**
 * `part` decides what of the held funds goes where (all released, all refunded, or a split); `release` and
 * `refund` record one of two legs as done while the other is still under way; `close` the last one.
 * `giveBack` takes a refund out of held funds, or back from a release that is done (contracts/refund.ts); `net` keeps
 * a part of the release back for what the seller owes (contracts/debt.ts); `redirect` takes the account that the
 * seller named since.
 * One out of a prepaid balance begins as `held`: no money is waited for.
 * A payment that arrives after its trade ended goes held → parting (all refunded) by itself.
 */
export const paymentTransitions = {
  started: { hold: "held", fail: "failed" },
  held: {
    part: "parting",
    giveBack: "held",
    contest: "held",
    clear: "held",
    loseSome: "held",
    lose: "closed",
  },
  parting: {
    release: "parting",
    refund: "parting",
    close: "closed",
    net: "parting",
    redirect: "parting",
    contest: "parting",
    clear: "parting",
    loseSome: "parting",
    lose: "closed",
    return: "parting",
    askBank: "parting",
    dropBank: "parting",
    toBank: "parting",
  },
  closed: { giveBack: "closed", contest: "closed", clear: "closed", lose: "closed", return: "parting" },
  failed: { hold: "held" },
} as const satisfies Transitions<PaymentState, PaymentStep>

/** Somebody of the operator's asks that what the provider refuses be paid by bank; a second person has to say so too. */
export type ByBank = { to: string; note: string; user: Id<"user">; at: Time }

/** One direction in which held money leaves. */
export type Leg = {
  amount: Money
  state: "pending" | "done"
  reference: string | null
  /**
   * Of a release: the account that the seller had when it was decided, at the provider or the bank; null where there
   * was none yet. Another one is paid only after an operator has confirmed it. Of a refund that goes by bank: the
   * buyer's account that two people named. Neither is for the other side to read.
   */
  to?: string | null
  /** Of a refund: by bank where the provider refuses and two people said so; missing where it goes as the money came. */
  rail?: "bank"
  /** What the first of them asked for; void with whatever changes the leg meanwhile. */
  byBank?: ByBank
  /** Of a release: what is kept back for the seller's debts. */
  netted?: Money
  /** Counts from 1, which is left out: one that came back is made again under a new number. */
  attempt?: number
}

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
  /** What of a release is tax, fixed with the fee; payments from before there was tax have none. */
  tax?: Money
  /** Gross amount that leaves `held` towards the seller, fee and tax included. */
  release: Leg | null
  refund: Leg | null
  /** The provider's session or the bank transfer's reference that the buyer writes on the transfer. */
  reference: string
  /** The provider's charge once captured, or the bank's own number for the receipt. */
  charge: string | null
  failure: string | null
  /** What was refunded, or lost to a chargeback, out of the held funds before they were parted; none where missing. */
  givenBack?: Money
  /** What was refunded, or lost to a chargeback, after the release, of its gross amount, and the platform's fee and the tax within it. */
  takenBack?: { amount: Money; fee: Money; tax?: Money }
  /** The chargeback that is open against it; while there is one, no leg is sent. */
  chargeback?: Id<"chargeback"> | null
  /** Keeps its journals' hashes from being guessed (contracts/escrow.ts); payments from before there was one have none. */
  nonce?: string
  startedAt: Time
  updatedAt: Time
}

/** By what a leg leaves. */
export const legRail = (
  payment: Pick<Payment, "rail" | "release" | "refund">,
  leg: "release" | "refund",
): Rail => payment[leg]?.rail ?? payment.rail

/** What of a payment is still to be parted: the amount less what was given back of it. */
export const heldLeft = ({ amount, givenBack }: Pick<Payment, "amount" | "givenBack">): Money =>
  givenBack ? minus(amount, givenBack) : amount

const idOf = <K extends Parameters<typeof isId>[0]>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })

export const legByBankInput = z.strictObject({
  commandId: idOf("command"),
  payment: idOf("payment"),
  version: z.int().min(1),
  /** Bank, holder and number in one line. */
  to: line(200),
  note: line(500),
})
export type LegByBank = z.infer<typeof legByBankInput>

export const decideLegByBankInput = z.strictObject({
  commandId: idOf("command"),
  payment: idOf("payment"),
  version: z.int().min(1),
  confirm: z.boolean(),
})
export type DecideLegByBank = z.infer<typeof decideLegByBankInput>
