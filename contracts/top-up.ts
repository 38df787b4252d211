import { z } from "zod"
import { type Id, isId } from "./ids.ts"
import { isZero, type Money, movableMoney } from "./money.ts"
import type { Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

/** How a balance is topped up: by the provider's page, or by a bank transfer that the operator confirms. */
export const topUpRails = ["card", "bank"] as const
export type TopUpRail = (typeof topUpRails)[number]

export const topUpStates = ["started", "received", "failed"] as const
export type TopUpState = (typeof topUpStates)[number]

export const topUpSteps = ["receive", "fail", "contest", "clear", "lose"] as const
export type TopUpStep = (typeof topUpSteps)[number]

/**
 * Money that comes after a top-up was given up is the party's all the same, and nothing else waits for it: it is
 * credited, not sent back. `contest`: the payer's bank has taken a card's payment back, and decides (`clear`, `lose`).
 */
export const topUpTransitions = {
  started: { receive: "received", fail: "failed" },
  received: { contest: "received", clear: "received", lose: "received" },
  failed: { receive: "received" },
} as const satisfies Transitions<TopUpState, TopUpStep>

/** A party pays money in to its own balance (充值). */
export type TopUp = {
  id: Id<"topUp">
  version: number
  state: TopUpState
  party: Id<"party">
  rail: TopUpRail
  amount: Money
  /** What the party writes on its bank transfer, and the provider's page carries. */
  reference: string
  /** The provider's charge once captured, or the bank's own number for the receipt. */
  charge: string | null
  failure: string | null
  /** The chargeback against it, by the provider's own id, and what of the balance was reserved for it; one at most. */
  contested?: { reference: string; state: "open" | "cleared" | "lost"; amount: Money; reserved: Money }
  startedBy: Id<"user">
  /** Keeps its journal's hash from being guessed (contracts/escrow.ts). */
  nonce: string
  startedAt: Time
  updatedAt: Time
}

/** Short, unique, easy to type; a payment's begins with QH, a withdrawal's with QW. */
export const topUpReference = (id: Id<"topUp">): string => `QC${id.slice(-12).toUpperCase()}`

/** So many top-ups of one party may wait for their money. */
export const mostOpenTopUps = 20

const idOf = <K extends Parameters<typeof isId>[0]>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })
const commandId = idOf("command")

export const startTopUpInput = z.strictObject({
  commandId,
  amount: movableMoney.refine((amount) => !isZero(amount)),
  rail: z.enum(topUpRails),
})
export type StartTopUp = z.infer<typeof startTopUpInput>

export const onTopUpInput = z.strictObject({ commandId, topUp: idOf("topUp") })
export type OnTopUp = z.infer<typeof onTopUpInput>

export const confirmTopUpInput = z.strictObject({
  commandId,
  topUp: idOf("topUp"),
  amount: movableMoney,
  /** The bank's own number of the receipt: short plain text. */
  bankNumber: z
    .string()
    .trim()
    .regex(/^[\w./-]{4,64}$/),
})
export type ConfirmTopUp = z.infer<typeof confirmTopUpInput>
