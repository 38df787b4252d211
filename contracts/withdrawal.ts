import { z } from "zod"
import type { MemberRole } from "./actor.ts"
import { type Id, isId } from "./ids.ts"
import { isZero, type Money, movableMoney } from "./money.ts"
import { line } from "./rights.ts"
import type { Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

export const withdrawalStates = ["asked", "approved", "paid", "refused", "returned"] as const
export type WithdrawalState = (typeof withdrawalStates)[number]

export const withdrawalSteps = ["approve", "refuse", "pay", "return"] as const
export type WithdrawalStep = (typeof withdrawalSteps)[number]

/**
 * What is refused, or comes back from the bank, is available again; whoever still wants it asks anew. From the approval
 * on the bank may have paid, so that only the operator refuses one, who can look.
 */
export const withdrawalTransitions = {
  asked: { approve: "approved", refuse: "refused" },
  approved: { pay: "paid", refuse: "refused" },
  paid: { return: "returned" },
  refused: {},
  returned: {},
} as const satisfies Transitions<WithdrawalState, WithdrawalStep>

/**
 * A party takes money out of its own balance to its own bank account (余额转出). Three different people have their
 * part in it: one of the party asks; a second approves, one of the party's too where it has another who may, else one
 * of the operator's; a third, of the operator's, confirms the bank payment.
 */
export type Withdrawal = {
  id: Id<"withdrawal">
  version: number
  state: WithdrawalState
  party: Id<"party">
  amount: Money
  /** The party's bank account when it was asked; another one is not paid. */
  account: string
  /** What the operator writes on the bank payment. */
  reference: string
  askedBy: Id<"user">
  approvedBy: { user: Id<"user">; party: Id<"party"> } | null
  confirmedBy: Id<"user"> | null
  /** The bank's own number of the payment. */
  bankNumber: string | null
  /** Why it was refused, or came back. */
  note: string | null
  nonce: string
  askedAt: Time
  updatedAt: Time
}

export const withdrawalReference = (id: Id<"withdrawal">): string => `QW${id.slice(-12).toUpperCase()}`

/** Who of a party may ask for a withdrawal, and approve another's. */
export const withdrawalRoles = ["administrator", "approver"] as const satisfies readonly MemberRole[]

/** So many withdrawals of one party may be under way. */
export const mostOpenWithdrawals = 20

const idOf = <K extends Parameters<typeof isId>[0]>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })
const commandId = idOf("command")
const bankNumber = z
  .string()
  .trim()
  .regex(/^[\w./-]{4,64}$/)

export const askWithdrawalInput = z.strictObject({
  commandId,
  amount: movableMoney.refine((amount) => !isZero(amount)),
})
export type AskWithdrawal = z.infer<typeof askWithdrawalInput>

export const onWithdrawalInput = z.strictObject({ commandId, withdrawal: idOf("withdrawal") })
export type OnWithdrawal = z.infer<typeof onWithdrawalInput>

export const refuseWithdrawalInput = z.strictObject({
  commandId,
  withdrawal: idOf("withdrawal"),
  note: line(200),
  /** Of one that was approved: the operator has looked, and the bank has not paid it. */
  notPaid: z.boolean().optional(),
})
export type RefuseWithdrawal = z.infer<typeof refuseWithdrawalInput>

export const confirmWithdrawalInput = z.strictObject({
  commandId,
  withdrawal: idOf("withdrawal"),
  bankNumber,
  /** The bank had made this payment before a freeze or a change of the account: that is a fact, and no step out. */
  alreadyPaid: z.boolean().optional(),
})
export type ConfirmWithdrawal = z.infer<typeof confirmWithdrawalInput>

export const returnWithdrawalInput = refuseWithdrawalInput.omit({ notPaid: true })
export type ReturnWithdrawal = z.infer<typeof returnWithdrawalInput>
