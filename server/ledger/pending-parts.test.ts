import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { canonicalJson, type Json } from "#contracts/canonical-json.ts"
import { parseParts, partsOf } from "./pending-parts.ts"

/** Strings that hold what looks like the marks between which a fact is cut. */
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(',"body":', '","threads":[', '],"type":"', ',"occurredAt":"', '"}', "\\", '{"actor":'),
)
const value: fc.Arbitrary<Json> = fc.oneof(text, fc.integer(), fc.constant(null), fc.array(text))
const body = fc.dictionary(
  fc.constantFrom("body", "threads", "type", "occurredAt", "actor", "version"),
  value,
)
const fact = fc.record({
  actor: fc.constantFrom<Json>({ job: "sweep", role: "system" }, { commit: "a".repeat(64), role: "buyer" }),
  body,
  occurredAt: fc.constant("2026-11-26T00:00:00.000Z"),
  threads: fc.array(fc.stringMatching(/^[!-~]{1,20}$/)),
  type: fc.constantFrom("trade.confirmed@1", "key.rotated@1"),
})

const quoted = {
  actor: { job: "sweep", role: "system" },
  body: {},
  occurredAt: "2026-11-26T00:00:00.000Z",
  threads: ['",', "!"],
  type: "trade.confirmed@1",
} as const

describe("the parts of a pending fact", () => {
  test("are the same cut as read, whatever stands in its strings", () => {
    fc.assert(
      fc.property(fact, (one) => {
        const written = canonicalJson(one)
        expect(partsOf(written)).toEqual(parseParts(written))
      }),
      { examples: [[{ ...quoted, threads: [...quoted.threads] }]] },
    )
  })

  test("are read where the members stand in another order, as releases before wrote them", () => {
    fc.assert(
      fc.property(fact, ({ actor, body: of, occurredAt, threads, type }) => {
        const before = JSON.stringify({ type, occurredAt, threads, actor, body: of })
        expect(partsOf(before)).toEqual(parseParts(before))
      }),
    )
  })

  test("are none where it is no fact", () => {
    for (const wrong of ["", "{", "null", "[]", '{"actor":1}', '{"actor":,"body":"}'])
      expect(partsOf(wrong)).toBeNull()
  })
})
