import { assert } from "./assert.ts"
import { releasedLeft, releasedParts } from "./charges.ts"
import { isZero, type Money, minus, plus, zero } from "./money.ts"
import type { Payment } from "./payment.ts"
import type { Trade } from "./trade.ts"

/** The lines of a statement (结算单), in their order. */
export const statementKeys = [
  "net",
  "tax",
  "gross",
  "refund",
  "fee",
  "taxKept",
  "netted",
  "returned",
  "payout",
] as const
export type StatementKey = (typeof statementKeys)[number]
export type StatementLine = { key: StatementKey; amount: Money }

/** What says nothing where there is none of it. */
const onlyIfAny: ReadonlySet<StatementKey> = new Set(["tax", "refund", "taxKept", "netted", "returned"])

/**
 * What the buyer paid, and where it went: back to the buyer, to the market, to the tax office, and to the seller, less
 * what is kept back for the seller's debts. `returned` is what the seller gives back of a refund that came after the
 * release. All of it sums to what was paid.
 */
export function statementLines(
  trade: Pick<Trade, "price" | "charges">,
  payment: Pick<Payment, "amount" | "release" | "refund" | "fee" | "tax" | "givenBack" | "takenBack"> | null,
): StatementLine[] {
  const none = zero(trade.price.currency)
  const released = (payment && releasedParts(payment)) ?? { seller: none, fee: none, tax: none }
  const kept = (payment && releasedLeft(payment)) ?? released
  const before = plus(payment?.refund?.amount ?? none, payment?.givenBack ?? none)
  const netted = payment?.release?.netted ?? none
  const amounts: Record<StatementKey, Money> = {
    net: trade.charges?.net ?? trade.price,
    tax: trade.charges?.tax ?? none,
    gross: trade.price,
    refund: plus(before, payment?.takenBack?.amount ?? none),
    fee: kept.fee,
    taxKept: kept.tax,
    netted,
    returned: minus(released.seller, kept.seller),
    payout: minus(released.seller, netted),
  }
  if (payment?.release || payment?.refund) {
    const { refund, fee, taxKept, payout, returned } = amounts
    const gone = [refund, fee, taxKept, netted, payout].reduce(plus)
    assert(minus(gone, returned).minor === payment.amount.minor, "a statement's lines sum to what was paid")
  }
  return statementKeys
    .filter((key) => !(onlyIfAny.has(key) && isZero(amounts[key])))
    .filter((key) => !(key === "net" && isZero(amounts.tax)))
    .map((key) => ({ key, amount: amounts[key] }))
}
