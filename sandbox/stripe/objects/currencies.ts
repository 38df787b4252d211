import { refused } from "../http/errors.ts"

/**
 * The currencies that the sandbox charges: decimals of the minor unit, the smallest charge, the fixed part of its
 * fee and the fee of a dispute, all in minor units. The fees are plausible figures (2.9 % and about 0.30 dollars;
 * about 15 dollars a dispute), not a price list.
 */
type Currency = { decimals: 0 | 2 | 3; least: number; fixedFee: number; disputeFee: number }
const currencies: Readonly<Record<string, Currency>> = {
  usd: { decimals: 2, least: 50, fixedFee: 30, disputeFee: 1500 },
  eur: { decimals: 2, least: 50, fixedFee: 30, disputeFee: 1500 },
  gbp: { decimals: 2, least: 30, fixedFee: 30, disputeFee: 1500 },
  cny: { decimals: 2, least: 400, fixedFee: 200, disputeFee: 10500 },
  hkd: { decimals: 2, least: 400, fixedFee: 235, disputeFee: 11500 },
  jpy: { decimals: 0, least: 50, fixedFee: 40, disputeFee: 2200 },
  kwd: { decimals: 3, least: 150, fixedFee: 100, disputeFee: 4600 },
}

const greatestCharge = 99_999_999

/** Throws when the currency is not known or the amount (minor units) cannot be charged in it. */
export function checkCharge(amount: number, currency: string, param: string): void {
  const spec = knownCurrency(currency, param)
  if (amount < spec.least)
    throw refused(
      `The amount must be greater than or equal to the minimum charge amount (${spec.least} ${currency}).`,
      "amount_too_small",
      param,
    )
  if (amount > greatestCharge)
    throw refused("The amount is larger than what can be charged.", "amount_too_large", param)
  if (spec.decimals === 3 && amount % 10 !== 0)
    throw refused("Amounts of three-decimal currencies must end with 0.", "parameter_invalid", param)
}

export function knownCurrency(currency: string, param = "currency") {
  const spec = Object.hasOwn(currencies, currency) ? currencies[currency] : undefined
  if (spec === undefined) throw refused(`Invalid currency: ${currency}`, "parameter_invalid", param)
  return spec
}

/** 2.9 %, rounded half up, and the fixed part. */
export const feeOf = (amount: number, currency: string): number =>
  Math.floor((amount * 29 + 500) / 1000) + knownCurrency(currency).fixedFee

/** `CNY 1,234.50`, for the hosted pages. */
export function writeAmount(amount: number, currency: string, locale: "zh" | "en"): string {
  const { decimals } = knownCurrency(currency)
  const digits = String(amount).padStart(decimals + 1, "0")
  const whole = digits.slice(0, digits.length - decimals)
  const rest = decimals === 0 ? "" : `.${digits.slice(-decimals)}`
  const grouped = new Intl.NumberFormat(locale).format(BigInt(whole))
  return `${currency.toUpperCase()} ${grouped}${rest}`
}
