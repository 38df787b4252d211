import { expect, test } from "vitest"
import { locales } from "#contracts/localized-text.ts"
import { inLocale, isLocale, preferredLocale } from "./locale.ts"
import { paths, queryText, safeNext } from "./paths.ts"

test("isLocale knows exactly the contract's languages", () => {
  expect(locales.every(isLocale)).toBe(true)
  expect([undefined, "", "ZH", "fr", "zh-CN"].some(isLocale)).toBe(false)
})

test.each([
  ["en-GB,en;q=0.9,zh;q=0.8", "en"],
  ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
  ["en;q=0.5,zh-TW;q=0.7", "zh"],
  ["fr,de", "zh"],
  ["fr,en;q=0.1", "en"],
  ["en;q=0", "zh"],
  ["*", "zh"],
  ["", "zh"],
  [null, "zh"],
])("Accept-Language %j reads %s", (header, locale) => {
  expect(preferredLocale(header)).toBe(locale)
})

test.each([
  ["/zh", "/en"],
  ["/zh/trades/trd_1?tab=a&b=/zh/x", "/en/trades/trd_1?tab=a&b=/zh/x"],
  ["/zhongguo", "/en/zhongguo"],
  ["/zh?q=1", "/en?q=1"],
  ["/", "/en"],
])("%s in English is %s", (from, to) => {
  expect(inLocale(from, "en")).toBe(to)
})

test("a listing's address holds its tab and its filters, and nothing can break out of a segment", () => {
  const to = paths("en")
  expect(to.listing("lst_1")).toBe("/en/listings/lst_1")
  expect(to.listing("lst_1", "data", { page: 2 })).toBe("/en/listings/lst_1/data?page=2")
  expect(to.trade("../operator?x#y")).toBe("/en/trades/..%2Foperator%3Fx%23y")
  expect(queryText({ use: ["train", "derive"], q: "", cursor: null, max: undefined, n: 0 })).toBe(
    "?use=train&use=derive&n=0",
  )
})

test.each([
  "//evil.example",
  "/\\evil.example",
  "https://evil.example",
  "/zh\\..",
  "/zh/ x",
  "javascript:alert(1)",
  "/zhx",
  "",
  null,
])("after signing in, %j leads home", (next) => {
  expect(safeNext(next, "en")).toBe("/en")
})

test("after signing in, a page of ours is kept", () => {
  expect(safeNext("/zh/trades/trd_1?tab=a", "en")).toBe("/zh/trades/trd_1?tab=a")
  expect(safeNext("/en", "zh")).toBe("/en")
})
