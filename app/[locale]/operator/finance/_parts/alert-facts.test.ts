import { expect, test } from "vitest"
import { alertFacts } from "../../../../_lib/messages/alert-facts.ts"
import { finance } from "../../../../_lib/messages/finance.ts"
import { readFacts } from "./alert-facts.ts"

test("an alert's facts are named and said in the reader's language", () => {
  const detail = {
    payment: "pay_1",
    what: "giveBack",
    amount: { minor: "129900", currency: "CNY" },
    dueBy: "2026-11-20T08:00:00.000Z",
    at: null,
    refusals: 3,
  }
  const said = (locale: "zh" | "en") =>
    readFacts({ kind: "call", subject: "pay_1", detail }, locale).map(({ name, value }) => `${name} ${value}`)
  expect(said("zh")).toEqual([
    "付款 pay_1",
    "调用 退款",
    "金额 ¥1,299.00",
    expect.stringMatching(/^答复期限 2026-11-20 16:00/),
    "被拒次数 3",
  ])
  expect(said("en")).toEqual([
    "Payment pay_1",
    "Call Separate refund",
    "Amount CN¥1,299.00",
    expect.stringMatching(/^Answer by 20 Nov 2026/),
    "Refusals 3",
  ])
})

test("sums of the book are amounts of the currency beside them, whichever side they stand on", () => {
  const detail = { currency: "JPY", net: "-500", lines: "2", unheard: { of: 1 } }
  expect(readFacts({ kind: "invariant", subject: "bank", detail }, "en")).toEqual([
    { name: "Currency", value: "JPY" },
    { name: "Net", value: "−¥500" },
    { name: "Provider's lines", value: "2" },
    { name: "unheard", value: '{"of":1}' },
  ])
})

test("where balances differ each sum is an amount of the currency that the alert is about", () => {
  const detail = { provider: "129900", lines: "129900", book: "-500", waiting: "0" }
  expect(readFacts({ kind: "balance", subject: "USD", detail }, "zh")).toEqual([
    { name: "支付机构", value: "US$1,299.00" },
    { name: "账单", value: "US$1,299.00" },
    { name: "账簿", value: "−US$5.00" },
    { name: "核对中", value: "US$0.00" },
  ])
})

test.each(["zh", "en"] as const)("no two facts of an alert have one name (%s)", (locale) => {
  const { about, reason } = finance[locale]
  const names = [about, reason, ...Object.values(alertFacts[locale].names)]
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
})
