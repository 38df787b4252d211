import { expect, test } from "vitest"
import { isRefusal, refuse } from "./refusal.ts"

test("a refusal is known by its code; an answer with a list of what was refused is an answer", () => {
  expect(isRefusal(refuse("not_found"))).toBe(true)
  expect(isRefusal({ ranked: [], refused: [] })).toBe(false)
  expect(isRefusal(null)).toBe(false)
})
