import fc from "fast-check"
import { expect, test } from "vitest"
import { matchLines, type OpenItem } from "./match-rules.ts"

/** Two of ours, two of the provider's, and one that is too short to be found in a text. */
const references = ["QHAAAABBBBCCCC", "QHAAAABBBBCCCD", "PO1234567890", "PO1234567899", "PO123"]

const item = fc.record({
  kind: fc.constant("receipt" as const),
  id: fc.constantFrom("pay_1", "pay_2", "pay_3", "pay_4"),
  attempt: fc.constant(1),
  direction: fc.constantFrom("in" as const, "out" as const),
  amount: fc.record({
    minor: fc.constantFrom("100", "200"),
    currency: fc.constantFrom("CNY" as const, "USD" as const),
  }),
  references: fc.uniqueArray(fc.constantFrom(...references), { minLength: 1, maxLength: 2 }),
  waiting: fc.boolean(),
  doubt: fc.constant(null),
  payment: fc.constant(null),
  title: fc.constant(null),
  party: fc.constant(null),
}) as unknown as fc.Arbitrary<OpenItem>

const text = fc
  .array(fc.constantFrom(...references, "货款", "invoice", " "), { maxLength: 4 })
  .map((words) => words.join(" "))

test("only a thing that the line names, and that fits in all, is its match", () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 6 }), text, (items, told) => {
      const line = {
        id: "bkl_1",
        direction: "in" as const,
        amount: { minor: "100", currency: "CNY" as const },
        text: told,
        counterparty: "",
        number: "N1",
        used: false,
      }
      const match = matchLines([line as never], items).get("bkl_1")
      const fitting = items.filter(
        ({ references, direction, waiting, amount }) =>
          references.some((one) => one.length >= 10 && told.includes(one)) &&
          direction === "in" &&
          waiting &&
          amount.minor === "100" &&
          amount.currency === "CNY",
      )
      if (fitting.length === 1) expect(match).toEqual({ kind: "exact", item: fitting[0] })
      else expect(match?.kind).toBe("doubt")
    }),
    { numRuns: 1_000 },
  )
})
