import { z } from "zod"
import type { MemberRole } from "./actor.ts"
import { compareMoney, currencies, isZero, type Money, makeMoney, money, plus } from "./money.ts"
import { type Refusal, refuse } from "./refusal.ts"

/**
 * A buying party's own rules of approval, one for each currency that it has any for. An amount that is null sets
 * nothing.
 */
const amount = money.shape.minor.nullable()
export const purchaseRule = z.strictObject({
  currency: money.shape.currency,
  /** Up to this whoever requested a trade may approve it too; above, somebody else must. */
  alone: amount,
  /** Above this only an administrator approves. */
  administratorAbove: amount,
  /** What the party may commit to in a calendar year (UTC). */
  yearly: amount,
})
export type PurchaseRule = z.infer<typeof purchaseRule>

export const procurement = z
  .array(purchaseRule)
  .max(Object.keys(currencies).length)
  .refine((rules) => new Set(rules.map(({ currency }) => currency)).size === rules.length, {
    message: "a currency twice",
  })
export type Procurement = z.infer<typeof procurement>

/** What a party has committed to in the year: of its confirmed trades, less what came back of them. */
export type Spending = { rule: PurchaseRule; committed: Money }

type Purchase = { price: Money; requestedBy: string | null }

/** Why this member may not approve the purchase, or null. Free ones need nobody's approval. */
export function approvalRefusal(
  { price, requestedBy }: Purchase,
  { rule, committed }: Spending,
  by: { user: string; memberRole: MemberRole },
): Refusal | null {
  if (isZero(price)) return null
  const over = (limit: string | null, sum: Money): boolean =>
    limit !== null && compareMoney(sum, makeMoney(BigInt(limit), price.currency)) > 0
  if (over(rule.alone, price) && requestedBy === by.user) return refuse("approver_is_requester")
  if (over(rule.administratorAbove, price) && by.memberRole !== "administrator")
    return refuse("approval_needs_administrator")
  return over(rule.yearly, plus(committed, price)) ? refuse("budget_exceeded") : null
}
