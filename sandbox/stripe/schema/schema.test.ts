import { readFileSync } from "node:fs"
import { beforeAll, describe, expect, test } from "vitest"
import { cachedSchemas } from "./cached.ts"
import { wrongIn } from "./check.ts"
import { deriveSchemas, type Schemas } from "./derive.ts"
import { knownFile, nameCheck } from "./known.ts"
import { writeKnown } from "./write-known.ts"

let schemas: Schemas
beforeAll(() => {
  schemas = deriveSchemas()
})

test("the parameters in the repository are those that the installed SDK declares", () => {
  expect(readFileSync(knownFile, "utf8")).toBe(writeKnown(schemas))
  expect(cachedSchemas()).toEqual(schemas)
})

const refund = {
  id: "re_1",
  object: "refund",
  amount: 100,
  balance_transaction: null,
  charge: "ch_1",
  created: 1,
  currency: "usd",
  customer: null,
  customer_account: null,
  destination_details: { type: "alipay", alipay: {} },
  metadata: { key: "value" },
  payment_intent: null,
  payment_method: null,
  reason: null,
  receipt_number: null,
  source_transfer_reversal: null,
  status: "succeeded",
  transfer_reversal: null,
}
const { currency: _left, ...withoutCurrency } = refund

describe("an answer is checked against the SDK's shapes", () => {
  test.each([
    ["as declared", refund, null],
    ["a list of them", { object: "list", url: "/", has_more: false, data: [refund] }, null],
    ["without a member", withoutCurrency, ".currency is missing"],
    ["with a member of another type", { ...refund, amount: "100" }, ".amount is not a number"],
    ["with a member that Stripe does not have", { ...refund, colour: "red" }, ".colour is not a member"],
    ["with another word than the declared ones", { ...refund, pending_reason: 1 }, ".pending_reason"],
    ["with metadata that is not text", { ...refund, metadata: { key: {} } }, ".metadata"],
    [
      "deep inside",
      { ...refund, destination_details: { type: "alipay", alipay: {}, x: 1 } },
      ".x is not a member",
    ],
    ["expanded to another object", { ...refund, charge: refund }, ".charge"],
    ["an object that is not modelled", { id: "x", object: "coupon" }, "not modelled"],
    ["an event with such an object", { object: "event", data: { object: withoutCurrency } }, "event"],
    ["nothing", {}, "not an object of the API"],
  ])("%s", (_name, answer, problem) => {
    const found = wrongIn(schemas, answer)
    if (problem === null) expect(found).toBe(null)
    else expect(found).toContain(problem)
  })
})

describe("the names of parameters", () => {
  const check = nameCheck("POST /v1/checkout/sessions")
  const nested = (key: string, inside: string) => new Map([[key, new Map([["0", new Map([[inside, "x"]])]])]])

  test("that Stripe knows pass, at any depth, and in maps all do", () => {
    for (const tree of [nested("line_items", "quantity"), new Map([["metadata", new Map([["any", "x"]])]])])
      expect(() => check(tree)).not.toThrow()
  })

  test("that Stripe does not know are refused where they stand", () => {
    expect(() => check(nested("line_items", "amount"))).toThrow("line_items[0][amount]")
    expect(() => check(new Map([["__proto__", "x"]]))).toThrow("__proto__")
    expect(() => nameCheck("POST /v1/nothing")).toThrow("no parameters are known")
  })
})
