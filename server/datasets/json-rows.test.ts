import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { FileRefused } from "./file-refused.ts"
import { type Arrangement, JsonObjects } from "./json-objects.ts"
import { JsonRows, kinds } from "./json-rows.ts"

function objectsOf(text: string, arrangement: Arrangement, cuts: number[] = []): string[] {
  const bytes = Buffer.from(text)
  const reader = new JsonObjects(arrangement)
  const found: string[] = []
  let at = 0
  for (const cut of [...cuts, bytes.length]) {
    found.push(...reader.push(bytes.subarray(at, at + cut)))
    at += cut
  }
  reader.finish()
  return found
}

function refusalOf(work: () => unknown) {
  try {
    work()
  } catch (error) {
    if (error instanceof FileRefused) return error.refusal.detail
    throw error
  }
  return null
}

describe("JSON cut into objects", () => {
  it.each<[string, Arrangement, string, string[]]>([
    ["an array", "array", ' [ {"a":1} ,\n{"b":"}]\\""} ] \n', ['{"a":1}', '{"b":"}]\\""}']],
    ["an empty array", "array", "[]", []],
    ["lines", "objects", '{"a":{"b":[{}]}}\n\n{"c":2}\n', ['{"a":{"b":[{}]}}', '{"c":2}']],
    ["one object over lines", "objects", '{\n"a": 1\n}\n', ['{\n"a": 1\n}']],
  ])("%s", (_what, arrangement, text, found) => {
    expect(objectsOf(text, arrangement)).toEqual(found)
  })

  it("is the same however it arrives in pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.array(fc.nat(9)), (rows, cuts) => {
        const texts = rows.map((row) => JSON.stringify(row))
        expect(objectsOf(`[${texts.join(",")}]`, "array", cuts)).toEqual(texts)
        expect(objectsOf(texts.join("\n"), "objects", cuts)).toEqual(texts)
      }),
    )
  })

  it.each<[string, Arrangement, string, object]>([
    ["an array without its end", "array", '[{"a":1},{"a":2}', { reason: "truncated", row: 3 }],
    ["an object without its end", "objects", '{"a":1}\n{"a":', { reason: "truncated", row: 2 }],
    ["something after the array", "array", '[{"a":1}] x', { reason: "json_syntax", row: 2 }],
    ["two commas", "array", '[{"a":1},,{"a":2}]', { reason: "not_an_object", row: 2 }],
    ["a comma at the end", "array", '[{"a":1},]', { reason: "not_an_object", row: 2 }],
    ["no comma", "array", '[{"a":1} {"a":2}]', { reason: "json_syntax", row: 2 }],
    ["numbers in the array", "array", "[1,2,3]", { reason: "not_an_object", row: 1 }],
    ["arrays as lines", "objects", '{"a":1}\n[1]', { reason: "not_an_object", row: 2 }],
    ["deep nesting", "objects", `{"a":${"[".repeat(100_000)}`, { reason: "too_deep", row: 1, most: 64 }],
  ])("refuses %s", (_what, arrangement, text, detail) => {
    expect(refusalOf(() => objectsOf(text, arrangement))).toEqual(detail)
  })
})

describe("objects as rows", () => {
  it("keeps every digit of integers, at any depth", () => {
    const rows = new JsonRows()
    const line = rows.line(
      '{"n":123456789012345678901234567890,"m":-9007199254740993,"deep":{"k":[18446744073709551615]},"f":0.1}',
    )
    expect(JSON.parse(line)).toEqual({
      c0: "123456789012345678901234567890",
      c1: "-9007199254740993",
      c2: '{"k":[18446744073709551615]}',
      c3: "0.1",
    })
    expect(rows.kindsSeen()).toEqual([kinds.integer, kinds.integer, kinds.object, kinds.decimal])
  })

  it("makes a column for each name, whatever its case or kind, and leaves nulls out", () => {
    const rows = new JsonRows()
    expect(rows.line('{"a":1,"A":"x","__proto__":true}')).toBe('{"c0":"1","c1":"x","c2":"true"}')
    expect(rows.line('{"A":null,"b":[1]}')).toBe('{"c3":"[1]"}')
    expect(rows.names()).toEqual(["a", "A", "__proto__", "b"])
    expect(rows.line('{"a":"y"}')).toBe('{"c0":"y"}')
    expect(rows.kindsSeen()[0]).toBe(kinds.integer | kinds.text)
  })

  it("refuses bad syntax with its row, and more columns than can be listed however they are spread", () => {
    const rows = new JsonRows()
    rows.line('{"a":1}')
    expect(refusalOf(() => rows.line('{"a":01}'))).toEqual({ reason: "json_syntax", row: 2 })
    const wide = new JsonRows()
    expect(() => {
      for (let i = 0; i < 5000; i++) wide.line(`{"k${i}":1}`)
    }).toThrow("too_many_columns")
  })
})
