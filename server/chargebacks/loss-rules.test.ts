import fc from "fast-check"
import { expect, test } from "vitest"
import { releasedLeft, sumOfParts } from "#contracts/charges.ts"
import { makeMoney, minorOf, zero } from "#contracts/money.ts"
import { heldLeft, type Leg, type Payment } from "#contracts/payment.ts"
import { legAmount } from "../payments/rules.ts"
import { splitLoss } from "./loss-rules.ts"

/** Where a lost chargeback's money comes from, for payments of every kind. */
const yuan = (minor: number) => makeMoney(BigInt(minor), "CNY")
const leg = (minor: number, state: Leg["state"]): Leg | null =>
  minor === 0 ? null : { amount: yuan(minor), state, reference: state === "done" ? "tr_1" : null }

function paymentOf(parts: Partial<Payment>): Payment {
  return {
    id: "pay_1",
    version: 3,
    state: "held",
    trade: "trd_1",
    buyer: "pty_b",
    seller: "pty_s",
    rail: "card",
    amount: yuan(10_000),
    fee: null,
    release: null,
    refund: null,
    reference: "QH1",
    charge: "ch_1",
    failure: null,
    nonce: "00",
    startedAt: "2026-11-01T00:00:00.000Z",
    updatedAt: "2026-11-01T00:00:00.000Z",
    ...parts,
  } as Payment
}

const parted = (release: number, refund: number, releaseState: Leg["state"], refundState: Leg["state"]) =>
  paymentOf({
    state: "parting",
    release: leg(release, releaseState),
    refund: leg(refund, refundState),
    fee: yuan(Math.floor(release / 10)),
    tax: zero("CNY"),
  })

const told = (payment: Payment, minor: number) => {
  const { loss } = splitLoss(payment, yuan(minor))
  return Object.fromEntries(
    Object.entries(loss)
      .filter(([, { minor }]) => minor !== "0")
      .map(([name, { minor }]) => [name, Number(minor)]),
  )
}

test.each<[string, Payment, number, Record<string, number>]>([
  ["held, all", paymentOf({}), 10_000, { held: 10_000 }],
  ["held, a part", paymentOf({}), 4_000, { held: 4_000 }],
  [
    "held, more than a refund left",
    paymentOf({ givenBack: yuan(7_000) }),
    10_000,
    { held: 3_000, loss: 7_000 },
  ],
  ["release not sent", parted(10_000, 0, "pending", "pending"), 10_000, { payable: 9_000, fee: 1_000 }],
  ["release sent", parted(10_000, 0, "done", "pending"), 10_000, { owed: 9_000, fee: 1_000 }],
  [
    "half each, none sent",
    parted(5_000, 5_000, "pending", "pending"),
    10_000,
    { refund: 5_000, payable: 4_500, fee: 500 },
  ],
  [
    "half each, the refund is what the bank took",
    parted(5_000, 5_000, "pending", "pending"),
    5_000,
    { refund: 5_000 },
  ],
  [
    "half each, both sent",
    parted(5_000, 5_000, "done", "done"),
    10_000,
    { owed: 4_500, fee: 500, loss: 5_000 },
  ],
  ["all refunded before", parted(0, 10_000, "pending", "done"), 10_000, { loss: 10_000 }],
])("%s", (_, payment, minor, expected) => {
  expect(told(payment, minor)).toEqual(expected)
})

test("a part kept back for a debt is owed again where the release no longer covers it", () => {
  const payment = parted(10_000, 0, "pending", "pending")
  const netted = { ...payment, release: { ...(payment.release as Leg), netted: yuan(6_000) } }
  const { loss, left } = splitLoss(netted, yuan(8_000))
  expect([loss.payable.minor, loss.owed.minor, loss.fee.minor]).toEqual(["3000", "4200", "800"])
  expect(left.release).toMatchObject({ netted: yuan(1_800), state: "done", reference: null })
})

test.each<[number, number, Leg["state"]]>([
  [6_000, 1_000, "pending"],
  [6_000, 3_332, "pending"],
  [6_000, 3_333, "done"],
  [8_998, 1, "pending"],
  [8_999, 1, "done"],
])(
  "with %s kept back, a loss of %s leaves a leg that is %s: no call is made for nothing",
  (kept, lost, state) => {
    const payment = parted(10_000, 0, "pending", "pending")
    const netted = { ...payment, release: { ...(payment.release as Leg), netted: yuan(kept) } }
    const after = { ...netted, ...splitLoss(netted, yuan(lost)).left }
    expect(after.release?.state).toBe(state)
    expect(minorOf(legAmount(after, "release")) === 0n).toBe(state === "done")
  },
)

test("whatever the payment, the parts sum to the amount and nothing left is below zero", () => {
  const state = fc.constantFrom<Leg["state"]>("pending", "done")
  const payment = fc.oneof(
    fc.integer({ min: 0, max: 10_000 }).map((given) => paymentOf({ givenBack: yuan(given) })),
    fc
      .tuple(fc.integer({ min: 0, max: 10_000 }), state, state, fc.integer({ min: 0, max: 10_000 }))
      .map(([release, one, other, back]) => {
        const made = parted(release, 10_000 - release, one, other)
        const taken = Math.min(back, release)
        const fee = Math.floor((taken * Math.floor(release / 10)) / Math.max(release, 1))
        return one === "done" && release > 0
          ? { ...made, takenBack: { amount: yuan(taken), fee: yuan(fee), tax: zero("CNY") } }
          : made
      }),
  )
  fc.assert(
    fc.property(payment, fc.integer({ min: 1, max: 10_000 }), (before, minor) => {
      const { loss, left } = splitLoss(before, yuan(minor))
      const sum = Object.values(loss).reduce((total, part) => total + minorOf(part), 0n)
      expect(sum).toBe(BigInt(minor))
      const after = { ...before, ...left }
      expect(minorOf(heldLeft(after))).toBeGreaterThanOrEqual(0n)
      const parts = releasedLeft(after)
      if (parts) expect(minorOf(sumOfParts(parts))).toBeGreaterThanOrEqual(0n)
    }),
  )
})
