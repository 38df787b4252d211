import fc from "fast-check"
import { expect, test } from "vitest"
import { type Balance, balanceIdOf, balanceReasons, emptyBalance, withdrawable } from "#contracts/balance.ts"
import { referencesIn } from "#contracts/bank-file.ts"
import { signed } from "#contracts/escrow.ts"
import { type Id, isId } from "#contracts/ids.ts"
import { makeMoney, minorOf } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { toTime } from "#contracts/time.ts"
import type { TopUp } from "#contracts/top-up.ts"
import type { Withdrawal } from "#contracts/withdrawal.ts"
import { openTopUpDebt, payDebt } from "../debts/rules.ts"
import type { Decision, FactActor } from "../decision.ts"
import { confirmTopUp, failTopUp, receiveTopUp, startTopUp } from "../top-ups/rules.ts"
import {
  approveWithdrawal,
  askWithdrawal,
  type Hand,
  payWithdrawal,
  refuseWithdrawal,
  returnWithdrawal,
} from "../withdrawals/rules.ts"

import { creditOf, moveBalance } from "./rules.ts"

const id = <K extends string>(prefix: string, n: number) =>
  `${prefix}_${String(n).padStart(26, "0")}` as Id<never> & K
const party = { id: id("pty", 1) as Id<"party">, version: 1, state: "verified", frozenBy: null } as const
const owner = { ...party, bankAccount: "6222" }
const yuan = (minor: number | bigint) => makeMoney(BigInt(minor), "CNY")
const now = toTime(0)
const user = (n: number) => id("usr", n) as Id<"user">
const actor = { role: "buyer", party: party.id, user: user(1) } as const satisfies FactActor
const operator: Hand = { role: "operator", as: "operator", party: id("pty", 9) as Id<"party">, user: user(9) }
const colleague: Hand = { role: "party", as: "buyer", party: party.id, user: user(2) }
const cause = { noun: "payment", id: id("pay", 1), version: 1 } as const

test.each(balanceReasons)(
  "%s moves what is available and what is reserved, and the rest is a refusal",
  (why) => {
    const before: Balance = {
      ...emptyBalance(party.id, "CNY", now),
      available: yuan(100),
      reserved: yuan(50),
    }
    const moved = moveBalance(before, why, yuan(50), cause, actor, now)
    if (isRefusal(moved)) throw new Error(moved.refused)
    const total = (balance: Balance) => minorOf(balance.available) + minorOf(balance.reserved)
    expect(total(moved.balance) - total(before)).toBe(creditOf(why, 50n))
    expect(moved.facts[0]).toMatchObject({ threads: [{ id: cause.id }], body: { version: 1, why } })
    // Neither the balance nor its count of movements stands in clear.
    expect(JSON.stringify(moved.facts[0]?.body)).not.toContain(before.id)
  },
)

test("a debt of no trade is paid out of the balance as far as it suffices, and the rest stays owed", () => {
  const made = { id: id("dbt", 1) as Id<"debt">, nonce: "0".repeat(32), amount: yuan(1_000) }
  const topUp = { id: id("tup", 1) as Id<"topUp">, party: party.id }
  const { debt, facts } = openTopUpDebt(topUp, made, { role: "system", job: "topUps" }, now)
  // No trade and no top-up is named in clear: in the threads of the debt and of its party.
  expect(facts).toMatchObject([{ threads: [{ id: debt.id }, { party: party.id }], body: { cause: "topUp" } }])
  expect(Object.keys(facts[0]?.body ?? {}).sort()).toEqual(["cause", "start", "version"])
  const has = (available: number): Balance => ({
    ...emptyBalance(party.id, "CNY", now),
    version: 1,
    available: yuan(available),
  })
  expect(payDebt(debt, party, has(0), actor, now)).toMatchObject({ refused: "balance_too_small" })
  const frozen = { ...party, frozenBy: id("frz", 1) as Id<"freeze"> }
  expect(payDebt(debt, frozen, has(300), actor, now)).toMatchObject({ refused: "frozen" })
  const paid = payDebt(debt, party, has(300), actor, now) as Decision
  expect(paid.changes.map(({ row }) => row)).toMatchObject([
    { state: "owed", left: yuan(700), version: 2 },
    { available: yuan(0), version: 2 },
  ])
  expect(paid.facts.map(({ type }) => type)).toEqual(["debt.takenBack@1", "balance.moved@1"])
  expect(paid.journals).toMatchObject([
    {
      trade: null,
      postings: [
        { account: `buyer_credit:${party.id}`, debit: yuan(300) },
        { account: `seller_receivable:${party.id}`, credit: yuan(300) },
      ],
    },
  ])
  expect(paid.guards).toEqual([{ noun: "party", id: party.id, version: party.version }])
})

test("of a balance no more is available than there is, and what its party owes stays in it", () => {
  const empty = emptyBalance(party.id, "CNY", now)
  expect(moveBalance(empty, "paid", yuan(1), cause, actor, now)).toMatchObject({
    refused: "balance_too_small",
  })
  expect(() => moveBalance(empty, "withdrawn", yuan(1), cause, actor, now)).toThrow()
  const left = (available: number, owed: number) =>
    withdrawable({ available: yuan(available) }, yuan(owed)).minor
  expect([left(10, 4), left(10, 10), left(10, 11)]).toEqual(["6", "0", "0"])
})

test("a balance's id is made of party and currency", () => {
  const made = balanceIdOf(party.id, "CNY")
  expect(isId("balance", made)).toBe(true)
  expect([balanceIdOf(party.id, "CNY"), balanceIdOf(party.id, "USD")]).toEqual([
    made,
    expect.not.stringMatching(made),
  ])
})

test("references are found in what banks make of them", () => {
  const reference = "QC01M8DJCS0A98"
  for (const text of [reference, `/INV/${reference} 货款`, "qc01 m8dj cs0a 98", "QC-01M8-DJCS-0A98."])
    expect(referencesIn(text)).toEqual([reference])
  expect(referencesIn("QX01M8DJCS0A98 nothing QH123")).toEqual([])
})

/** What a party may do with its balance, and what the operator, in any order; amounts are small so that they meet. */
type Act = {
  what: "start" | "receive" | "fail" | "ask" | "approve" | "refuse" | "pay" | "return"
  at: number
  minor: number
}
const act: fc.Arbitrary<Act> = fc.record({
  what: fc.constantFrom(
    "start",
    "receive",
    "receive",
    "fail",
    "ask",
    "ask",
    "approve",
    "refuse",
    "pay",
    "return",
  ),
  at: fc.nat(7),
  minor: fc.integer({ min: 1, max: 9 }),
})

/** A party's balance, top-ups and withdrawals, and what their journals come to. A stale act decides on what it saw. */
class Market {
  balance: Balance = emptyBalance(party.id, "CNY", now)
  topUps = new Map<string, TopUp>()
  withdrawals = new Map<string, Withdrawal>()
  book = 0n
  made = 0

  take(decision: Decision | ReturnType<typeof startTopUp>): void {
    if (isRefusal(decision)) return
    // Compare and set: whoever has seen an older version has lost.
    for (const { noun, row } of decision.changes) {
      const version =
        noun === "balance"
          ? this.balance.version
          : ((noun === "topUp" ? this.topUps.get(row.id) : this.withdrawals.get(row.id))?.version ?? 0)
      if (row.version !== version + 1) return
    }
    for (const { noun, row } of decision.changes) {
      if (noun === "balance") this.balance = row
      if (noun === "topUp") this.topUps.set(row.id, row)
      if (noun === "withdrawal") this.withdrawals.set(row.id, row)
    }
    for (const { postings } of decision.journals)
      for (const posting of postings)
        if (posting.account === `buyer_credit:${party.id}`) this.book -= signed(posting)
  }

  decide({ what, at, minor }: Act, balance: Balance) {
    const topUp = [...this.topUps.values()][at]
    const withdrawal = [...this.withdrawals.values()][at]
    const made = ++this.made
    if (what === "start")
      return startTopUp(
        party,
        { amount: yuan(minor), rail: "bank" },
        { id: id("tup", made) as Id<"topUp">, nonce: "0", user: user(1) },
        0,
        actor,
        now,
      )
    if (what === "ask")
      return askWithdrawal(
        owner,
        balance,
        yuan(minor),
        { id: id("wdr", made) as Id<"withdrawal">, nonce: "0" },
        { owed: yuan(0), open: 0 },
        actor,
        now,
      )
    if (topUp && what === "receive")
      return confirmTopUp(topUp, balance, { amount: topUp.amount, charge: "BR" }, operator, now)
    if (topUp && what === "fail") return failTopUp(topUp, "cancelled", actor, now)
    if (withdrawal && what === "approve")
      return approveWithdrawal(withdrawal, owner, balance, { others: 1, owed: yuan(0) }, colleague, now)
    if (withdrawal && what === "refuse")
      return refuseWithdrawal(withdrawal, balance, { note: "—", notPaid: true }, operator, now)
    if (withdrawal && what === "pay")
      return payWithdrawal(withdrawal, balance, owner, { bankNumber: "BP", isFact: false }, operator, now)
    if (withdrawal && what === "return") return returnWithdrawal(withdrawal, balance, "—", operator, now)
    return null
  }
}

test("whatever is done in whatever order, also two at once: available and reserved are what the book has", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(act, fc.option(act)), { maxLength: 60 }), (acts) => {
      const market = new Market()
      for (const [first, racing] of acts) {
        // Both have seen the same balance and the same rows; the second to be written is lost where they meet.
        const seen = market.balance
        const decisions = [first, racing].map((one) => one && market.decide(one, seen))
        for (const decision of decisions) if (decision) market.take(decision)
        const { available, reserved } = market.balance
        expect(minorOf(available) + minorOf(reserved)).toBe(market.book)
        const open = [...market.withdrawals.values()].filter(
          ({ state }) => state === "asked" || state === "approved",
        )
        expect(minorOf(reserved)).toBe(open.reduce((sum, { amount }) => sum + minorOf(amount), 0n))
      }
    }),
    { numRuns: 200 },
  )
})

test("a top-up is received once, for what was announced, also by card and late", () => {
  const started = startTopUp(
    party,
    { amount: yuan(5), rail: "card" },
    { id: id("tup", 1) as Id<"topUp">, nonce: "0", user: user(1) },
    0,
    actor,
    now,
  )
  if (isRefusal(started)) throw new Error(started.refused)
  const topUp = started.changes[0]?.row as TopUp
  const balance = emptyBalance(party.id, "CNY", now)
  const provider: FactActor = { role: "system", job: "payments" }
  expect(receiveTopUp(topUp, balance, { amount: yuan(6), charge: "ch" }, provider, now)).toMatchObject({
    refused: "payment_mismatch",
  })
  expect(confirmTopUp(topUp, balance, { amount: yuan(5), charge: "BR" }, operator, now)).toMatchObject({
    refused: "rail_not_available",
  })
  const failed = failTopUp(topUp, "expired", provider, now)
  if (isRefusal(failed)) throw new Error(failed.refused)
  const late = receiveTopUp(
    failed.changes[0]?.row as TopUp,
    balance,
    { amount: yuan(5), charge: "ch" },
    provider,
    now,
  )
  if (isRefusal(late)) throw new Error(late.refused)
  expect(
    receiveTopUp(late.changes[0]?.row as TopUp, balance, { amount: yuan(5), charge: "ch" }, provider, now),
  ).toMatchObject({ refused: "top_up_state" })
})
