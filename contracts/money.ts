import { z } from "zod"
import { assert } from "./assert.ts"

/**
 * Money is a whole number of the currency's minor unit as a decimal string, with the currency beside it:
 * `{ minor: "12345", currency: "CNY" }` is 123.45 yuan. One form in rows, leaves and on the wire; arithmetic
 * is bigint. Never a float, never `* 100`.
 */
export const currencies = {
  CNY: { decimals: 2, step: 1 },
  USD: { decimals: 2, step: 1 },
  EUR: { decimals: 2, step: 1 },
  HKD: { decimals: 2, step: 1 },
  JPY: { decimals: 0, step: 1 },
  /** Card networks carry two of its three decimals: an amount that moves ends in 0. */
  KWD: { decimals: 3, step: 10 },
} as const satisfies Record<string, { decimals: 0 | 2 | 3; step: number }>

export type Currency = keyof typeof currencies

export type Money = { minor: string; currency: Currency }

export const currency = z.enum(Object.keys(currencies) as [Currency, ...Currency[]])

const minorForm = /^(0|[1-9]\d{0,14})$/

/** Up to 15 digits, so that every sum of a market fits a PostgreSQL bigint. No sign: amounts are not negative. */
export const money = z.strictObject({
  minor: z.string().regex(minorForm),
  currency,
})

export const isCurrency = (text: string): text is Currency => Object.hasOwn(currencies, text)

/** What `money` says, without zod: of a book there are millions of rows. */
export const isMoney = (amount: { minor: string; currency: string }): amount is Money =>
  isCurrency(amount.currency) && minorForm.test(amount.minor)

export const makeMoney = (minor: bigint, code: Currency): Money => {
  assert(minor >= 0n, "money is not negative")
  return { minor: minor.toString(), currency: code }
}

export const zero = (code: Currency): Money => ({ minor: "0", currency: code })

export const minorOf = (amount: Money): bigint => BigInt(amount.minor)

export const isZero = (amount: Money): boolean => amount.minor === "0"

function same(a: Money, b: Money): Currency {
  assert(a.currency === b.currency, `currencies differ: ${a.currency} and ${b.currency}`)
  return a.currency
}

export const plus = (a: Money, b: Money): Money => makeMoney(minorOf(a) + minorOf(b), same(a, b))

/** Throws when b is larger: whoever subtracts has compared first. */
export const minus = (a: Money, b: Money): Money => makeMoney(minorOf(a) - minorOf(b), same(a, b))

/** −1, 0 or 1. */
export function compareMoney(a: Money, b: Money): -1 | 0 | 1 {
  same(a, b)
  const [x, y] = [minorOf(a), minorOf(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

/** Whether every rail can move the amount: a whole number of the currency's smallest step. */
export const movable = (amount: Money): boolean =>
  minorOf(amount) % BigInt(currencies[amount.currency].step) === 0n

/** An amount that somebody is to pay or to be paid. */
export const movableMoney = money.refine((amount) => isMoney(amount) && movable(amount), {
  message: "an amount that no rail can move",
})

/** The amount times a fraction of whole numbers, rounded half to even once, to the currency's smallest step. */
export function fraction(amount: Money, numerator: number, denominator: number): Money {
  assert(Number.isSafeInteger(numerator) && numerator >= 0, "the numerator is whole")
  assert(Number.isSafeInteger(denominator) && denominator > 0, "the denominator is positive")
  const step = BigInt(currencies[amount.currency].step)
  const product = minorOf(amount) * BigInt(numerator)
  const unit = BigInt(denominator) * step
  const [quotient, rest] = [product / unit, product % unit]
  const up = 2n * rest > unit || (2n * rest === unit && quotient % 2n === 1n)
  return makeMoney((up ? quotient + 1n : quotient) * step, amount.currency)
}

/** `basisPoints` of 10,000, rounded half to even once. */
export function share(amount: Money, basisPoints: number): Money {
  assert(
    Number.isInteger(basisPoints) && basisPoints >= 0 && basisPoints <= 10_000,
    "0 to 10,000 basis points",
  )
  return fraction(amount, basisPoints, 10_000)
}

/**
 * Splits by weights with the largest remainder; ties go to the earlier part. The parts sum to the whole, and each is
 * a whole number of the currency's smallest step where the amount is one.
 */
export function split(amount: Money, weights: readonly number[]): Money[] {
  assert(weights.length > 0 && weights.every((w) => Number.isSafeInteger(w) && w >= 0), "weights are whole")
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  assert(total > 0n, "some weight is positive")
  const step = movable(amount) ? BigInt(currencies[amount.currency].step) : 1n
  const whole = minorOf(amount) / step
  const parts = weights.map((weight) => (whole * BigInt(weight)) / total)
  const remainders = weights.map((weight, i) => ({ i, rest: (whole * BigInt(weight)) % total }))
  remainders.sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1))
  const left = Number(whole - parts.reduce((sum, part) => sum + part, 0n))
  for (const { i } of remainders.slice(0, left)) parts[i] = (parts[i] ?? 0n) + 1n
  assert(parts.reduce((sum, part) => sum + part, 0n) === whole, "the parts sum to the whole")
  return parts.map((part) => makeMoney(part * step, amount.currency))
}

/**
 * What a person typed ("199.5", "1,000.00") as money, or null when it is not a non-negative amount with at most
 * the currency's decimals.
 */
export function parseMoney(text: string, code: Currency): Money | null {
  const match = /^(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d+))?$/.exec(text.trim())
  if (!match) return null
  const { decimals } = currencies[code]
  const fraction = match[2] ?? ""
  if (fraction.length > decimals) return null
  const digits = (match[1] ?? "").replaceAll(",", "") + fraction.padEnd(decimals, "0")
  const minor = BigInt(digits)
  return minor.toString().length > 15 ? null : makeMoney(minor, code)
}

/** "123.45": plain decimal digits for files and statements; pages group digits by locale. */
export function decimal(amount: Money): string {
  const { decimals } = currencies[amount.currency]
  if (decimals === 0) return amount.minor
  const digits = amount.minor.padStart(decimals + 1, "0")
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
