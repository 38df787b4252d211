import { z } from "zod"
import {
  type Currency,
  compareMoney,
  currency,
  type Money,
  makeMoney,
  minorOf,
  movableMoney,
  plus,
  share,
  zero,
} from "./money.ts"

/** What a market asks of sellers: one rate for everybody, and others for those that its operator has classed. */
export const partyClasses = ["standard", "small", "publicBody"] as const
export type PartyClass = (typeof partyClasses)[number]

const perCurrency = z
  .partialRecord(currency, z.string())
  .refine(
    (amounts) =>
      Object.entries(amounts).every(
        ([code, minor]) => movableMoney.safeParse({ minor, currency: code }).success,
      ),
    { message: "an amount that no rail can move" },
  )

/** A percentage of the price without tax, and for each currency a fixed part and the least that is taken. */
const feeRate = z.strictObject({
  basisPoints: z.int().min(0).max(10_000),
  fixed: perCurrency.default({}),
  minimum: perCurrency.default({}),
})
export type FeeRate = z.infer<typeof feeRate>

/** The market's price list, in its configuration. A change is a new version; trades keep what they were proposed with. */
export const feeSchedule = z.strictObject({
  version: z.int().min(1),
  standard: feeRate,
  small: feeRate.optional(),
  publicBody: feeRate.optional(),
})
export type FeeSchedule = z.infer<typeof feeSchedule>

/** The schedule of a market that has said no more than a percentage. */
export const plainSchedule = (basisPoints: number): FeeSchedule =>
  feeSchedule.parse({ version: 1, standard: { basisPoints } })

/** What the fee of one trade is reckoned by. */
export type FeeTerms = {
  schedule: number
  class: PartyClass
  basisPoints: number
  fixed: Money
  minimum: Money
  /** The most that may be taken, of the price without tax: from the authorisation under which public data are operated. */
  capBasisPoints: number | null
}

export function feeTerms(
  schedule: FeeSchedule,
  partyClass: PartyClass,
  code: Currency,
  capBasisPoints: number | null,
): FeeTerms {
  const rate = schedule[partyClass] ?? schedule.standard
  const amount = (amounts: FeeRate["fixed"]): Money => makeMoney(BigInt(amounts[code] ?? "0"), code)
  return {
    schedule: schedule.version,
    class: schedule[partyClass] ? partyClass : "standard",
    basisPoints: rate.basisPoints,
    fixed: amount(rate.fixed),
    minimum: amount(rate.minimum),
    capBasisPoints,
  }
}

const smaller = (a: Money, b: Money): Money => (compareMoney(a, b) <= 0 ? a : b)
const larger = (a: Money, b: Money): Money => (compareMoney(a, b) >= 0 ? a : b)

/** The fee on a price without tax: rounded half to even once; a cap goes before a minimum, and none exceeds the price. */
export function feeOn(net: Money, terms: FeeTerms): Money {
  if (minorOf(net) === 0n) return zero(net.currency)
  const asked = larger(plus(share(net, terms.basisPoints), terms.fixed), terms.minimum)
  const allowed = terms.capBasisPoints === null ? asked : smaller(asked, share(net, terms.capBasisPoints))
  return smaller(allowed, net)
}
