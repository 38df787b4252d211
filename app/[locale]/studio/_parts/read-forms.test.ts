import { describe, expect, it } from "vitest"
import { rightsEvidence } from "#contracts/registration.ts"
import { rightsForm } from "#contracts/rights/form.ts"
import { readEvidence } from "./read-evidence.ts"
import { readRights } from "./read-rights.ts"

function form(fields: Record<string, string | readonly string[]>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) data.append(name, String(one))
  return data
}

describe("the registration form", () => {
  it("that is empty states nothing, and nothing is a form that the server takes", () => {
    const read = readEvidence(form({}))
    expect(read).toMatchObject({ basis: { kind: "unstated" }, personalData: { present: false } })
    expect(rightsEvidence.parse(read)).toEqual(read)
  })

  it("is read whole, with its papers and repeated rows", () => {
    const read = readEvidence(
      form({
        "source.obtained": "authorised-operation",
        "source.name": " Harbour \n authority ",
        "basis.kind": "contract",
        "basis.document.title": "Supply contract",
        "basis.document.number": "2026-7",
        "basis.allows": ["distribute", "use"],
        "basis.attribution": "on",
        "rights.holding.by": "self",
        "rights.use.by": "authorised",
        "rights.use.from": "The authority",
        "rights.operation.by": "licence",
        "grade.whole": "general",
        "grade.field": ["berth", "draught"],
        "grade.fieldGrade": ["important", "general"],
        "personal.present": "yes",
        "personal.basis": "consent",
        "crossBorder.planned": "yes",
        "crossBorder.mechanism": "standard-contract",
        "crossBorder.regions": "sg， de",
        "operation.agency": "City data office",
        "operation.scope": "Berths",
        "operation.from": "2026-01-01",
        "operation.until": "2027-01-01",
        "operation.agreement.title": "Agreement",
        "operation.agreement.url": "https://example.org/a",
        "external.kind": ["data-property", "data-property"],
        "external.number": ["1", ""],
        "external.queryCode": ["", ""],
        "external.issuer": ["Registry", ""],
      }),
    )
    expect(rightsEvidence.safeParse(read)).toMatchObject({ success: true })
    expect(read).toMatchObject({
      source: { name: "Harbour authority" },
      basis: { kind: "contract", allows: ["use", "distribute"], attribution: true },
      rights: { use: { by: "authorised", from: "The authority", document: null } },
      grade: { fields: [{ field: "berth", grade: "important" }, { field: "draught" }] },
      personalData: { present: true, basis: "consent", impactAssessment: null },
      crossBorder: { regions: ["SG", "DE"], document: null },
      authorisedOperation: { agency: "City data office", until: "2027-01-01T00:00:00.000Z" },
      external: [{ number: "1", queryCode: null }],
    })
  })

  it("takes a paper that nothing leads to for none", () => {
    const half = { "grade.approval.title": "Approval", "grade.approval.issuer": "Office" }
    expect(readEvidence(form(half)).grade.approval).toBeNull()
  })
})

describe("the rights form", () => {
  it("reads the six answers", () => {
    const read = readRights(
      form({ way: "answers", purposes: ["statistics", "research"], commercial: "yes", until: "2027-01-01" }),
    )
    if (read?.by !== "answers") throw new Error("no answers")
    expect(rightsForm.parse(read.answers)).toEqual(read.answers)
    expect(read.answers).toMatchObject({
      purposes: ["research", "statistics"],
      commercial: true,
      passOn: "results",
      abroad: "no",
      terms: { until: "2027-01-01T00:00:00.000Z", downloads: null },
    })
  })

  it("is not there while a document is no JSON object or a credit is empty", () => {
    for (const odrl of ["", "{", "[]", "1", "null"])
      expect(readRights(form({ way: "odrl", odrl }))).toBeNull()
    expect(readRights(form({ way: "licence", licence: "CC-BY-4.0", licenceCredit: " " }))).toBeNull()
  })
})
