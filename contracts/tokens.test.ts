import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { indexTokens, queryTokens, stem } from "./tokens.ts"

describe("tokens", () => {
  // The English cases of step 1 are those of Porter's paper.
  it.each([
    ["caresses", "caress"],
    ["ponies", "poni"],
    ["cats", "cat"],
    ["caress", "caress"],
    ["feed", "feed"],
    ["agreed", "agree"],
    ["plastered", "plaster"],
    ["bled", "bled"],
    ["motoring", "motor"],
    ["sing", "sing"],
    ["conflated", "conflate"],
    ["troubled", "trouble"],
    ["sized", "size"],
    ["hopping", "hop"],
    ["falling", "fall"],
    ["hissing", "hiss"],
    ["failing", "fail"],
    ["filing", "file"],
    ["happy", "happi"],
    ["sky", "sky"],
    ["pricing", "price"],
    ["prices", "price"],
    ["iso9001s", "iso9001s"],
  ])("stems %s to %s", (word, expected) => {
    expect(stem(word)).toBe(expected)
  })

  it.each([
    ["天气数据", ["天气", "气数", "数据"]],
    ["省", ["省"]],
    ["的", []],
    ["Weather of the cities, daily", ["weather", "citi", "daili"]],
    ["GDP数据2023年", ["gdp", "数据", "2023", "年"]],
    ["ＧＤＰ Café", ["gdp", "cafe"]],
    ["data data", ["data"]],
    ["！？ -- ", []],
  ])("cuts %s", (text, expected) => {
    expect(queryTokens(text)).toEqual(expected)
  })

  it("finds every part of a text by a query of its own words, single characters included", () => {
    expect(indexTokens("天气数据")).toEqual(expect.arrayContaining(queryTokens("气")))
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        const index = new Set(indexTokens(text))
        for (const token of queryTokens(text)) {
          expect(index.has(token)).toBe(true)
          expect(token).not.toMatch(/\s/)
        }
      }),
    )
  })
})
