import { expect, test } from "vitest"
import { plainEnd, short } from "./short-values.ts"

test("bucket ends lose figures that eyes do not need, and nothing else", () => {
  expect(plainEnd("0.30000000000000004")).toBe("0.3")
  expect(plainEnd("1950")).toBe("1950")
  expect(plainEnd("1950.0")).toBe("1950")
  expect(plainEnd("-12.3456")).toBe("-12.35")
  expect(plainEnd("123456789.25")).toBe("123500000")
  expect(plainEnd("2020-01-01 00:00:00")).toBe("2020-01-01")
  expect(plainEnd("2020-01-01 12:30:00.123")).toBe("2020-01-01 12:30:00")
})

test("a long value is cut between signs, not inside one", () => {
  expect(short("abc", 3)).toBe("abc")
  expect(short("𠮷野家牛丼", 2)).toBe("𠮷野…")
})
