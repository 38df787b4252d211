import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { chargesOf, type Parts, partsLeft, partsOf, partsOfRelease, sumOfParts } from "./charges.ts"
import { type FeeSchedule, feeOn, feeSchedule, feeTerms, type partyClasses, plainSchedule } from "./fees.ts"
import { type Currency, compareMoney, currencies, makeMoney, minorOf, movable, zero } from "./money.ts"
import { reversesCharge, type Taxed, taxOn, totalOf } from "./tax.ts"

const germany: Taxed = { country: "DE", identifierKind: "vat" }
const france: Taxed = { country: "FR", identifierKind: "vat" }
const china: Taxed = { country: "CN", identifierKind: "creditCode" }
const codes = Object.keys(currencies) as Currency[]
const stepOf = (code: Currency) => BigInt(currencies[code].step)

const somePrice = fc
  .tuple(fc.constantFrom(...codes), fc.bigInt({ min: 1n, max: 10n ** 12n }))
  .map(([code, units]) => makeMoney(units * stepOf(code), code))
const someTax = fc.record({ basisPoints: fc.integer({ min: 0, max: 5_000 }), included: fc.boolean() })
const somebody = fc.constantFrom(germany, france, china)
const someTerms = (code: Currency) =>
  fc
    .record({
      basisPoints: fc.integer({ min: 0, max: 10_000 }),
      fixed: fc.bigInt({ min: 0n, max: 10_000n }),
      minimum: fc.bigInt({ min: 0n, max: 100_000n }),
      capBasisPoints: fc.option(fc.integer({ min: 0, max: 10_000 })),
    })
    .map(({ fixed, minimum, ...terms }) => ({
      ...terms,
      schedule: 1,
      class: "standard" as const,
      fixed: makeMoney(fixed * stepOf(code), code),
      minimum: makeMoney(minimum * stepOf(code), code),
    }))
const someCharges = somePrice.chain((price) =>
  fc.record({
    price: fc.constant(price),
    plan: fc.option(someTax, { nil: undefined }),
    seller: somebody,
    buyer: somebody,
    terms: someTerms(price.currency),
  }),
)

const yuan = (minor: number) => makeMoney(BigInt(minor), "CNY")

describe("tax", () => {
  it("is taken out of a price with tax and added to one without, half to even", () => {
    expect(taxOn(yuan(11_300), { basisPoints: 1_300, included: true }, china, china)).toEqual({
      treatment: "charged",
      basisPoints: 1_300,
      net: yuan(10_000),
      tax: yuan(1_300),
    })
    const added = taxOn(makeMoney(10_000n, "EUR"), { basisPoints: 1_900, included: false }, germany, germany)
    expect(totalOf(added)).toEqual(makeMoney(11_900n, "EUR"))
    // 2.5 and 3.5 minor units.
    expect(taxOn(yuan(50), { basisPoints: 500, included: false }, china, china).tax).toEqual(yuan(2))
    expect(taxOn(yuan(70), { basisPoints: 500, included: false }, china, china).tax).toEqual(yuan(4))
  })

  it("has no decimals in yen, and in Kuwaiti dinars only what card networks carry", () => {
    const yen = taxOn(makeMoney(999n, "JPY"), { basisPoints: 1_000, included: true }, china, china)
    expect([yen.net.minor, yen.tax.minor]).toEqual(["908", "91"])
    const dinar = taxOn(makeMoney(12_340n, "KWD"), { basisPoints: 500, included: false }, china, china)
    expect(dinar.tax.minor).toBe("620")
  })

  it("is the buyer's between companies of two countries of the Union, and of these alone", () => {
    const tax = { basisPoints: 1_900, included: true }
    expect(taxOn(makeMoney(11_900n, "EUR"), tax, germany, france)).toEqual({
      treatment: "reverseCharge",
      basisPoints: 0,
      net: makeMoney(10_000n, "EUR"),
      tax: zero("EUR"),
    })
    const kingdom: Taxed = { country: "GB", identifierKind: "vat" }
    for (const [seller, buyer] of [
      [germany, germany],
      [germany, china],
      [china, germany],
      [germany, kingdom],
      [kingdom, germany],
    ] as const)
      expect(reversesCharge(seller, buyer)).toBe(false)
  })
})

describe("the fee", () => {
  const schedule: FeeSchedule = feeSchedule.parse({
    version: 3,
    standard: { basisPoints: 1_000, fixed: { CNY: "100" }, minimum: { CNY: "500" } },
    small: { basisPoints: 500 },
  })
  const fee = (net: number, of: (typeof partyClasses)[number], cap: number | null = null) =>
    feeOn(yuan(net), feeTerms(schedule, of, "CNY", cap)).minor

  it("is a percentage and a fixed part, at least the minimum, at most the cap and the price", () => {
    expect(fee(10_000, "standard")).toBe("1100")
    expect(fee(1_000, "standard")).toBe("500")
    expect(fee(300, "standard")).toBe("300")
    expect(fee(10_000, "small")).toBe("500")
    expect(fee(10_000, "publicBody")).toBe("1100")
    expect(fee(10_000, "standard", 300)).toBe("300")
    expect(fee(1_000, "standard", 300)).toBe("30")
    expect(fee(0, "standard")).toBe("0")
  })

  it("is read strictly", () => {
    const read = (change: object) =>
      feeSchedule.safeParse({ version: 1, standard: { basisPoints: 1_000, ...change } }).success
    expect(read({})).toBe(true)
    for (const change of [
      { basisPoints: 10_001 },
      { basisPoints: 0.5 },
      { fixed: { XXX: "1" } },
      { fixed: { CNY: "-1" } },
      { minimum: { KWD: "105" } },
      { more: 1 },
    ])
      expect(read(change)).toBe(false)
  })
})

describe("the parts of a price", () => {
  it("sum to it whatever its tax and its fee, and are never negative", () => {
    fc.assert(
      fc.property(someCharges, ({ price, plan, seller, buyer, terms }) => {
        const charges = chargesOf(taxOn(price, plan, seller, buyer), terms)
        const total = totalOf(charges)
        if (plan?.included && charges.treatment === "charged") expect(total).toEqual(price)
        const parts = partsOfRelease({ price: total, feeBasisPoints: 0, charges }, total)
        expect(parts.fee).toEqual(charges.fee)
        expect(parts.tax).toEqual(charges.tax)
        expect(sumOfParts(parts)).toEqual(total)
        for (const part of [parts.seller, parts.fee, parts.tax]) expect(movable(part)).toBe(true)
      }),
    )
  })

  it("taken away bit by bit, in any order and of any size, sum to the whole part by part", () => {
    const bits = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(someCharges, bits, ({ price, plan, seller, buyer, terms }, weights) => {
        const charges = chargesOf(taxOn(price, plan, seller, buyer), terms)
        const total = totalOf(charges)
        const whole = partsOfRelease({ price: total, feeBasisPoints: 0, charges }, total)
        let left: Parts = whole
        for (const weight of [...weights, 1_000]) {
          const rest = sumOfParts(left)
          const step = stepOf(rest.currency)
          const bit = makeMoney((((minorOf(rest) / step) * BigInt(weight)) / 1_000n) * step, rest.currency)
          const taken = partsOf(left, bit)
          expect(sumOfParts(taken)).toEqual(bit)
          for (const name of ["seller", "fee", "tax"] as const) {
            expect(compareMoney(taken[name], left[name])).toBeLessThanOrEqual(0)
            expect(movable(taken[name])).toBe(true)
          }
          left = partsLeft(left, taken)
        }
        expect(left).toEqual({
          seller: zero(total.currency),
          fee: zero(total.currency),
          tax: zero(total.currency),
        })
      }),
    )
  })

  it("of a trade from before there were charges are a percentage", () => {
    const old = { price: yuan(19_950), feeBasisPoints: 1_000 }
    expect(partsOfRelease(old, yuan(19_950))).toEqual({
      seller: yuan(17_955),
      fee: yuan(1_995),
      tax: yuan(0),
    })
    expect(partsOfRelease(old, yuan(25))).toEqual({ seller: yuan(23), fee: yuan(2), tax: yuan(0) })
    expect(feeOn(yuan(19_950), feeTerms(plainSchedule(1_000), "standard", "CNY", null))).toEqual(yuan(1_995))
  })
})
