import { feeSchedule, type PartyClass, partyClasses } from "#contracts/fees.ts"
import type { Currency, Money } from "#contracts/money.ts"
import type { Terms } from "./fair.ts"

/**
 * What the lanes sell, from which country to which, and what the market takes of it. Which of these a lane has comes
 * from its number, so that all of them are there in each run and cost no steps of their own.
 */

/** The market's price list: a part of the price, and for some currencies more or at least so much. */
export const schedule = feeSchedule.parse({
  version: 1,
  standard: {
    basisPoints: 1_000,
    fixed: { CNY: "100", KWD: "10", EUR: "33" },
    minimum: { JPY: "100", HKD: "5001" },
  },
  small: { basisPoints: 250 },
  publicBody: { basisPoints: 400, fixed: { HKD: "200" }, minimum: { EUR: "500", USD: "4999" } },
})

/** The same, as the model says it: in basis points and minor units. */
const asked: Record<PartyClass, Record<"fixed" | "least", Partial<Record<Currency, number>>>> = {
  standard: { fixed: { CNY: 100, KWD: 10, EUR: 33 }, least: { JPY: 100, HKD: 5_001 } },
  small: { fixed: {}, least: {} },
  publicBody: { fixed: { HKD: 200 }, least: { EUR: 500, USD: 4_999 } },
}
const rates = { standard: 1_000, small: 250, publicBody: 400 } as const

export const feeAsked = (of: PartyClass, { currency }: Money, cap: number | null): Terms["fee"] => ({
  basisPoints: rates[of],
  fixed: asked[of].fixed[currency] ?? 0,
  least: asked[of].least[currency] ?? 0,
  cap,
})

export type PlanTerms = {
  price: Money
  more?: { approval?: boolean; seats?: number }
  tax?: NonNullable<Terms["tax"]>
  /** The most that the authorisation of public data lets the market take, in basis points of the price without tax. */
  cap?: number
}

const plans: readonly PlanTerms[][] = [
  [
    { price: { minor: "19900", currency: "CNY" }, tax: { basisPoints: 600, included: true } },
    { price: { minor: "100005", currency: "USD" }, more: { approval: true } },
    { price: { minor: "777", currency: "JPY" }, more: { seats: 2 } },
    { price: { minor: "12340", currency: "KWD" }, tax: { basisPoints: 500, included: false } },
  ],
  [
    { price: { minor: "99999", currency: "EUR" }, tax: { basisPoints: 1_900, included: false } },
    { price: { minor: "40001", currency: "HKD" } },
    { price: { minor: "5005", currency: "CNY" }, tax: { basisPoints: 1_300, included: true }, cap: 300 },
    {
      price: { minor: "12345", currency: "EUR" },
      more: { seats: 2 },
      tax: { basisPoints: 700, included: true },
      cap: 333,
    },
  ],
]

const sides = [
  { seller: "CN", buyer: "CN" },
  { seller: "DE", buyer: "FR" },
  { seller: "DE", buyer: "DE" },
  { seller: "CN", buyer: "DE" },
] as const

/** Two sets of plans, three classes of sellers and four pairs of countries: 24 lanes have each of them once. */
export const termsOfLane = (number: number) => ({
  plans: plans[number % 2] ?? [],
  class: partyClasses[Math.floor(number / 2) % 3] ?? "standard",
  countries: sides[Math.floor(number / 6) % 4] ?? sides[0],
})

/** Between companies of two countries of the European Union the buyer owes the tax at home. */
export const reversed = ({ seller, buyer }: (typeof sides)[number]): boolean =>
  seller === "DE" && buyer === "FR"
