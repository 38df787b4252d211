import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { domains, formats } from "./listing.ts"
import { type currencies, parseMoney } from "./money.ts"
import { actions } from "./rights.ts"
import { bandOf, countFacets, type FacetRow, priceBands, searchInput } from "./search.ts"

describe("the band of a price", () => {
  it.each([
    ["0", "CNY", "free"],
    ["0.01", "CNY", "to100"],
    ["100", "CNY", "to100"],
    ["100.01", "CNY", "to1000"],
    ["1000", "JPY", "to1000"],
    ["1001", "JPY", "to10000"],
    ["10000", "KWD", "to10000"],
    ["10000.001", "KWD", "more"],
  ] as const)("%s %s is %s", (amount, code, band) => {
    const price = parseMoney(amount, code)
    expect(price && bandOf(price)).toBe(band)
  })
})

const row: fc.Arbitrary<FacetRow> = fc.record({
  domain: fc.constantFrom(...domains.slice(0, 3)),
  uses: fc.subarray([...actions]),
  formats: fc.constantFrom(...formats).map((format) => [format]),
  band: fc.constantFrom(...priceBands),
  currency: fc.option(fc.constantFrom("CNY" as const, "USD" as const)),
})
const filters = fc.record({
  domains: fc.subarray([...domains.slice(0, 3)]),
  uses: fc.subarray([...actions].slice(0, 3)),
  formats: fc.subarray([...formats]),
  bands: fc.subarray([...priceBands]),
  currencies: fc.subarray(["CNY", "USD"] as (keyof typeof currencies)[]),
})

describe("facets", () => {
  it("tell how many listings a choice alone would show", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), filters, (rows, chosen) => {
        const { facets } = countFacets(rows, chosen)
        for (const domain of domains.slice(0, 3))
          expect(facets.domains[domain] ?? 0).toBe(countFacets(rows, { ...chosen, domains: [domain] }).total)
        for (const band of priceBands)
          expect(facets.bands[band] ?? 0).toBe(countFacets(rows, { ...chosen, bands: [band] }).total)
        for (const use of actions)
          expect(facets.uses[use] ?? 0).toBe(
            countFacets(rows, { ...chosen, uses: [...chosen.uses, use] }).total,
          )
      }),
      { numRuns: 60 },
    )
  })

  it("count everything where nothing is chosen", () => {
    const none = searchInput.parse({})
    fc.assert(fc.property(fc.array(row), (rows) => countFacets(rows, none).total === rows.length))
  })
})
