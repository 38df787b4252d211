import { assert } from "#contracts/assert.ts"
import type { Chargeback } from "#contracts/chargeback.ts"
import { balanced, type Journal, type Posting, postingMoney } from "#contracts/escrow.ts"
import { isZero, type Money, plus } from "#contracts/money.ts"
import type { Time } from "#contracts/time.ts"
import type { Loss } from "../chargebacks/loss-rules.ts"

/** The book's entries of a chargeback (MONEY §4): each step is booked once, by the chargeback's own id. */
function journal(type: string, chargeback: Chargeback, occurredAt: Time, postings: Posting[]): Journal {
  const entry: Journal = {
    nonce: chargeback.nonce,
    source: { type, id: chargeback.id },
    trade: chargeback.trade,
    occurredAt,
    postings: postings.filter((posting) => !isZero(postingMoney(posting))),
  }
  assert(balanced(entry), `${type} of ${chargeback.id} balances`)
  return entry
}

/** The provider has taken the amount and its fee out of the balance. */
export const openedJournal = (chargeback: Chargeback, at: Time): Journal =>
  journal("chargeback.opened", chargeback, at, [
    { account: "dispute_withdrawn", debit: chargeback.amount },
    { account: "dispute_fees", debit: chargeback.fee },
    { account: "provider_available", credit: plus(chargeback.amount, chargeback.fee) },
  ])

/** The money came back, and what the provider gives back of its fee. */
export const wonJournal = (chargeback: Chargeback, feeReturned: Money, at: Time): Journal =>
  journal("chargeback.won", chargeback, at, [
    { account: "provider_available", debit: plus(chargeback.amount, feeReturned) },
    { account: "dispute_withdrawn", credit: chargeback.amount },
    { account: "dispute_fees", credit: feeReturned },
  ])

/** It is gone: out of what was held or not sent yet, out of what the seller owes from now on, or the platform's own. */
export function lostJournal(chargeback: Chargeback, loss: Loss, at: Time): Journal {
  const { trade, seller, amount } = chargeback
  return journal("chargeback.lost", chargeback, at, [
    { account: `held:${trade}`, debit: loss.held },
    { account: `refund_payable:${trade}`, debit: loss.refund },
    { account: `seller_payable:${seller}`, debit: loss.payable },
    { account: `seller_receivable:${seller}`, debit: loss.owed },
    { account: "platform_fee", debit: loss.fee },
    { account: "tax_payable", debit: loss.tax },
    { account: "chargeback_loss", debit: loss.loss },
    { account: "dispute_withdrawn", credit: amount },
  ])
}
