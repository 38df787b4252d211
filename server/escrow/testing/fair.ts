import type { Money } from "#contracts/money.ts"

/** What a plan and the market's price list ask, in the model's own words: in basis points and minor units. */
export type Terms = {
  listed: Money
  tax: { basisPoints: number; included: boolean } | null
  /** The buyer owes the tax in its own country: none is charged. */
  reversed: boolean
  fee: { basisPoints: number; fixed: number; least: number; cap: number | null }
}

/** Who gets what of a price; the three sum to what the buyer pays. */
export type Fair = { total: bigint; seller: bigint; fee: bigint; tax: bigint; step: bigint }

/** Rounded half to even: written once more, so that the market's reckoning has a second opinion. */
function roundHalfEven(numerator: bigint, denominator: bigint): bigint {
  const [down, rest] = [numerator / denominator, numerator % denominator]
  if (2n * rest === denominator) return down % 2n === 0n ? down : down + 1n
  return 2n * rest > denominator ? down + 1n : down
}

export function fairOf({ listed, tax, reversed, fee }: Terms): Fair {
  const [price, step] = [BigInt(listed.minor), listed.currency === "KWD" ? 10n : 1n]
  const rate = BigInt(tax?.basisPoints ?? 0)
  const part = (of: bigint, ours: bigint, whole: bigint) => roundHalfEven(of * ours, whole * step) * step
  const within = tax?.included ? part(price, rate, 10_000n + rate) : 0n
  const net = price - within
  const taxed = reversed ? 0n : tax?.included ? within : part(net, rate, 10_000n)
  const asked = part(net, BigInt(fee.basisPoints), 10_000n) + BigInt(fee.fixed)
  const raised = asked < BigInt(fee.least) ? BigInt(fee.least) : asked
  const cap = fee.cap === null ? net : part(net, BigInt(fee.cap), 10_000n)
  const most = cap > net ? net : cap
  const taken = raised > most ? most : raised
  return { total: net + taxed, seller: net - taken, fee: taken, tax: taxed, step }
}

/**
 * What of a part of the price is whose: each gets the whole of their part, and the largest rests a step more.
 */
export function partsOf(
  amount: bigint,
  { total, seller, fee, tax, step }: Fair,
): Record<"seller" | "fee" | "tax", bigint> {
  const shares = [seller, fee, tax].map((share, i) => {
    const exact = (amount / step) * share
    return { i, down: exact / total, rest: exact % total }
  })
  const left = Number(amount / step - shares.reduce((sum, { down }) => sum + down, 0n))
  const first = shares
    .toSorted((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1))
    .slice(0, left)
  const [ofSeller = 0n, ofMarket = 0n, ofState = 0n] = shares.map(
    ({ i, down }) => (down + (first.some((one) => one.i === i) ? 1n : 0n)) * step,
  )
  return { seller: ofSeller, fee: ofMarket, tax: ofState }
}
