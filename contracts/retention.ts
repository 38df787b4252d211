import { type Time, toMs, toTime } from "./time.ts"

/**
 * How long values must be kept, and by which rule. What the law sets as a minimum the market may keep longer; an
 * erasure before the end is refused with the date and the rule (LEDGER §3).
 */
export const retentionRules = {
  /** From the end of the trade: E-Commerce Law art. 31 sets three years; the market keeps ten. */
  trade: { years: 10, from: "tradeEnd", law: "e-commerce-law-31" },
  /** From the end of the last trade of the party: Online Transactions Measures (2021) art. 31 sets three years. */
  identity: { years: 10, from: "tradeEnd", law: "online-transactions-31" },
  /** Vouchers and books of account, from the record: Measures on Accounting Archives (2015), annex. */
  accounts: { years: 30, from: "record", law: "accounting-archives-2015" },
  /** Reviews of parties and products, from the record: Data Security Law art. 33 sets no term. */
  review: { years: 3, from: "record", law: "data-security-law-33" },
  /** What supervision ordered, and who looked: Network Data Security Regulations (2025) art. 12 sets three years. */
  supervision: { years: 3, from: "record", law: "network-data-12" },
} as const satisfies Record<string, { years: number; from: "tradeEnd" | "record"; law: string }>
export type RetentionRule = keyof typeof retentionRules

/**
 * Why an erasure is held: a rule of retention; a hold that supervision has placed; or that the product's data are owed
 * to buyers who may still fetch them (Civil Code art. 509). The law asks for records of trades to be kept, not for
 * the goods.
 */
export type HeldBy = RetentionRule | "delivery" | "legalHold"
export const heldBys = [...Object.keys(retentionRules), "delivery", "legalHold"] as HeldBy[]

/** `until` null: there is no date yet. */
export type Held = { by: HeldBy; until: Time | null }

export function addYears(time: Time, years: number): Time {
  const date = new Date(toMs(time))
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return toTime(date.getTime())
}

/**
 * When the rule ends for a value. `tradeEnd` is the end of the trade that it belongs to, or of the party's last one:
 * `null` where it has not ended, `none` where there never was one. `until` null: not before the trade has ended.
 */
export function keptUntil(
  rule: RetentionRule,
  { recordedAt, tradeEnd }: { recordedAt: Time; tradeEnd: Time | null | "none" },
): { until: Time | null } | null {
  const { years, from } = retentionRules[rule]
  if (from === "record") return { until: addYears(recordedAt, years) }
  if (tradeEnd === "none") return null
  return { until: tradeEnd === null ? null : addYears(tradeEnd, years) }
}
