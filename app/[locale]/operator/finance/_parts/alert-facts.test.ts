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
    readFacts({ detail }, locale).map(({ name, value }) => `${name} ${value}`)
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
  expect(readFacts({ detail }, "en")).toEqual([
    { name: "Currency", value: "JPY" },
    { name: "Net", value: "−¥500" },
    { name: "Provider's lines", value: "2" },
    { name: "unheard", value: '{"of":1}' },
  ])
})

test.each(["zh", "en"] as const)("no two facts of an alert have one name (%s)", (locale) => {
  const { about, reason } = finance[locale]
  const names = [about, reason, ...Object.values(alertFacts[locale].names)]
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
})
