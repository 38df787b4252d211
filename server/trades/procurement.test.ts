import { describe, expect, test } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import type { Money } from "#contracts/money.ts"
import type { PurchaseRule } from "#contracts/procurement.ts"
import { isRefusal } from "#contracts/refusal.ts"
import type { Trade } from "#contracts/trade.ts"
import { setProcurement } from "../parties/commands.ts"
import { testMarket } from "../test-market.ts"
import { cancelTrade, confirmTrade, proposeTrade } from "./commands.ts"
import { tradePage } from "./queries.ts"
import { loadScene } from "./store.ts"

const market = await testMarket()
const { services } = market
const { sql, newId } = services
const seller = await market.party("seller")
const command = () => ({ commandId: newId("command") })
const yuan = (minor: number): Money => ({ minor: `${minor}`, currency: "CNY" })

/** A buying party with its rules, and three of its members. */
async function buying(rule: Partial<PurchaseRule>) {
  const administrator = await market.party("buyer")
  const procurement = [
    { currency: "CNY" as const, alone: null, administratorAbove: null, yearly: null, ...rule },
  ]
  expect(isRefusal(await setProcurement(services, administrator, { ...command(), procurement }))).toBe(false)
  const member = (memberRole: UserActor["memberRole"]): UserActor => ({
    ...administrator,
    user: newId("user"),
    memberRole,
  })
  return {
    administrator,
    approver: member("approver"),
    other: member("approver"),
    requester: member("requester"),
  }
}

async function requested(by: UserActor, price: Money): Promise<Trade["id"]> {
  const { listing, plan } = await market.listing(seller, { price })
  const use = { actions: ["use"] as ["use"] }
  const answer = await proposeTrade(services, by, { ...command(), listing, plan, use, locale: "zh" })
  if (isRefusal(answer)) throw new Error(answer.refused)
  return (answer as { trade: Trade["id"] }).trade
}

async function approve(by: UserActor, trade: Trade["id"]): Promise<string> {
  const scene = await loadScene(sql, trade)
  const agreementHash = scene?.trade.agreementHash ?? ""
  const answer = await confirmTrade(services, by, { ...command(), trade, agreementHash })
  return isRefusal(answer) ? answer.refused : (answer as { state: string }).state
}

describe("who approves a purchase", () => {
  test("above the amount that one may approve alone, somebody else than the requester", async () => {
    const { approver, other, requester } = await buying({ alone: "10000" })
    expect(await approve(approver, await requested(approver, yuan(10_000)))).toBe("agreed")
    const large = await requested(approver, yuan(10_001))
    expect(await approve(approver, large)).toBe("approver_is_requester")
    expect(await approve(requester, large)).toBe("member_role_not_allowed")
    expect(await tradePage(services, approver, large)).toMatchObject({
      approval: { refused: "approver_is_requester" },
    })
    expect(await tradePage(services, other, large)).toMatchObject({ approval: null })
    expect(await approve(other, large)).toBe("agreed")
  })

  test("above another amount, an administrator", async () => {
    const { administrator, approver, requester } = await buying({ administratorAbove: "50000" })
    const large = await requested(requester, yuan(50_001))
    expect(await approve(approver, large)).toBe("approval_needs_administrator")
    expect(await approve(administrator, large)).toBe("agreed")
  })

  test("a party without rules, and another currency, are as they were", async () => {
    const alone = await market.party("buyer")
    expect(await approve(alone, await requested(alone, yuan(99_999)))).toBe("agreed")
    const { approver } = await buying({ alone: "0" })
    expect(await approve(approver, await requested(approver, { minor: "500", currency: "EUR" }))).toBe(
      "agreed",
    )
  })
})

describe("a party's budget of the year", () => {
  test("holds what was confirmed, and what was cancelled is free again", async () => {
    const { approver } = await buying({ yearly: "30000" })
    const first = await requested(approver, yuan(20_000))
    expect(await approve(approver, first)).toBe("agreed")
    const second = await requested(approver, yuan(10_001))
    expect(await approve(approver, second)).toBe("budget_exceeded")
    expect(
      isRefusal(await cancelTrade(services, approver, { ...command(), trade: first, reason: "other" })),
    ).toBe(false)
    expect(await approve(approver, second)).toBe("agreed")
  })

  test("is not exceeded by members who confirm at once", async () => {
    const { approver, other } = await buying({ yearly: "25000" })
    const trades = await Promise.all([1, 2, 3, 4].map(() => requested(approver, yuan(10_000))))
    const answers = await Promise.all(trades.map((trade, i) => approve(i % 2 ? approver : other, trade)))
    expect(answers.filter((answer) => answer === "agreed")).toHaveLength(2)
    expect(answers.filter((answer) => answer === "budget_exceeded")).toHaveLength(2)
  })
})
