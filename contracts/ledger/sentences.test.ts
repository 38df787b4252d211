import { describe, expect, test } from "vitest"
import { locales } from "../localized-text.ts"
import { tradeStates } from "../trade.ts"
import { type FactType, factTypes, type Json } from "./fact.ts"
import { recordSentence } from "./sentences.ts"

/** A body with every clear member that any type has; each sentence takes its own. */
const body = {
  version: 1,
  state: "funded",
  roles: ["seller", "buyer"],
  method: "registryExtract",
  fields: ["bankAccount"],
  reason: "other",
  number: "QH-2026-000001",
  deadline: "2026-11-24T03:50:00.000Z",
  rules: "match-1",
  candidates: 1,
  side: "buyer",
  standing: true,
  from: "funding",
  rail: "card",
  check: "same",
  by: "buyer",
  payment: "pay_00000000000000000000000001",
  expires: "2027-11-24T17:50:00.000Z",
  scope: "listing",
  filter: "trade",
  to: 10,
  size: 10,
  lines: 12,
  added: 3,
  keys: 4,
  purpose: "inspection",
  values: 3,
  kind: "field",
  basis: "pipl-47",
  rule: "identity",
  until: "2036-11-24T17:50:00.000Z",
  places: ["3#/body/note"],
  regions: ["CN-33", "DE"],
  duties: ["data", "funds"],
  why: "paid",
}

/** Confidential values as a party that may read them sees them. */
const opened: Record<string, Json> = {
  name: { original: "en", en: "Rhein Analytik", zh: "莱茵分析" },
  note: "seen",
  buyer: "Rhein Analytik",
  seller: "北方气象",
  listing: "Seattle",
  price: { minor: "12900", currency: "CNY" },
  amount: { minor: "12900", currency: "CNY" },
  release: { minor: "12900", currency: "CNY" },
  refund: { minor: "0", currency: "CNY" },
  fee: { minor: "1290", currency: "CNY" },
  statement: "wrong year",
  document: "文〔2026〕1号",
  reason: "yearly audit",
}

describe.each(locales)("sentences in %s", (locale) => {
  test.each(Object.keys(factTypes) as FactType[])(
    "tell %s, with and without what is confidential",
    (type) => {
      for (const values of [{}, opened]) {
        const own = type === "key.rotated@1" ? { ...body, reason: "scheduled" } : body
        const told = recordSentence({ type, body: own }, values, locale)
        expect(told).not.toMatch(/undefined|null|NaN|\[object|\{|\}/)
        expect(told).toMatch(locale === "zh" ? /^[^.]*(?:\p{Script=Han}|.)*。$/u : /^[A-Z0-9].*\.$/s)
        expect(told).not.toMatch(/ {2}|。。|\.\.$|，，/)
      }
    },
  )
})

test("what was not opened is not told", () => {
  const type = "trade.proposed@1"
  expect(recordSentence({ type, body }, {}, "en")).toBe(
    "The buyer proposed a trade; both sides can confirm until 24 Nov 2026, 03:50 UTC.",
  )
  expect(recordSentence({ type, body }, opened, "en")).toBe(
    "The buyer, Rhein Analytik, proposed a trade to 北方气象 for “Seattle” at 129.00 CNY; both sides can confirm until 24 Nov 2026, 03:50 UTC.",
  )
  expect(recordSentence({ type, body }, opened, "zh")).toBe(
    "需方“Rhein Analytik”向供方“北方气象”提出交易，标的“Seattle”，价格 129.00 CNY，双方可确认至 2026-11-24 11:50 UTC+8。",
  )
})

test("an expiry names each waiting state", () => {
  for (const from of tradeStates)
    expect(recordSentence({ type: "trade.expired@1", body: { from } }, {}, "en")).toMatch(
      /was [a-z ,]+; it expired/,
    )
})

test("a type of a later version is named, not hidden", () => {
  expect(recordSentence({ type: "trade.leased@2", body: {} }, {}, "en")).toContain("trade.leased@2")
})
