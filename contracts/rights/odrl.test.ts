import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isRefusal } from "../refusal.ts"
import { fromForm } from "./form.ts"
import { fromOdrl } from "./odrl-read.ts"
import { profileIri } from "./odrl-terms.ts"
import { type OdrlIds, toOdrl } from "./odrl-write.ts"
import { arbitraryPolicy, openForm } from "./rights.test-data.ts"

const offer: OdrlIds = { type: "Offer", id: "urn:example:offer:1", assigner: "urn:example:party:1" }
const agreement: OdrlIds = {
  type: "Agreement",
  id: "urn:example:agreement:1",
  assigner: "urn:example:party:1",
  assignee: "urn:example:party:2",
  target: "urn:example:asset:1",
  timestamp: "2026-11-24T03:50:00.000Z",
}

/** Every value in the document, with the member it stands under. */
function* members(value: unknown, name = ""): Generator<[string, unknown]> {
  yield [name, value]
  if (Array.isArray(value)) for (const one of value) yield* members(one, name)
  else if (typeof value === "object" && value !== null)
    for (const [key, one] of Object.entries(value)) yield* members(one, key)
}

describe("ODRL", () => {
  it("gives the same policy back", () => {
    fc.assert(
      fc.property(arbitraryPolicy, fc.constantFrom(offer, agreement), (policy, ids) => {
        const text = JSON.stringify(toOdrl(policy, ids))
        expect(fromOdrl(JSON.parse(text))).toEqual(policy)
      }),
    )
  })

  it("keeps to the Dataspace Protocol's schema: string actions, no bare number, no target in an offer", () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const document = toOdrl(policy, offer)
        expect(document).not.toHaveProperty("target")
        expect(document.permission ?? document.prohibition).toBeDefined()
        for (const [name, value] of members(document)) {
          expect(typeof value).not.toBe("number")
          if (name === "action") expect(typeof value).toBe("string")
          if (Array.isArray(value)) expect(value.length).toBeGreaterThan(0)
        }
      }),
    )
  })

  it("writes a plain form as expected", () => {
    const policy = fromForm({
      ...openForm,
      purposes: ["research"],
      commercial: false,
      training: ["fine-tune"],
      terms: { ...openForm.terms, downloads: 5, deleteAfterDays: 30 },
    })
    const document = toOdrl(policy, agreement)
    expect(document).toMatchObject({
      "@type": "Agreement",
      profile: profileIri,
      target: "urn:example:asset:1",
    })
    expect(document.permission?.[0]).toEqual({
      action: "use",
      constraint: [
        { leftOperand: "purpose", operator: "isAnyOf", rightOperand: ["research"] },
        {
          leftOperand: "count",
          operator: "lteq",
          rightOperand: { "@value": "5", "@type": "xsd:integer" },
        },
      ],
    })
    expect(document.prohibition).toEqual([{ action: "cc:CommercialUse" }, { action: "qh:transferAbroad" }])
    expect(document.obligation).toEqual([
      {
        action: "delete",
        constraint: [
          {
            leftOperand: "delayPeriod",
            operator: "eq",
            rightOperand: { "@value": "P30D", "@type": "xsd:duration" },
          },
        ],
      },
    ])
  })

  const good = () => toOdrl(fromForm(openForm), offer)
  it.each([
    ["an action both allowed and forbidden", { prohibition: [{ action: "use" }] }, "policy_contradictory"],
    ["an unknown action", { permission: [{ action: "odrl:sell" }] }, "invalid_input"],
    ["a second permission", { permission: [{ action: "use" }, { action: "use" }] }, "invalid_input"],
    ["another profile", { profile: "http://example.org/profile" }, "invalid_input"],
    ["an unknown member", { inheritFrom: "urn:example:other" }, "invalid_input"],
    ["another conflict strategy", { conflict: "perm" }, "invalid_input"],
    [
      "an unknown constraint",
      {
        permission: [
          { action: "use", constraint: [{ leftOperand: "media", operator: "eq", rightOperand: ["x"] }] },
        ],
      },
      "invalid_input",
    ],
    [
      "a bare number",
      {
        permission: [
          { action: "use", constraint: [{ leftOperand: "count", operator: "lteq", rightOperand: 5 }] },
        ],
      },
      "invalid_input",
    ],
    [
      "a number in another written form",
      {
        permission: [
          {
            action: "use",
            constraint: [
              {
                leftOperand: "count",
                operator: "lteq",
                rightOperand: { "@value": "05", "@type": "xsd:integer" },
              },
            ],
          },
        ],
      },
      "invalid_input",
    ],
    ["an unknown duty", { obligation: [{ action: "watermark" }] }, "invalid_input"],
    ["a duty twice", { obligation: [{ action: "compensate" }, { action: "compensate" }] }, "invalid_input"],
  ])("refuses %s", (_, change, code) => {
    expect(isRefusal(fromOdrl(good()))).toBe(false)
    expect(fromOdrl({ ...good(), ...change })).toMatchObject({ refused: code })
  })

  it.each([null, 5, "policy", [], {}])("refuses what is no policy at all: %j", (value) => {
    expect(fromOdrl(value)).toMatchObject({ refused: "invalid_input" })
  })
})
