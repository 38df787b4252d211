import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { balanced, type Journal, signed } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { Payment } from "#contracts/payment.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import { addMs, dayMs, hourMs, type Time } from "#contracts/time.ts"
import type { Trade } from "#contracts/trade.ts"
import type { Decision } from "../decision.ts"
import * as funding from "./funding-rules.ts"
import { cancel, confirm, expire, partsWhole, startFunding } from "./rules.ts"
import type { Scene } from "./scene.ts"
import * as settlement from "./settlement-rules.ts"

const user = "usr_00000000000000000000000001" as Id<"user">
const buyer = "pty_00000000000000000000000001" as Id<"party">
const seller = "pty_00000000000000000000000002" as Id<"party">
const start = "2026-01-01T00:00:00.000Z"

function trader(id: Id<"party">) {
  return {
    id,
    version: 2,
    state: "verified",
    frozenBy: null,
    payee: "acct_1",
    bankAccount: "622202",
  } as const
}

function proposed(minor: string): Scene {
  const trade: Trade = {
    id: "trd_00000000000000000000000001",
    version: 1,
    state: "proposed",
    buyer,
    seller,
    listing: "lst_00000000000000000000000001",
    plan: "pln_00000000000000000000000001",
    product: "prd_00000000000000000000000001",
    datasetVersion: "ver_00000000000000000000000001",
    origin: { kind: "listing" },
    price: { minor, currency: "CNY" },
    feeBasisPoints: 1_000,
    use: { actions: ["use"] },
    limits: { from: null, until: null, count: null },
    approval: false,
    deliveryMs: 3 * dayMs,
    acceptanceMs: 7 * dayMs,
    seatHeld: false,
    agreementHash: "a".repeat(64),
    confirmations: [{ side: "seller", method: "standing", user: seller, at: start }],
    payment: null,
    grant: null,
    disputeReason: null,
    resolution: null,
    frozenBy: null,
    deadline: addMs(start, 7 * dayMs),
    deadlineLeftMs: null,
    proposedAt: start,
    updatedAt: start,
  }
  const listing = {
    id: trade.listing,
    version: 1,
    state: "published",
    frozenBy: null,
    publishedAt: start,
  } as const
  return {
    trade,
    buyer: trader(buyer),
    seller: trader(seller),
    listing,
    payment: null,
    grant: null,
    freeSeats: 1,
  }
}

/** A little market of one trade: it holds what the writer would have written. */
class Market {
  scene: Scene
  payments = new Map<string, Payment>()
  book: Journal[] = []
  sources = new Set<string>()
  now: Time = start

  constructor(minor: string) {
    this.scene = proposed(minor)
  }

  take(decision: Decision | Refusal): boolean {
    if (isRefusal(decision)) return false
    const told = new Set(decision.facts.map(({ subject }) => `${subject.id}@${subject.version}`))
    expect(told).toEqual(new Set(decision.changes.map(({ row }) => `${row.id}@${row.version}`)))
    for (const { row, noun } of decision.changes) {
      if (noun === "trade") this.scene = { ...this.scene, trade: row }
      if (noun === "payment") this.payments.set(row.id, row)
      if (noun === "grant") this.scene = { ...this.scene, grant: row }
    }
    for (const { take } of decision.seats)
      this.scene = { ...this.scene, freeSeats: (this.scene.freeSeats ?? 0) - take }
    for (const journal of decision.journals) {
      expect(balanced(journal)).toBe(true)
      const source = `${journal.source.type} ${journal.source.id}`
      expect(this.sources.has(source)).toBe(false)
      this.sources.add(source)
      this.book.push(journal)
    }
    const { payment } = this.scene.trade
    this.scene = { ...this.scene, payment: payment ? (this.payments.get(payment) ?? null) : null }
    return true
  }

  balance(kind: string): bigint {
    let sum = 0n
    for (const { postings } of this.book)
      for (const posting of postings) if (posting.account.startsWith(kind)) sum += signed(posting)
    return sum
  }
}

type Move = (market: Market, pick: number) => void

const id = (prefix: string, n: number) => `${prefix}_${n.toString().padStart(26, "0")}`
const by = { side: "buyer", user, party: buyer } as const
const actor = { role: "system", job: "test" } as const
const check = {
  versionHash: "b".repeat(64),
  measuredHash: "b".repeat(64),
  result: "same",
  at: start,
} as const
const money = (minor: bigint | string) => ({ minor: `${minor}`, currency: "CNY" as const })

const anyPayment = (market: Market, pick: number) =>
  [...market.payments.values()][pick % Math.max(1, market.payments.size)]

const moves: Record<string, Move> = {
  wait: (market, pick) => {
    market.now = addMs(market.now, (pick % 100) * hourMs)
  },
  confirm: (market) => market.take(confirm(market.scene, by, market.scene.trade.agreementHash, market.now)),
  cancel: (market) => market.take(cancel(market.scene, by, "changedMind", market.now)),
  pay: (market, pick) => {
    const next = id("pay", market.payments.size + 1) as Id<"payment">
    const started = { id: next, nonce: String(pick).padStart(32, "0") }
    market.take(startFunding(market.scene, started, pick % 2 ? "card" : "bank", by, market.now))
  },
  captured: (market, pick) => {
    const payment = anyPayment(market, pick)
    if (!payment) return
    const captured = { amount: payment.amount, charge: "ch_1", providerFee: null }
    market.take(funding.applyCaptured(market.scene, payment, captured, actor, market.now))
  },
  failed: (market, pick) => {
    const payment = anyPayment(market, pick)
    if (payment) market.take(funding.applyFailed(market.scene, payment, "expired", actor, market.now))
  },
  stray: (market, pick) => {
    const payment = anyPayment(market, pick)
    if (payment) market.take(funding.refundStray(market.scene, payment, market.now))
  },
  deliver: (market, pick) => {
    const result = pick % 5 === 0 ? "different" : "same"
    market.take(
      settlement.deliver(market.scene, id("gra", 1) as Id<"grant">, { ...check, result }, market.now),
    )
  },
  accept: (market, pick) =>
    market.take(settlement.accept(market.scene, pick % 2 ? by : "silence", market.now)),
  dispute: (market) => market.take(settlement.dispute(market.scene, "notAsListed", "…", by, market.now)),
  resolve: (market, pick) => {
    const price = BigInt(market.scene.trade.price.minor)
    const release = (price * BigInt(pick % 101)) / 100n
    const split = { release: money(release), refund: money(price - release), note: "heard both" }
    market.take(settlement.resolve(market.scene, split, by, market.now))
  },
  expire: (market) => market.take(expire(market.scene, market.now)),
  undelivered: (market) => market.take(settlement.undelivered(market.scene, market.now)),
  unanswered: (market) => market.take(settlement.resolveUnanswered(market.scene, market.now)),
  legDone: (market, pick) => {
    const payment = anyPayment(market, pick)
    const kind = pick % 2 ? "release" : "refund"
    if (payment)
      market.take(funding.applyLegDone(market.scene, payment, kind, `tr_${pick}`, actor, market.now))
  },
  settleFree: (market) => market.take(settlement.settleFree(market.scene, market.now)),
}

/** What is left to do is done: jobs run, deadlines pass. */
function finish(market: Market): void {
  for (let round = 0; round < 12; round++) {
    market.now = addMs(market.now, 40 * dayMs)
    for (const name of ["expire", "undelivered", "unanswered", "settleFree"] as const)
      moves[name]?.(market, 0)
    market.take(settlement.accept(market.scene, "silence", market.now))
    for (let i = 0; i < market.payments.size; i++) {
      moves.stray?.(market, i)
      const payment = anyPayment(market, i)
      for (const kind of ["release", "refund"] as const)
        if (payment) market.take(funding.applyLegDone(market.scene, payment, kind, "late", actor, market.now))
    }
  }
}

describe("a trade under any sequence of events", () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(...Object.keys(moves)), fc.nat(1000)), { maxLength: 60 })

  test.each(["10000", "1", "0"])("of price %s ends, and its money is all accounted for", (minor) => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const market = new Market(minor)
        for (const [name, pick] of sequence) {
          moves[name]?.(market, pick)
          expect(market.balance("held")).toBeLessThanOrEqual(0n)
          expect(market.balance("seller_payable")).toBeLessThanOrEqual(0n)
          expect(market.balance("refund_payable")).toBeLessThanOrEqual(0n)
          expect(market.scene.freeSeats).toBeGreaterThanOrEqual(0)
        }
        finish(market)
        expect(["settled", "refunded", "cancelled", "expired"]).toContain(market.scene.trade.state)
        for (const account of ["held", "seller_payable", "refund_payable"])
          expect(market.balance(account)).toBe(0n)
        for (const payment of market.payments.values())
          expect(["closed", "failed", "started"]).toContain(payment.state)
        const kept =
          market.balance("provider_pending") + market.balance("bank") + market.balance("platform_fee")
        expect(kept).toBe(0n)
        if (market.scene.trade.state !== "settled") expect(market.scene.freeSeats).toBe(1)
        if (market.scene.trade.state === "refunded")
          expect(market.scene.grant?.state ?? "revoked").toBe("revoked")
      }),
      { numRuns: 400 },
    )
  })

  test("the straight way pays the seller the price less the fee, half to even", () => {
    const market = new Market("10005")
    for (const name of ["confirm", "pay", "captured"]) moves[name]?.(market, 0)
    moves.deliver?.(market, 1)
    moves.accept?.(market, 1)
    moves.legDone?.(market, 1)
    expect(market.scene.trade.state).toBe("settled")
    expect(market.balance("platform_fee")).toBe(-1000n)
    expect(market.balance("bank")).toBe(1000n)
  })
})

test("money that came too late goes back as far as it has not gone back before", () => {
  const market = new Market("10000")
  for (const name of ["confirm", "pay", "expire", "captured"]) {
    if (name === "expire") market.now = addMs(market.now, 40 * dayMs)
    moves[name]?.(market, 0)
  }
  expect(market.scene.trade.state).toBe("expired")
  const [payment] = market.payments.values()
  const before = { ...(payment as Payment), givenBack: money("4000") }
  const decision = funding.refundStray(market.scene, before, market.now)
  if (isRefusal(decision)) throw new Error(decision.refused)
  expect(decision.changes[0]?.row).toMatchObject({ state: "parting", refund: { amount: money("6000") } })
})

describe("supervision", () => {
  test.each([
    [
      "the trade",
      (scene: Scene) => ({ ...scene, trade: { ...scene.trade, frozenBy: id("frz", 1) as Id<"freeze"> } }),
    ],
    [
      "the seller",
      (scene: Scene) => ({ ...scene, seller: { ...scene.seller, frozenBy: id("frz", 1) as Id<"freeze"> } }),
    ],
    [
      "the listing",
      (scene: Scene) => ({ ...scene, listing: { ...scene.listing, frozenBy: id("frz", 1) as Id<"freeze"> } }),
    ],
  ])("that froze %s stops what goes out, never what comes in", (_, freeze) => {
    const market = new Market("10000")
    for (const name of ["confirm", "pay"]) moves[name]?.(market, 0)
    market.scene = freeze(market.scene)
    moves.captured?.(market, 0)
    expect(market.scene.trade.state).toBe("funded")
    moves.deliver?.(market, 1)
    expect(market.scene.trade.state).toBe("funded")
    market.now = addMs(market.now, 90 * dayMs)
    moves.undelivered?.(market, 0)
    expect(market.scene.trade.state).toBe("funded")
    expect(settlement.undelivered(market.scene, market.now)).toMatchObject({ refused: "frozen" })
  })
})

test("a price in dinars is not parted into amounts that no rail can move", () => {
  const dinars = (minor: string) => ({ minor, currency: "KWD" }) as const
  expect(partsWhole(dinars("12340"), dinars("3940"), dinars("8400"))).toBe(true)
  expect(partsWhole(dinars("12340"), dinars("3942"), dinars("8398"))).toBe(false)
})
