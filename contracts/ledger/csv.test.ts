import fc from "fast-check"
import { expect, test } from "vitest"
import { csvRow, parseCsvRow } from "./csv.ts"

const field = fc.string({ unit: "grapheme" }).filter((text) => !/[\r\n]/.test(text))

test("a row is read as it was written", () => {
  fc.assert(
    fc.property(fc.array(field, { minLength: 1 }), (fields) => {
      expect(parseCsvRow(csvRow(fields))).toEqual(fields)
    }),
  )
})

test.each(['"a', 'a"b', '"a"b', '"a"', "a\rb", '"a\nb"'])("%j is not a row in its one form", (line) => {
  expect(parseCsvRow(line)).toHaveProperty("malformed")
})

test("a field with a line break cannot be written", () => {
  expect(() => csvRow(["a\nb"])).toThrow("line break")
})
