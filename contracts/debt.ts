import { z } from "zod"
import { type Id, isId } from "./ids.ts"
import { type Money, movableMoney } from "./money.ts"
import { line } from "./rights.ts"
import type { Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

/**
 * What a seller has to give back of what they were paid (MONEY §3.8): a refund or a lost chargeback after release; and
 * what a party's balance did not suffice for when its bank took a top-up back, which belongs to no trade.
 * `reversing`: the transfer is being taken back at the provider. `owed`: that was not possible, or not wholly; it is
 * kept back from the seller's next releases in the same currency, or the seller repays it by bank.
 */
export const debtStates = ["reversing", "owed", "paid", "writtenOff"] as const
export type DebtState = (typeof debtStates)[number]

export const debtSteps = ["owe", "lower", "settle", "ask", "writeOff", "askTake"] as const
export type DebtStep = (typeof debtSteps)[number]

/** `lower` takes a part off, by whatever way; `settle` the last of it. `ask`: an operator asks to write it off, `askTake`: to take it out of the party's balance. */
export const debtTransitions = {
  reversing: { owe: "owed", lower: "owed", settle: "paid" },
  owed: { lower: "owed", settle: "paid", ask: "owed", writeOff: "writtenOff", askTake: "owed" },
  paid: {},
  writtenOff: {},
} as const satisfies Transitions<DebtState, DebtStep>

export const debtCauses = ["refund", "chargeback", "topUp"] as const
export type DebtCause = (typeof debtCauses)[number]

export type Debt = {
  id: Id<"debt">
  version: number
  state: DebtState
  /** Who owes it: the seller of the trade, or whose top-up it was. */
  seller: Id<"party">
  buyer: Id<"party"> | null
  trade: Id<"trade"> | null
  payment: Id<"payment"> | null
  cause: DebtCause
  /** The refund, the chargeback or the top-up. */
  causeId: string
  amount: Money
  /** What of it is still owed. */
  left: Money
  /** Why it could not be taken back at once; null while it may be. */
  owedFor: "bank" | "noTransfer" | "balance" | "account" | null
  /** The first of two operators who write it off. */
  writeOff: { user: Id<"user">; note: string; at: Time } | null
  /** The first of two operators who take it out of the party's balance; missing where nobody asked. */
  take?: { user: Id<"user">; note: string; at: Time } | null
  nonce: string
  openedAt: Time
  updatedAt: Time
}

const idOf = <K extends Parameters<typeof isId>[0]>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })
const commandId = idOf("command")

/** The seller's own bank transfer to the platform has come. */
export const repayDebtInput = z.strictObject({
  commandId,
  debt: idOf("debt"),
  version: z.int().min(1),
  amount: movableMoney,
  bankNumber: z
    .string()
    .trim()
    .regex(/^[\w./-]{4,64}$/),
})
export type RepayDebt = z.infer<typeof repayDebtInput>

/** Somebody of the party that owes it pays it out of its balance, as far as that suffices. */
export const payDebtInput = z.strictObject({ commandId, debt: idOf("debt"), version: z.int().min(1) })
export type PayDebt = z.infer<typeof payDebtInput>

/** Asks to write it off or to take it out of the balance, or as a second person confirms that. */
export const writeOffInput = z.strictObject({
  commandId,
  debt: idOf("debt"),
  version: z.int().min(1),
  note: line(500),
})
export type WriteOff = z.infer<typeof writeOffInput>

/** What a seller writes on the transfer that repays it, as a payment's own reference. */
export const debtReference = (debt: Id<"debt">): string => `QD${debt.slice(-12).toUpperCase()}`
