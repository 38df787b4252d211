import { assert } from "#contracts/assert.ts"
import { balanced, type Journal, type Posting, postingMoney } from "#contracts/escrow.ts"
import { isZero, type Money, plus } from "#contracts/money.ts"
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
  const moved = postings.filter((posting) => !isZero(postingMoney(posting)))
  const entry: Journal = { nonce, source: { type, id }, trade: null, occurredAt, postings: moved }
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

/** The payer's bank has taken a top-up back, and the provider its fee. */
export const contestedJournal = (topUp: TopUp, amount: Money, fee: Money, at: Time): Journal =>
  ownJournal("topUp.contested", topUp, at, [
    debit("dispute_withdrawn", amount),
    debit("dispute_fees", fee),
    credit("provider_available", plus(amount, fee)),
  ])

/** The money came back, and what the provider gives back of its fee. */
export const clearedJournal = (topUp: TopUp, amount: Money, feeReturned: Money, at: Time): Journal =>
  ownJournal("topUp.cleared", topUp, at, [
    debit("provider_available", plus(amount, feeReturned)),
    credit("dispute_withdrawn", amount),
    credit("dispute_fees", feeReturned),
  ])

/** It is gone: out of what the balance had reserved for it; the rest the party owes. */
export const lostTopUpJournal = (topUp: TopUp, reserved: Money, missing: Money, at: Time): Journal =>
  ownJournal("topUp.lost", topUp, at, [
    debit(`buyer_credit:${topUp.party}`, reserved),
    debit(`seller_receivable:${topUp.party}`, missing),
    credit("dispute_withdrawn", plus(reserved, missing)),
  ])
