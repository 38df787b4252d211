import fc from "fast-check"
import { expect, it } from "vitest"
import { partsOf, partsOfRelease, releasedParts } from "./charges.ts"
import { type Money, makeMoney, minorOf, zero } from "./money.ts"
import { type StatementKey, statementLines } from "./statement.ts"

const yuan = (minor: bigint): Money => makeMoney(minor, "CNY")
const terms = {
  treatment: "charged" as const,
  basisPoints: 1_300,
  feeTerms: {
    schedule: 1,
    class: "standard" as const,
    basisPoints: 1_000,
    fixed: yuan(0n),
    minimum: yuan(0n),
    capBasisPoints: null,
  },
}

it("sums to what was paid, whatever was given back before, parted, kept back for debts and refunded after", () => {
  const share = fc.bigInt({ min: 0n, max: 1_000n })
  const part = (of: bigint, thousandths: bigint) => (of * thousandths) / 1_000n
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 9n }),
      share,
      share,
      share,
      share,
      (price, before, released, back, kept) => {
        const tax = part(price, 115n)
        const net = price - tax
        const trade = {
          price: yuan(price),
          feeBasisPoints: 1_000,
          charges: { ...terms, net: yuan(net), tax: yuan(tax), fee: yuan(part(net, 100n)) },
        }
        const givenBack = part(price, before)
        const release = part(price - givenBack, released)
        const parts = partsOfRelease(trade, yuan(release))
        const leg = { amount: yuan(release), state: "done" as const, reference: null }
        const netted = yuan(part(minorOf(parts.seller), kept))
        const payment = {
          amount: yuan(price),
          fee: parts.fee,
          tax: parts.tax,
          release: { ...leg, netted },
          refund: { ...leg, amount: yuan(price - givenBack - release) },
          givenBack: yuan(givenBack),
        }
        const amount = yuan(part(release, back))
        const { fee, tax: taxBack } = partsOf(releasedParts(payment) ?? parts, amount)
        const lines = statementLines(trade, { ...payment, takenBack: { amount, fee, tax: taxBack } })
        const of = (key: StatementKey) =>
          minorOf(lines.find((line) => line.key === key)?.amount ?? zero("CNY"))
        const gone = (["refund", "fee", "taxKept", "netted", "payout"] as const).reduce(
          (sum, key) => sum + of(key),
          0n,
        )
        expect(gone - of("returned")).toBe(price)
        expect(of("gross")).toBe(price)
      },
    ),
  )
})

it("of a trade from before tax and fees were kept says a price, a fee and what the seller got", () => {
  const leg = { amount: yuan(19_900n), state: "done" as const, reference: null }
  const lines = statementLines(
    { price: yuan(19_900n) },
    { amount: yuan(19_900n), release: leg, refund: null, fee: yuan(1_990n) },
  )
  expect(lines.map(({ key, amount }) => [key, amount.minor])).toEqual([
    ["gross", "19900"],
    ["fee", "1990"],
    ["payout", "17910"],
  ])
})
