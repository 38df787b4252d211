import { describe, expect, it } from "vitest"
import type { RightsPolicy } from "../rights.ts"
import { fitsBasis, type LegalBasis } from "./basis.ts"
import { contradictions } from "./contradictions.ts"
import { fromForm } from "./form.ts"
import { type LicenceId, licenceIds, licenceNotes, licences, policyOfLicence } from "./licences.ts"
import { openForm } from "./rights.test-data.ts"

const withCredit = fromForm({ ...openForm, terms: { ...openForm.terms, credit: "Gapminder" } })
const closed = fromForm({ ...openForm, passOn: "nothing", commercial: false })

describe("licences", () => {
  it.each(licenceIds)("%s: its widest policy fits it, and is not contradictory", (id) => {
    const policy = policyOfLicence(id, "the source")
    expect(contradictions(policy)).toEqual([])
    const basis: LegalBasis = { kind: "licence", licence: id }
    expect(fitsBasis(basis, policy, false)).toEqual([])
    const forMoney = fitsBasis(basis, policy, true).map((refusal) => refusal.refused)
    expect(forMoney).toEqual(id.includes("-NC-") ? ["licence_forbids_trade"] : [])
    expect(licenceNotes(id, "en").length).toBe(licenceNotes(id, "zh").length)
    expect(new URL(licences[id].url).protocol).toMatch(/^https?:$/)
  })

  const of = (licence: LicenceId): LegalBasis => ({ kind: "licence", licence })
  it.each<[string, LegalBasis, RightsPolicy, boolean, string[]]>([
    ["unstated", { kind: "unstated" }, withCredit, false, ["licence_missing"]],
    ["own data", { kind: "own" }, closed, true, []],
    ["public domain, narrowed", of("us-public-domain"), closed, true, []],
    ["CC BY, open with credit", of("CC-BY-4.0"), withCredit, true, []],
    ["CC BY, no credit", of("CC-BY-4.0"), fromForm(openForm), true, ["policy_exceeds_rights"]],
    ["OGL, narrowed", of("OGL-UK-3.0"), { ...closed, obligations: withCredit.obligations }, true, []],
    [
      "CC BY, deletion asked",
      of("CC-BY-4.0"),
      { ...withCredit, obligations: [...withCredit.obligations, { kind: "delete-after", days: 30 }] },
      true,
      ["licence_forbids_trade"],
    ],
    ["CC BY-NC, commerce", of("CC-BY-NC-4.0"), withCredit, false, ["policy_exceeds_rights"]],
    [
      "terms for research only",
      {
        kind: "terms",
        name: "StatLib",
        url: "http://lib.stat.cmu.edu/datasets/cars.desc",
        allows: ["use", "reproduce", "derive", "aggregate"],
        attribution: false,
      },
      fromForm({ ...openForm, commercial: false, passOn: "nothing", training: ["evaluate"] }),
      false,
      ["policy_exceeds_rights"],
    ],
  ])("%s", (_, basis, policy, priced, codes) => {
    expect([...new Set(fitsBasis(basis, policy, priced).map((refusal) => refusal.refused))]).toEqual(codes)
  })

  it("names what may not be narrowed", () => {
    const found = fitsBasis(of("CC-BY-SA-4.0"), { ...closed, obligations: withCredit.obligations }, false)
    expect(found.map((refusal) => refusal.detail?.action)).toEqual([
      "distribute",
      "derive",
      "aggregate",
      "commercialise",
    ])
  })
})
