import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { emptyBalance } from "#contracts/balance.ts"
import { signed } from "#contracts/escrow.ts"
import { minorOf, plus, zero } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import { giveBackInput } from "#contracts/refund.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { openDebt, takeDebtBack } from "../debts/rules.ts"
import type { Decision, FactActor } from "../decision.ts"
import type { Scene } from "../trades/scene.ts"
import { type Giver, giveBack, type Made, mostRefunds, returnable } from "./rules.ts"

const now = "2026-11-27T00:00:00.000Z"
const id = <K extends string>(prefix: K, n: number) =>
  `${prefix}_${n.toString().padStart(26, "0")}` as `${K}_${string}`
const yuan = (minor: bigint) => ({ minor: minor.toString(), currency: "CNY" as const })
const [buyer, seller, stranger] = [id("pty", 1), id("pty", 2), id("pty", 3)]
const by: Giver = { role: "seller", party: seller, user: id("usr", 1) }

/** A payment of which all is held, or that was released with a fee and a tax. */
function paymentOf(amount: bigint, release: { fee: bigint; tax: bigint } | null): Payment {
  const leg = { amount: yuan(amount), state: "done" as const, reference: "tr_1" }
  return {
    id: id("pay", 1),
    version: 3,
    state: release ? "closed" : "held",
    trade: id("trd", 1),
    buyer,
    seller,
    rail: "card",
    amount: yuan(amount),
    fee: release ? yuan(release.fee) : null,
    ...(release ? { tax: yuan(release.tax) } : {}),
    release: release ? leg : null,
    refund: null,
    reference: "QH1",
    charge: "ch_1",
    failure: null,
    startedAt: now,
    updatedAt: now,
  }
}

const trader = (party: typeof buyer) => ({ id: party, version: 1, state: "verified", frozenBy: null })
const sceneOf = (payment: Payment, state = payment.state === "held" ? "delivered" : "settled") =>
  ({
    trade: {
      id: payment.trade,
      version: 5,
      state,
      buyer,
      seller,
      price: payment.amount,
      feeBasisPoints: 1000,
      payment: payment.id,
      frozenBy: null,
    },
    buyer: { ...trader(buyer), payee: null, bankAccount: null },
    seller: { ...trader(seller), payee: "acct_1", bankAccount: null },
    listing: { id: id("lst", 1), version: 1, state: "published", frozenBy: null, publishedAt: now },
    payment,
    grant: null,
    freeSeats: null,
  }) as unknown as Scene

const made = (n: number): Made => ({
  refund: id("rfd", n),
  debt: id("dbt", n),
  nonces: ["a".repeat(32), "b".repeat(32)],
})
const want = (minor: bigint, currency = "CNY") => ({
  amount: { minor: minor.toString(), currency: currency as "CNY" },
  reason: "agreed" as const,
  note: "as agreed",
})

test("what is taken out of a seller's balance is decided on the trade's freeze, so that one meanwhile stops it", () => {
  const payment = { ...paymentOf(1_000n, { fee: 100n, tax: 0n }), rail: "balance" as const }
  const scene = sceneOf(payment)
  const cause = { cause: "refund", causeId: id("rfd", 1) } as const
  const system: FactActor = { role: "system", job: "refunds" }
  const { debt } = openDebt(
    payment,
    { ...cause, id: id("dbt", 1), nonce: "a".repeat(32), amount: yuan(900n) },
    system,
    now,
  )
  const taken = takeDebtBack(
    scene,
    debt,
    { ...emptyBalance(seller, "CNY", now), available: yuan(500n) },
    system,
    now,
  )
  expect(isRefusal(taken) ? taken : taken.guards).toContainEqual({
    noun: "trade",
    id: scene.trade.id,
    version: scene.trade.version,
  })
})

describe("who may, of what", () => {
  const held = () => sceneOf(paymentOf(1_000n, null))
  const closed = () => sceneOf(paymentOf(1_000n, { fee: 100n, tax: 60n }))
  const operator: Giver = { role: "operator", party: stranger, user: id("usr", 2) }
  test.each<[string, Scene, bigint, Giver, string]>([
    ["the seller, a part of what is held", held(), 400n, by, "payment,refund"],
    ["the seller, all that is held", held(), 1_000n, by, "trade,payment"],
    ["the seller, more than is held", held(), 1_001n, by, "refund_too_large"],
    ["the seller, nothing", held(), 0n, by, "invalid_input"],
    ["another seller", held(), 1n, { ...by, party: stranger }, "not_found"],
    ["an operator, a part of what is held", held(), 400n, operator, "payment,refund"],
    ["an operator who is the buyer", held(), 400n, { ...operator, party: buyer }, "own_matter"],
    [
      "an operator who is of the seller too",
      held(),
      400n,
      { ...operator, parties: [stranger, seller] },
      "own_matter",
    ],
    ["the seller, after the release", closed(), 400n, by, "payment,refund,debt"],
    ["an operator, after the release", closed(), 400n, operator, "refund"],
    ["the seller, more than was released", closed(), 1_001n, by, "refund_too_large"],
    [
      "while a chargeback is open",
      sceneOf({ ...paymentOf(1_000n, null), chargeback: id("cbk", 1) }),
      1n,
      by,
      "chargeback_open",
    ],
    [
      "while legs are under way",
      sceneOf({ ...paymentOf(1_000n, null), state: "parting" }),
      1n,
      by,
      "payment_state",
    ],
  ])("%s", (_, scene, minor, giver, expected) => {
    const answer = giveBack(scene, want(minor), made(1), giver, now, 0)
    expect(isRefusal(answer) ? answer.refused : answer.changes.map(({ noun }) => noun).join()).toBe(expected)
  })

  test("dinars that no rail can move, of what is held and of what was released", () => {
    const dinars = (payment: Payment): Scene => {
      const text = JSON.stringify(sceneOf(payment)).replaceAll("CNY", "KWD")
      return JSON.parse(text)
    }
    for (const scene of [
      dinars(paymentOf(100_000n, null)),
      dinars(paymentOf(100_000n, { fee: 100n, tax: 60n })),
    ]) {
      expect(giveBack(scene, want(15n, "KWD"), made(1), by, now, 0)).toMatchObject({
        refused: "invalid_input",
      })
      const sent = { commandId: id("cmd", 1), trade: scene.trade.id, ...want(15n, "KWD") }
      expect(giveBackInput.safeParse(sent).error?.issues.map(({ path }) => path)).toEqual([["amount"]])
      expect(isRefusal(giveBack(scene, want(20n, "KWD"), made(1), by, now, 0))).toBe(false)
    }
  })

  test("of one payment so many, and then only all that is left", () => {
    const ask = (scene: Scene, minor: bigint, giver: Giver, earlier: number) => {
      const answer = giveBack(scene, want(minor), made(1), giver, now, earlier)
      return isRefusal(answer) ? answer.refused : "given"
    }
    for (const [scene, giver] of [
      [held(), by],
      [closed(), by],
      [closed(), operator],
    ] as const) {
      expect(ask(scene, 1n, giver, mostRefunds - 1)).toBe("given")
      expect(ask(scene, 1n, giver, mostRefunds)).toBe("too_many_refunds")
      expect(ask(scene, 1_000n, giver, mostRefunds)).toBe("given")
    }
  })

  test("an amount of another currency", () => {
    expect(giveBack(held(), want(1n, "EUR"), made(1), by, now, 0)).toMatchObject({
      refused: "payment_mismatch",
    })
  })
})

/** The sum that the decisions' journals move on accounts of a kind: debits positive. */
const moved = (decisions: readonly Decision[], kind: string): bigint =>
  decisions
    .flatMap(({ journals }) => journals.flatMap(({ postings }) => postings))
    .filter(({ account }) => account.split(":")[0] === kind)
    .reduce((sum, posting) => sum + signed(posting), 0n)

test("however a release is given back, in whatever parts, seller, fee and tax give no more than they got", () => {
  const releases = fc
    .tuple(
      fc.bigInt({ min: 1n, max: 10n ** 9n }),
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: 0, max: 100 }),
    )
    .map(([amount, a, b]) => {
      const fee = (amount * BigInt(a)) / 200n
      return { amount, fee, tax: (amount * BigInt(b)) / 200n }
    })
  fc.assert(
    fc.property(releases, fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 8 }), (release, shares) => {
      let payment = paymentOf(release.amount, release)
      const decisions: Decision[] = []
      for (const [i, share] of [...shares, 100].entries()) {
        const most = minorOf(returnable(payment)?.most ?? zero("CNY"))
        const amount = (most * BigInt(share) + 99n) / 100n
        if (amount === 0n) continue
        const decision = giveBack(sceneOf(payment), want(amount), made(i + 1), by, now, 0)
        if (isRefusal(decision)) throw new Error(decision.refused)
        decisions.push(decision)
        payment = decision.changes.find(({ noun }) => noun === "payment")?.row as Payment
      }
      // All of it came back in the end, from each as much as they had got.
      expect(moved(decisions, "refund_payable")).toBe(-release.amount)
      expect(moved(decisions, "platform_fee")).toBe(release.fee)
      expect(moved(decisions, "tax_payable")).toBe(release.tax)
      expect(moved(decisions, "seller_receivable")).toBe(release.amount - release.fee - release.tax)
      expect(payment.takenBack?.amount).toEqual(plus(zero("CNY"), payment.amount))
      const owed = decisions
        .flatMap(({ changes }) => changes)
        .reduce((sum, { noun, row }) => (noun === "debt" ? sum + minorOf(row.amount) : sum), 0n)
      expect(owed).toBe(release.amount - release.fee - release.tax)
    }),
    { numRuns: 300 },
  )
})
