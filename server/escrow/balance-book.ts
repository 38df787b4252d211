import { assert } from "#contracts/assert.ts"
import { balanced, type Journal, type Posting } from "#contracts/escrow.ts"
import type { Time } from "#contracts/time.ts"
import type { TopUp } from "#contracts/top-up.ts"
import type { Withdrawal } from "#contracts/withdrawal.ts"
import { cash, credit, debit } from "./book.ts"

/** The book's entries of what comes into and leaves prepaid balances (MONEY §4), one pure function a step. */
function ownJournal(
  type: string,
  { id, nonce }: { id: string; nonce: string },
  occurredAt: Time,
  postings: Posting[],
): Journal {
  const entry: Journal = { nonce, source: { type, id }, trade: null, occurredAt, postings }
  assert(balanced(entry), `${type} of ${id} balances`)
  return entry
}

/** Money that a party paid in. */
export const topUpJournal = (step: "received", topUp: TopUp, at: Time): Journal =>
  ownJournal(`topUp.${step}`, topUp, at, [
    debit(cash(topUp.rail, topUp.party), topUp.amount),
    credit(`buyer_credit:${topUp.party}`, topUp.amount),
  ])

/** Money that a party took out, and what of it came back from the bank. */
export function withdrawalJournal(step: "paid" | "returned", withdrawal: Withdrawal, at: Time): Journal {
  const { amount, party } = withdrawal
  const postings =
    step === "paid"
      ? [debit(`buyer_credit:${party}`, amount), credit("bank", amount)]
      : [debit("bank", amount), credit(`buyer_credit:${party}`, amount)]
  return ownJournal(`withdrawal.${step}`, withdrawal, at, postings)
}
