import { describe, expect, it } from "vitest"
import {
  effectiveGrade,
  type Registration,
  type RightsEvidence,
  rightsEvidence,
} from "#contracts/registration.ts"
import type { DocumentReference } from "#contracts/rights/document.ts"
import { fromForm } from "#contracts/rights/form.ts"
import { policyOfLicence } from "#contracts/rights/licences.ts"
import { strip } from "#contracts/rights/papers.ts"
import { openEvidence, openForm } from "#contracts/rights/rights.test-data.ts"
import type { RightsPolicy } from "#contracts/rights.ts"
import { approve, gate, reject } from "./rules.ts"

const at = "2026-11-24T03:50:00.000Z"
const open = fromForm(openForm)
const abroad = fromForm({ ...openForm, abroad: ["DE"] })
const paper: DocumentReference = {
  title: "Approval",
  issuer: "Agency",
  number: "2026-1",
  url: null,
  sha256: null,
}
const evidence = (change: Partial<RightsEvidence>): RightsEvidence =>
  rightsEvidence.parse({ ...openEvidence, ...change })

const planned = (change: object): RightsEvidence =>
  evidence({
    crossBorder: {
      planned: true,
      mechanism: "certification",
      document: paper,
      ground: null,
      regions: null,
      ...change,
    },
  })
const operation = { agency: "Bureau", agreement: paper, scope: "weather", from: "2026-01-01T00:00:00.000Z" }
const personal = { present: true, basis: "consent", impactAssessment: paper } as const

describe("the rights gate", () => {
  it.each<[string, RightsEvidence, RightsPolicy, string[]]>([
    ["all papers there", openEvidence, open, []],
    [
      "neither source nor licence",
      evidence({
        source: { name: null, url: null, obtained: "public-download", note: null },
        basis: { kind: "unstated" },
        rights: { holding: { by: "self" }, use: { by: "self" }, operation: { by: "nobody" } },
      }),
      open,
      ["source_missing", "licence_missing", "operation_right_missing"],
    ],
    ["no address", evidence({ source: { ...openEvidence.source, url: null } }), open, ["source_missing"]],
    [
      "core data",
      evidence({ grade: { whole: "core", fields: [], approval: paper } }),
      open,
      ["grade_core_refused"],
    ],
    [
      "one important field, no approval",
      evidence({ grade: { whole: "general", fields: [{ field: "x", grade: "important" }], approval: null } }),
      open,
      ["grade_approval_missing"],
    ],
    [
      "important and approved",
      evidence({ grade: { whole: "important", fields: [], approval: paper } }),
      open,
      [],
    ],
    [
      "personal data, nothing shown",
      evidence({ personalData: { present: true, basis: null, impactAssessment: null } }),
      open,
      ["personal_data_basis_missing", "personal_data_basis_missing"],
    ],
    ["personal data with papers", evidence({ personalData: personal }), open, []],
    ["personal class undeclared", evidence({ dataClass: "personal" }), open, ["personal_data_basis_missing"]],
    ["abroad, not planned", openEvidence, abroad, ["cross_border_document_missing"]],
    ["abroad, planned", planned({}), abroad, []],
    ["abroad to a planned country", planned({ regions: ["DE", "FR"] }), abroad, []],
    ["abroad to another country", planned({ regions: ["FR"] }), abroad, ["cross_border_document_missing"]],
    ["abroad without the paper", planned({ document: null }), abroad, ["cross_border_document_missing"]],
    [
      "exempt with its ground",
      planned({ mechanism: "exempt", document: null, ground: "open data" }),
      abroad,
      [],
    ],
    [
      "personal data as exempt",
      { ...planned({ mechanism: "exempt", ground: "x" }), personalData: personal },
      abroad,
      ["cross_border_document_missing"],
    ],
    [
      "authorised without its document",
      evidence({
        rights: { ...openEvidence.rights, operation: { by: "authorised", from: "Owner", document: null } },
      }),
      open,
      ["operation_right_missing"],
    ],
    [
      "authorised operation unnamed",
      evidence({ basis: { kind: "authorised-operation" }, rights: selfHeld() }),
      open,
      ["licence_missing"],
    ],
    [
      "authorised operation, over",
      evidence({ authorisedOperation: { ...operation, until: "2026-11-24T03:50:00.000Z" } }),
      open,
      ["licence_missing"],
    ],
    [
      "authorised operation, running",
      evidence({
        basis: { kind: "authorised-operation" },
        rights: selfHeld(),
        authorisedOperation: { ...operation, until: "2027-01-01T00:00:00.000Z" },
      }),
      open,
      [],
    ],
    [
      "a contradictory policy",
      openEvidence,
      fromForm({ ...openForm, commercial: false, purposes: ["advertising"] }),
      Array(6).fill("policy_contradictory"),
    ],
  ])("%s", (_, given, policy, codes) => {
    expect(gate(given, policy, { priced: true, at }).map((refusal) => refusal.refused)).toEqual(codes)
  })

  it("lists a non-commercial licence free of charge only", () => {
    const given = evidence({ basis: { kind: "licence", licence: "CC-BY-NC-4.0" } })
    const policy = policyOfLicence("CC-BY-NC-4.0", "the source")
    expect(gate(given, policy, { priced: false, at })).toEqual([])
    expect(gate(given, policy, { priced: true, at })).toMatchObject([{ refused: "licence_forbids_trade" }])
  })

  it("shows the same in the strip", () => {
    const given = evidence({
      basis: { kind: "unstated" },
      grade: { whole: "core", fields: [], approval: null },
    })
    const states = strip(given, at)
    expect(states.map((one) => [one.part, one.state])).toEqual([
      ["source", "ok"],
      ["rights", "missing"],
      ["grade", "missing"],
      ["crossBorder", "ok"],
    ])
    const told = new Set(gate(given, open, { priced: false, at }).map((refusal) => refusal.at))
    for (const { missing } of states)
      for (const one of missing) {
        expect(told).toContain(one.refusal.at)
        expect(one.zh).toMatch(/\p{Script=Han}/u)
      }
  })

  it("takes the highest grade of any field", () => {
    const fields = [
      { field: "a", grade: "general" as const },
      { field: "b", grade: "core" as const },
    ]
    expect(effectiveGrade(evidence({ grade: { whole: "important", fields, approval: null } }))).toBe("core")
  })
})

function selfHeld(): RightsEvidence["rights"] {
  return { holding: { by: "self" }, use: { by: "self" }, operation: { by: "self" } }
}

it("is reviewed by nobody of its own party", () => {
  const party = "pty_00000000000000000000000001" as const
  const registration = {
    state: "submitted",
    party,
    evidence: openEvidence,
  } as Partial<Registration> as Registration
  const told = { reason: "source", note: "—" } as const
  const user = "usr_00000000000000000000000001"
  const operator = "pty_00000000000000000000000002"
  for (const own of [
    { user, party },
    { user, party: operator, parties: [operator, party] },
  ] as const) {
    expect(approve(registration, 1, own, at)).toMatchObject({ refused: "own_matter" })
    expect(reject(registration, told, own, at)).toMatchObject({ refused: "own_matter" })
  }
})
