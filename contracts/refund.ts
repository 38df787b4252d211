import { z } from "zod"
import type { Debt } from "./debt.ts"
import { type Id, isId } from "./ids.ts"
import { type Money, money, movableMoney } from "./money.ts"
import type { ByBank, Rail } from "./payment.ts"
import { line } from "./rights.ts"
import type { Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

/**
 * Money that goes back to a buyer out of one payment (MONEY §3.8), beside what the parting of a trade sends back. One
 * payment can have several. `asked`: an operator's, after release, which a second operator has to confirm.
 * `decided`: booked, and on its way; an attempt that failed leaves it there. `repaid` may still come back.
 * `chargedBack`: the buyer has the money by a chargeback that was lost before the refund was sent.
 */
export const refundStates = ["asked", "decided", "repaid", "dropped", "chargedBack"] as const
export type RefundState = (typeof refundStates)[number]

export const refundSteps = [
  "decide",
  "drop",
  "repay",
  "return",
  "lower",
  "chargeBack",
  "askBank", // to pay by bank what the provider refuses
  "dropBank",
  "toBank",
] as const
export type RefundStep = (typeof refundSteps)[number]

export const refundTransitions = {
  asked: { decide: "decided", drop: "dropped" },
  decided: {
    repay: "repaid",
    lower: "decided",
    chargeBack: "chargedBack",
    askBank: "decided",
    dropBank: "decided",
    toBank: "decided",
  },
  repaid: { return: "decided" },
  dropped: {},
  chargedBack: {},
} as const satisfies Transitions<RefundState, RefundStep>

export const refundReasons = [
  "agreed",
  "notAsListed",
  "incomplete",
  "rightsProblem",
  "duplicate",
  "other",
] as const
export type RefundReason = (typeof refundReasons)[number]

/** Out of what it is paid: funds still held, or what the seller was paid already (and the fee on it). */
export const refundSources = ["held", "released"] as const
export type RefundSource = (typeof refundSources)[number]

export type Refund = {
  id: Id<"refund">
  version: number
  state: RefundState
  trade: Id<"trade">
  payment: Id<"payment">
  buyer: Id<"party">
  seller: Id<"party">
  /** By what it goes back: as the payment came, or by bank where the provider refuses and two people said so. */
  rail: Rail
  /** The buyer's bank account that these two named; none where the buyer's own is meant. Not for the seller to read. */
  to?: string
  /** What the first of them asked for; void with whatever changes the refund meanwhile. */
  byBank?: ByBank
  amount: Money
  source: RefundSource
  /** What of `amount` is the platform's fee and the tax, not the seller's; null until decided, and for held funds zero. */
  fee: Money | null
  /** What the seller then owes; null for held funds. */
  debt: Id<"debt"> | null
  reason: RefundReason
  note: string
  askedBy: { role: "seller" | "operator"; party: Id<"party">; user: Id<"user"> }
  /** The operator's second person, where one was needed. */
  confirmedBy: Id<"user"> | null
  /** Counts from 1; one higher each time the money came back. */
  attempt: number
  /** The provider's or the bank's own number. */
  reference: string | null
  nonce: string
  askedAt: Time
  updatedAt: Time
}

/**
 * A seller alone may not have a buyer paid out of what others paid: what they give back after their release waits
 * until they have paid their part of it, or until two people of the operator's have written that off.
 */
export const waitsForSeller = (
  { state, askedBy }: Pick<Refund, "state" | "askedBy">,
  debt: Pick<Debt, "state"> | null | undefined,
): boolean => state === "decided" && askedBy.role === "seller" && debt?.state === "owed"

const idOf = <K extends Parameters<typeof isId>[0]>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })
const commandId = idOf("command")
/** The bank's own number of a transfer: short plain text. */
const bankNumber = z
  .string()
  .trim()
  .regex(/^[\w./-]{4,64}$/)

export const giveBackInput = z.strictObject({
  commandId,
  trade: idOf("trade"),
  amount: movableMoney,
  reason: z.enum(refundReasons),
  note: line(500),
})
export type GiveBack = z.infer<typeof giveBackInput>

export const decideRefundInput = z.strictObject({
  commandId,
  refund: idOf("refund"),
  version: z.int().min(1),
  confirm: z.boolean(),
})
export type DecideRefund = z.infer<typeof decideRefundInput>

export const refundByBankInput = z.strictObject({
  commandId,
  refund: idOf("refund"),
  version: z.int().min(1),
  /** Bank, holder and number in one line. */
  to: line(200),
  note: line(500),
})
export type RefundByBank = z.infer<typeof refundByBankInput>

export const confirmRefundInput = z.strictObject({
  commandId,
  refund: idOf("refund"),
  /** As the page showed it: one that came back since is paid again under the next. */
  attempt: z.int().min(1).optional(),
  /** What was paid, as the page showed it: a part of it may have been made up for since. */
  amount: money,
  bankNumber,
  /** The bank had made this payment before supervision froze it: that is a fact, and no step out. */
  alreadyPaid: z.boolean().optional(),
})
export type ConfirmRefund = z.infer<typeof confirmRefundInput>

/** The bank has sent back what was paid; `attempt` as the page showed it. */
export const returnRefundInput = z.strictObject({
  commandId,
  refund: idOf("refund"),
  attempt: z.int().min(1),
})
export type ReturnRefund = z.infer<typeof returnRefundInput>
