import { expect, test } from "vitest"
import { queryText } from "../../../_lib/paths.ts"
import { isFiltered, readSearch, searchQuery, toggled } from "./search-query.ts"

test("an address gives the search that made it", () => {
  const search = readSearch({
    q: " rain ",
    use: ["transfer-abroad", "train"],
    domain: "science",
    format: "csv",
    price: ["free"],
    currency: "CNY",
    sort: "newest",
  })
  expect(search).toMatchObject({ words: "rain", uses: ["train", "transfer-abroad"], bands: ["free"] })
  const text = queryText(searchQuery(search, "abc"))
  expect(text).toBe(
    "?q=rain&use=train&use=transfer-abroad&domain=science&format=csv&price=free&currency=CNY&sort=newest&after=abc",
  )
})

test("what no vocabulary has is left out instead of refused", () => {
  const search = readSearch({ use: "fly", domain: ["", "science"], sort: "loudest", after: "x".repeat(301) })
  expect(search).toMatchObject({ uses: [], domains: ["science"], sort: "relevance", after: null })
})

test("a choice is put on in the vocabulary's order and taken off again; the page starts anew", () => {
  const none = readSearch({ q: "rain" })
  expect(isFiltered(none)).toBe(false)
  const one = toggled(none, "uses", "train")
  const two = toggled(one, "uses", "use")
  expect(two.uses).toEqual(["use", "train"])
  expect(toggled(two, "uses", "train").uses).toEqual(["use"])
  expect(isFiltered(two)).toBe(true)
  expect(queryText(searchQuery({ ...two, after: "abc" }))).toBe("?q=rain&use=use&use=train")
})
