import type { Money } from "#contracts/money.ts"
import type { Time } from "#contracts/time.ts"
import type { Marks, ProviderAmount, ProviderResult } from "./provider.ts"

/** What a processor says of money that a payer's bank took back, and of the platform's own payouts. */
export type DisputeFact = {
  kind: "dispute"
  dispute: string
  /** `inquiry`: the bank only asks, and has taken nothing (yet). `inquiryOver`: it asks no more. */
  status: "inquiry" | "inquiryOver" | "open" | "answered" | "won" | "lost"
  charge: string
  /** Of the charge. */
  marks: Marks
  amount: ProviderAmount
  /** What left the processor's balance for it so far, the fee apart, and what came back. Null while nothing has. */
  withdrawn: { amount: ProviderAmount; fee: ProviderAmount } | null
  reinstated: { amount: ProviderAmount; fee: ProviderAmount } | null
  /** The processor's code. */
  reason: string
  /** Until when it may be answered. */
  dueBy: Time | null
  /** When it was opened. */
  at: Time
}

export type PayoutFact = {
  kind: "payout"
  payout: string
  status: "pending" | "paid" | "failed"
  /** Our payout's id, where it is one of ours. */
  payoutId: string | null
  key: string | null
  amount: ProviderAmount
  failure: string | null
}

/** What is given to the bank, as plain text. */
export type Evidence = {
  productDescription: string
  serviceDate: string
  accessLog: string
  statement: string
}

export type DisputeCalls = {
  retrieveDispute(dispute: string): Promise<ProviderResult<DisputeFact>>
  /** Those opened since a time, oldest first. */
  listDisputes(since: Time): Promise<ProviderResult<DisputeFact[]>>
  /** Gives the bank the evidence, for good: nothing can be added. */
  submitEvidence(input: {
    dispute: string
    evidence: Evidence
    idempotencyKey: string
  }): Promise<ProviderResult<DisputeFact>>
  /** Accepts that it is lost; cannot be undone. */
  acceptDispute(input: { dispute: string; idempotencyKey: string }): Promise<ProviderResult<DisputeFact>>
}

export type PayoutCalls = {
  createPayout(input: {
    payoutId: string
    amount: Money
    idempotencyKey: string
  }): Promise<ProviderResult<PayoutFact>>
  retrievePayout(payout: string): Promise<ProviderResult<PayoutFact>>
  /** Those made since a time, oldest first. */
  listPayouts(since: Time): Promise<ProviderResult<PayoutFact[]>>
}
