import { describe, expect, test } from "vitest"
import { ApiError } from "./errors.ts"
import { parseForm, parseJson, type Tree } from "./form.ts"
import { integer, list, metadata, object, optional, required, text, timeRange } from "./readers.ts"

const plain = (tree: Tree): unknown =>
  typeof tree === "string" ? tree : Object.fromEntries([...tree].map(([key, child]) => [key, plain(child)]))

test.each([
  ["a=1&b=2", { a: "1", b: "2" }],
  ["a[b][c]=1&a[b][d]=2", { a: { b: { c: "1", d: "2" } } }],
  ["a[0][x]=1&a[1][x]=2", { a: { 0: { x: "1" }, 1: { x: "2" } } }],
  ["a[]=1&a[]=2", { a: { 0: "1", 1: "2" } }],
  ["a%5Bb%5D=%E6%9D%83+%2B", { a: { b: "权 +" } }],
  ["a=", { a: "" }],
  ["", {}],
])("%s", (form, expected) => {
  expect(plain(parseForm(form))).toEqual(expected)
})

test.each(["a=1&a=2", "a=1&a[b]=2", "[a]=1", "a[b=1", "a]b=1", `a${"[b]".repeat(11)}=1`])(
  "refuses %s",
  (form) => {
    expect(() => parseForm(form)).toThrow(ApiError)
  },
)

test("a key of the language is only a key", () => {
  const tree = parseForm("__proto__[polluted]=1&constructor=2")
  expect([...tree.keys()]).toEqual(["__proto__", "constructor"])
  expect("polluted" in {}).toBe(false)
})

test("JSON becomes the same tree, null is absent, what is no object is refused", () => {
  expect(plain(parseJson('{"a":{"b":[true,1,null]},"c":null}'))).toEqual({ a: { b: { 0: "true", 1: "1" } } })
  for (const body of ["[", "1", '"a"', "null"]) expect(() => parseJson(body)).toThrow(ApiError)
})

describe("readers", () => {
  const read = object({
    amount: required(integer(1, 100)),
    tags: optional(list(text(3))),
    metadata: optional(metadata),
  })
  test.each([
    ["amount=7&tags[0]=a&tags[1]=b&metadata[k]=v", { amount: 7, tags: ["a", "b"], metadata: { k: "v" } }],
    ["amount=7&metadata[k]=", { amount: 7, metadata: {} }],
    ["amount=0", "amount"],
    ["amount=101", "amount"],
    ["amount=1.5", "amount"],
    ["amount=1e2", "amount"],
    ["amount=", "amount"],
    ["tags[0]=a", "amount"],
    ["amount=1&tags[1]=a", "tags"],
    ["amount=1&tags[0]=long", "tags[0]"],
    ["amount=1&other=1", "other"],
    ["amount[a]=1", "amount"],
  ])("%s", (form, expected) => {
    if (typeof expected !== "string") return expect(read(parseForm(form), "")).toEqual(expected)
    try {
      read(parseForm(form), "")
      expect.unreachable()
    } catch (error) {
      expect((error as ApiError).body.param).toBe(expected)
    }
  })

  test("a time is exact or within bounds", () => {
    const matches = (form: string, seconds: number) =>
      timeRange(parseForm(form).get("created") ?? "", "created")(seconds)
    expect([matches("created=5", 5), matches("created=5", 6)]).toEqual([true, false])
    const range = "created[gte]=5&created[lt]=7"
    expect([4, 5, 6, 7].map((seconds) => matches(range, seconds))).toEqual([false, true, true, false])
  })
})
