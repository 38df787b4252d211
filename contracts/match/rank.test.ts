import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { canonicalJson } from "../canonical-json.ts"
import { contentHash } from "../content-hash.ts"
import { type Candidate, matchRules, type RoundInputs, reasonSentence } from "../match.ts"
import type { Money } from "../money.ts"
import { fromForm } from "../rights/form.ts"
import { arbitraryPolicy, openForm } from "../rights/rights.test-data.ts"
import { rank } from "./rank.ts"

const at = "2026-11-24T00:00:00.000Z"
const cny = (minor: string): Money => ({ minor, currency: "CNY" })

function candidate(number: number, change: Partial<Candidate> = {}): Candidate {
  const tail = `${number}`.padStart(26, "0")
  return {
    listing: `lst_${tail}`,
    version: 1,
    seller: `pty_${"1".padStart(26, "0")}`,
    sellerCountry: "CN",
    title: { original: "zh", zh: "西雅图逐日天气", en: "Daily weather of Seattle" },
    description: { original: "en", en: "Temperature, wind and rain." },
    columns: ["date", "precipitation"],
    domain: "environment",
    format: "csv",
    policy: fromForm(openForm),
    plans: [{ id: `pln_${tail}`, price: cny("5000") }],
    publishedAt: "2026-11-14T00:00:00.000Z",
    ...change,
  }
}

const inputs = (candidates: Candidate[], change: Partial<RoundInputs> = {}): RoundInputs => ({
  rules: matchRules,
  at,
  buyer: `pty_${"2".padStart(26, "0")}`,
  buyerCountry: "CN",
  words: "weather",
  use: { actions: ["use"] },
  formats: [],
  domain: null,
  cap: cny("10000"),
  candidates,
  ...change,
})

describe("rank", () => {
  it("gives each point its reason", () => {
    const { ranked } = rank(
      inputs([candidate(1)], { formats: ["csv"], domain: "health", words: "daily weather wind" }),
    )
    expect(ranked).toEqual([
      {
        listing: candidate(1).listing,
        plan: candidate(1).plans[0]?.id,
        points: 388 + 200 + 75 + 98 + 100,
        reasons: [
          { code: "words", points: 388, found: 3, asked: 3 },
          { code: "uses", points: 200, duties: 0 },
          { code: "price", points: 75, free: false, capped: true },
          { code: "freshness", points: 98, days: 10 },
          { code: "format", points: 100, matches: true },
          { code: "domain", points: 0, matches: false },
        ],
      },
    ])
    for (const reason of ranked[0]?.reasons ?? []) {
      expect(reasonSentence(reason, "en")).not.toMatch(/\p{Script=Han}/u)
      expect(reasonSentence(reason, "zh")).toMatch(/\p{Script=Han}/u)
    }
  })

  it("finds a listing in either language, and leaves out what shares no word", () => {
    expect(rank(inputs([candidate(1)], { words: "天气" })).ranked).toHaveLength(1)
    expect(rank(inputs([candidate(1)], { words: "penguins" })).unrelated).toEqual([candidate(1).listing])
  })

  const refusedBy = (one: Candidate, change: Partial<RoundInputs> = {}) =>
    rank(inputs([one], change)).refused[0]
  it("refuses what the rights do not allow, with the rule", () => {
    const closed = candidate(1, { policy: fromForm({ ...openForm, commercial: false }) })
    expect(refusedBy(closed, { use: { actions: ["use", "commercialise"] } })).toMatchObject({
      refused: "purpose_not_permitted",
      rule: { because: "prohibited", action: "commercialise" },
    })
    expect(refusedBy(closed, { buyerCountry: "DE" })).toMatchObject({
      refused: "purpose_not_permitted",
      rule: { action: "transfer-abroad" },
    })
  })

  it("refuses what is over the cap or cannot be compared with it", () => {
    expect(refusedBy(candidate(1), { cap: cny("4999") })).toMatchObject({
      refused: "price_over_cap",
      cheapest: cny("5000"),
    })
    expect(refusedBy(candidate(1), { cap: { minor: "999999", currency: "USD" } })).toMatchObject({
      refused: "price_over_cap",
    })
    expect(rank(inputs([candidate(1)], { cap: cny("5000") })).ranked).toHaveLength(1)
    const free = candidate(1, { plans: [{ id: `pln_${"9".padStart(26, "0")}`, price: cny("0") }] })
    expect(rank(inputs([free], { cap: cny("0") })).ranked[0]?.reasons).toContainEqual({
      code: "price",
      points: 150,
      free: true,
      capped: true,
    })
  })

  it("refuses the buyer's own listing", () => {
    const one = candidate(1)
    expect(refusedBy(one, { buyer: one.seller })).toMatchObject({ refused: "own_listing" })
  })

  it("breaks ties by id", () => {
    const { ranked } = rank(inputs([candidate(3), candidate(1), candidate(2)]))
    expect(ranked.map((one) => one.listing)).toEqual([1, 2, 3].map((n) => candidate(n).listing))
  })

  const arbitraryCandidate = fc
    .record({
      title: fc.constantFrom("Daily weather", "Weather and air", "Penguins of Palmer"),
      policy: fc.oneof(arbitraryPolicy, fc.constant(fromForm(openForm))),
      prices: fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 3 }),
      days: fc.integer({ min: 0, max: 600 }),
    })
    .map(
      ({ title, policy, prices, days }) =>
        (number: number): Candidate =>
          candidate(number, {
            title: { original: "en", en: title },
            policy,
            plans: prices.map((price, i) => ({
              id: `pln_${`${number}${i}`.padStart(26, "0")}`,
              price: cny(`${price}`),
            })),
            publishedAt: new Date(Date.parse(at) - days * 86_400_000).toISOString(),
          }),
    )
  const arbitraryCandidates = fc
    .array(arbitraryCandidate, { maxLength: 8 })
    .map((makers) => makers.map((make, i) => make(i + 1)))

  it("gives the same result again from the stored inputs, in whatever order the candidates stand", () => {
    fc.assert(
      fc.property(arbitraryCandidates, (candidates) => {
        const given = inputs(candidates)
        const result = rank(given)
        const stored: RoundInputs = JSON.parse(canonicalJson(given))
        expect(contentHash(rank(stored))).toBe(contentHash(result))
        expect(rank({ ...given, candidates: candidates.toReversed() })).toEqual(result)
      }),
      { numRuns: 50 },
    )
  })

  it("puts every candidate in exactly one place, with points that are the sum of whole numbers", () => {
    fc.assert(
      fc.property(arbitraryCandidates, (candidates) => {
        const { ranked, refused, unrelated } = rank(inputs(candidates))
        const places = [...ranked, ...refused].map((one) => one.listing).concat(unrelated)
        expect(places.sort()).toEqual(candidates.map((one) => one.listing).sort())
        for (const { points, reasons } of ranked) {
          expect(reasons.reduce((sum, reason) => sum + reason.points, 0)).toBe(points)
          expect(Number.isSafeInteger(points) && points >= 0 && points <= 1_100).toBe(true)
        }
      }),
      { numRuns: 50 },
    )
  })

  it("never moves the others when a candidate is added, least of all an ineligible one", () => {
    fc.assert(
      fc.property(arbitraryCandidates, arbitraryCandidate, (candidates, make) => {
        const before = rank(inputs(candidates)).ranked
        const added = make(99)
        const after = rank(inputs([...candidates, added])).ranked
        expect(after.filter((one) => one.listing !== added.listing)).toEqual(before)
        const dear = { ...added, plans: added.plans.map((plan) => ({ ...plan, price: cny("10001") })) }
        expect(rank(inputs([...candidates, dear])).ranked).toEqual(before)
      }),
      { numRuns: 50 },
    )
  })

  it("runs no other version's rules", () => {
    expect(() => rank({ ...inputs([]), rules: "match-0" as "match-1" })).toThrow(/match-1/)
  })
})
