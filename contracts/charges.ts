import { assert } from "./assert.ts"
import { type FeeTerms, feeOn } from "./fees.ts"
import { compareMoney, type Money, minorOf, minus, plus, share, split, zero } from "./money.ts"
import type { Payment } from "./payment.ts"
import { type Tax, totalOf } from "./tax.ts"
import type { Trade } from "./trade.ts"

/** Tax and fee of one trade, as it was proposed. Net and tax sum to its price; the fee is a part of the net. */
export type Charges = Tax & { fee: Money; feeTerms: FeeTerms }

export const chargesOf = (tax: Tax, terms: FeeTerms): Charges => ({
  ...tax,
  fee: feeOn(tax.net, terms),
  feeTerms: terms,
})

/** To whom an amount goes that leaves the held funds for the seller; the three sum to it. */
export type Parts = { seller: Money; fee: Money; tax: Money }

export const sumOfParts = ({ seller, fee, tax }: Parts): Money => plus(plus(seller, fee), tax)

/**
 * The parts of a part, in the ratio of the whole, by the largest remainder. No part is larger than that of the whole,
 * and of the whole amount they are its own: so what was taken one after the other from what was left
 * (`partsLeft`) sums to the first whole, part by part.
 */
export function partsOf(whole: Parts, amount: Money): Parts {
  const total = sumOfParts(whole)
  assert(compareMoney(amount, total) <= 0, "a part is not larger than the whole")
  const none = zero(total.currency)
  if (minorOf(total) === 0n) return { seller: none, fee: none, tax: none }
  const weights = [whole.seller, whole.fee, whole.tax].map(({ minor }) => Number(minor))
  const [seller = none, fee = none, tax = none] = split(amount, weights)
  return { seller, fee, tax }
}

/** What is left of the parts once others were taken from them. */
export const partsLeft = (whole: Parts, taken: Parts): Parts => ({
  seller: minus(whole.seller, taken.seller),
  fee: minus(whole.fee, taken.fee),
  tax: minus(whole.tax, taken.tax),
})

/** The parts of what of a trade's price is released. Trades from before `charges` have a percentage and no tax. */
export function partsOfRelease(
  trade: Pick<Trade, "price" | "feeBasisPoints" | "charges">,
  release: Money,
): Parts {
  const { charges } = trade
  if (charges === undefined) {
    const fee = share(release, trade.feeBasisPoints)
    return { seller: minus(release, fee), fee, tax: zero(release.currency) }
  }
  assert(compareMoney(totalOf(charges), trade.price) === 0, "net and tax are the price")
  const { fee, tax } = charges
  return partsOf({ seller: minus(charges.net, fee), fee, tax }, release)
}

const partsWith = (amount: Money, fee: Money | null, tax: Money | undefined): Parts => {
  const none = zero(amount.currency)
  const parts = { fee: fee ?? none, tax: tax ?? none }
  return { seller: minus(minus(amount, parts.fee), parts.tax), ...parts }
}

/** The parts of a payment's release, once they were decided; null where nothing was released. */
export const releasedParts = (payment: Pick<Payment, "release" | "fee" | "tax">): Parts | null =>
  payment.release && partsWith(payment.release.amount, payment.fee, payment.tax)

/** What of a release has not been refunded since; of a further refund the parts are `partsOf` it. */
export function releasedLeft(payment: Pick<Payment, "release" | "fee" | "tax" | "takenBack">): Parts | null {
  const released = releasedParts(payment)
  const { takenBack } = payment
  if (released === null || takenBack === undefined) return released
  return partsLeft(released, partsWith(takenBack.amount, takenBack.fee, takenBack.tax))
}
