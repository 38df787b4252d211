import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { CanonicalJsonError, canonicalJson, maxDepth, parseCanonical } from "./canonical-json.ts"

const asciiName = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((c) => String.fromCharCode(c)) })
const text = fc.string({ unit: "grapheme" })
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(asciiName, tie("value"), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value

describe("canonical JSON", () => {
  test("what is written is read again, as the same value and the same text", () => {
    fc.assert(
      fc.property(json, (value) => {
        const written = canonicalJson(value)
        const read = parseCanonical(written)
        expect(canonicalJson(read)).toBe(written)
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test("a text that JSON reads as the same value, but that is not the one form, is refused", () => {
    fc.assert(
      fc.property(json, fc.constantFrom(" ", "\n", "\t"), (value, space) => {
        expect(() => parseCanonical(canonicalJson(value) + space)).toThrow(CanonicalJsonError)
        expect(() => parseCanonical(space + canonicalJson(value))).toThrow(CanonicalJsonError)
      }),
    )
  })

  test.each([
    ["members out of order", '{"b":1,"a":2}'],
    ["a member twice", '{"a":1,"a":1}'],
    ["a float", "1.5"],
    ["a whole float", "1.0"],
    ["an exponent", "1e3"],
    ["2^53", "9007199254740992"],
    ["2^53 + 1", "9007199254740993"],
    ["minus zero", "-0"],
    ["an escape that is not needed", '"\\u0041"'],
    ["an escaped lone surrogate", '"\\ud83d"'],
    ["an escaped pair", '"\\ud83d\\ude00"'],
    ["a member name beyond ASCII", '{"é":1}'],
    ["array indices in number order", '{"9":1,"10":1}'],
    ["nesting without end", "[".repeat(maxDepth + 1) + "]".repeat(maxDepth + 1)],
    ["nesting far without end", "[".repeat(100_000) + "]".repeat(100_000)],
    ["nothing", ""],
    ["a comma at the end", "[1,]"],
  ])("reading refuses %s", (_, source) => {
    expect(() => parseCanonical(source)).toThrow(CanonicalJsonError)
  })

  test.each([
    ["array indices in text order", '{"10":1,"9":1}'],
    ["a backslash before what looks like a surrogate", '"\\\\ud83d"'],
    ["the largest integer", "9007199254740991"],
    ["text that is not normalised", '"e\u0301"'],
  ])("reading accepts %s", (_, source) => {
    expect(canonicalJson(parseCanonical(source))).toBe(source)
  })

  test.each([
    ["undefined", undefined],
    ["an undefined member", { a: undefined }],
    ["a hole", [undefined]],
    ["a float", 0.1],
    ["not a number", Number.NaN],
    ["2^53", 2 ** 53],
    ["a bigint", 1n],
    ["a date", new Date(0)],
    ["a function", () => 1],
    ["a lone surrogate", "\ud83d"],
    ["a member name beyond ASCII", { é: 1 }],
  ])("writing refuses %s", (_, value) => {
    expect(() => canonicalJson(value)).toThrow(CanonicalJsonError)
  })
})
