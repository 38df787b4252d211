import { assert } from "#contracts/assert.ts"
import { type Parts, sumOfParts } from "#contracts/charges.ts"
import { type Account, balanced, type Journal, type Posting } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import { type Currency, isZero, type Money, makeMoney, plus } from "#contracts/money.ts"
import { legRail, type Payment, type Rail } from "#contracts/payment.ts"
import type { Settlement } from "#contracts/settlement.ts"
import type { Time } from "#contracts/time.ts"

/**
 * The book's entries (MONEY §4), one pure function a step. The source of each is the step and the payment, so
 * that the same step can never be booked twice.
 */
export const debit = (account: Account, amount: Money): Posting => ({ account, debit: amount })
export const credit = (account: Account, amount: Money): Posting => ({ account, credit: amount })

/** Where money lies that came in by a rail, and goes out by it to `party`: a balance is money of its party's here. */
export function cash(rail: Rail, party: Id<"party">): Account {
  if (rail === "balance") return `buyer_credit:${party}`
  return rail === "card" ? "provider_pending" : "bank"
}

function journal(
  type: string,
  payment: Payment,
  occurredAt: Time,
  postings: Posting[],
  attempt = 1,
): Journal {
  const entry: Journal = {
    ...(payment.nonce === undefined ? {} : { nonce: payment.nonce }),
    // A payout that came back and is made again is another journal of the same payment.
    source: { type, id: attempt === 1 ? payment.id : `${payment.id}:${attempt}` },
    trade: payment.trade,
    occurredAt,
    postings: postings.filter((posting) => !isZero("debit" in posting ? posting.debit : posting.credit)),
  }
  assert(balanced(entry), `${type} of ${payment.id} balances`)
  return entry
}

/** The buyer's money has come, or was here already: it is held for the trade. */
export const heldJournal = (payment: Payment, at: Time): Journal =>
  journal(payment.rail === "balance" ? "payment.prepaid" : "payment.held", payment, at, [
    debit(cash(payment.rail, payment.buyer), payment.amount),
    credit(`held:${payment.trade}`, payment.amount),
  ])

/** What the provider kept of it. */
export const providerFeeJournal = (payment: Payment, fee: Money, at: Time): Journal =>
  journal("payment.providerFee", payment, at, [debit("provider_fees", fee), credit("provider_pending", fee)])

/** Held money is parted: what is released, by its parts, and `refund` back to the buyer. */
export function partedJournal(payment: Payment, release: Parts, refund: Money, at: Time): Journal {
  const held = plus(sumOfParts(release), refund)
  return journal("payment.parted", payment, at, [
    debit(`held:${payment.trade}`, held),
    credit(`seller_payable:${payment.seller}`, release.seller),
    credit("platform_fee", release.fee),
    credit("tax_payable", release.tax),
    credit(`refund_payable:${payment.trade}`, refund),
  ])
}

/** The seller's part has left: transferred by the provider, paid out by the bank, or into the seller's balance. */
export const releasedJournal = (payment: Payment, amount: Money, at: Time): Journal =>
  journal(
    "payment.released",
    payment,
    at,
    [debit(`seller_payable:${payment.seller}`, amount), credit(cash(payment.rail, payment.seller), amount)],
    payment.release?.attempt,
  )

/** The buyer's part has gone back, with what of it they had by a lost chargeback already: the platform bears that. */
export const refundedJournal = (payment: Payment, amount: Money, at: Time, twice: Money): Journal =>
  journal(
    "payment.refunded",
    payment,
    at,
    [
      debit(`refund_payable:${payment.trade}`, amount),
      debit("chargeback_loss", twice),
      credit(cash(legRail(payment, "refund"), payment.buyer), plus(amount, twice)),
    ],
    payment.refund?.attempt,
  )

/** A payout of one of these came back to where it had left from, with the number of its attempt. */
export const returnedLegJournal = (
  payment: Payment,
  kind: "release" | "refund",
  amount: Money,
  attempt: number,
  at: Time,
): Journal =>
  journal(
    `payment.${kind}Returned`,
    payment,
    at,
    [
      debit(cash(legRail(payment, kind), kind === "release" ? payment.seller : payment.buyer), amount),
      credit(
        kind === "release" ? `seller_payable:${payment.seller}` : `refund_payable:${payment.trade}`,
        amount,
      ),
    ],
    attempt,
  )

/** The refund leg came back, and the buyer has so much of it by a lost chargeback that the platform had borne. */
export const offsetLegJournal = (payment: Payment, amount: Money, attempt: number, at: Time): Journal =>
  journal(
    "payment.offset",
    payment,
    at,
    [debit(`refund_payable:${payment.trade}`, amount), credit("chargeback_loss", amount)],
    attempt,
  )

/** What a step of the provider's lines comes to on an account: debits are positive. */
export type SettledSum = { account: Account; currency: Currency; amount: bigint }

/**
 * What a comparison with the provider's book found that no journal had said: each sum against what the provider
 * has. Money is booked to `provider_pending` first and goes to `provider_available` when the provider says so.
 */
export function settledJournal(settlement: Settlement, sums: readonly SettledSum[]): Journal {
  const postings = sums.flatMap(({ account, currency, amount }): Posting[] => {
    const money = makeMoney(amount < 0n ? -amount : amount, currency)
    return amount < 0n
      ? [debit("provider_pending", money), credit(account, money)]
      : [debit(account, money), credit("provider_pending", money)]
  })
  const entry: Journal = {
    nonce: settlement.nonce,
    source: { type: "settlement.booked", id: settlement.id },
    trade: null,
    occurredAt: settlement.at,
    postings,
  }
  assert(balanced(entry), `the journal of ${settlement.id} balances`)
  return entry
}
