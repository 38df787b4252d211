import { assert } from "#contracts/assert.ts"
import type { Parts } from "#contracts/charges.ts"
import type { Debt } from "#contracts/debt.ts"
import { type Account, balanced, type Journal, type Posting, postingMoney } from "#contracts/escrow.ts"
import { isZero, type Money, plus } from "#contracts/money.ts"
import type { Refund } from "#contracts/refund.ts"
import type { Time } from "#contracts/time.ts"
import { cash, credit, debit } from "./book.ts"

/** The book's entries of refunds and of what sellers owe (MONEY §4), one pure function a step. */

/** Journals of refunds and debts have a nonce of their own; a source that can come again carries its version. */
type Own = { nonce: string; trade: string | null }
type Source = { type: string; id: string }

function ownJournal(source: Source, { nonce, trade }: Own, occurredAt: Time, postings: Posting[]): Journal {
  const entry: Journal = {
    nonce,
    source,
    trade,
    occurredAt,
    postings: postings.filter((posting) => !isZero(postingMoney(posting))),
  }
  assert(balanced(entry), `${source.type} of ${source.id} balances`)
  return entry
}

/** A refund is decided: out of the funds still held (`parts` is null), or back from the seller, the fee and the tax. */
export function givenBackJournal(refund: Refund, parts: Parts | null, at: Time): Journal {
  const back = credit(`refund_payable:${refund.trade}`, refund.amount)
  const from =
    parts === null
      ? [debit(`held:${refund.trade}`, refund.amount)]
      : [
          debit(`seller_receivable:${refund.seller}`, parts.seller),
          debit("platform_fee", parts.fee),
          debit("tax_payable", parts.tax),
        ]
  return ownJournal({ type: "payment.givenBack", id: refund.id }, refund, at, [...from, back])
}

/** The refund has reached the buyer, with what of it they had by a lost chargeback already: the platform bears that. */
export const repaidJournal = (refund: Refund, at: Time, twice: Money): Journal =>
  ownJournal({ type: "refund.repaid", id: `${refund.id}:${refund.version}` }, refund, at, [
    debit(`refund_payable:${refund.trade}`, refund.amount),
    debit("chargeback_loss", twice),
    credit(cash(refund.rail, refund.buyer), plus(refund.amount, twice)),
  ])

/** The refund came back from the buyer's account. */
export const returnedJournal = (refund: Refund, at: Time): Journal =>
  ownJournal({ type: "refund.returned", id: `${refund.id}:${refund.version}` }, refund, at, [
    debit(cash(refund.rail, refund.buyer), refund.amount),
    credit(`refund_payable:${refund.trade}`, refund.amount),
  ])

/**
 * A debt becomes less: taken back at the provider or out of the seller's balance, kept back from a release, repaid by
 * bank, or given up.
 */
export type DebtWay = "reversed" | "takenBack" | "netted" | "repaid" | "writtenOff"

export function debtJournal(debt: Debt, way: DebtWay, amount: Money, at: Time): Journal {
  const from = {
    reversed: cash("card", debt.seller),
    takenBack: cash("balance", debt.seller),
    netted: `seller_payable:${debt.seller}`,
    repaid: "bank",
    writtenOff: "bad_debt",
  } as const satisfies Record<DebtWay, Account>
  return ownJournal({ type: `debt.${way}`, id: `${debt.id}:${debt.version}` }, debt, at, [
    debit(from[way], amount),
    credit(`seller_receivable:${debt.seller}`, amount),
  ])
}

/** The refund came back, and the buyer has so much of it by a lost chargeback that the platform had borne. */
export const offsetJournal = (refund: Refund, amount: Money, at: Time): Journal =>
  ownJournal({ type: "refund.offset", id: `${refund.id}:${refund.version}` }, refund, at, [
    debit(`refund_payable:${refund.trade}`, amount),
    credit("chargeback_loss", amount),
  ])
