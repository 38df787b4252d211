import { describe, expect, it } from "vitest"
import { completeness, type DraftChanges, draftChanges, emptyDraft } from "#contracts/product.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { fromForm } from "#contracts/rights/form.ts"
import { toOdrl } from "#contracts/rights/odrl-write.ts"
import { strip } from "#contracts/rights/papers.ts"
import { openEvidence, openForm } from "#contracts/rights/rights.test-data.ts"
import { applyChanges } from "./rules.ts"

const at = "2026-11-24T03:50:00.000Z"
const changes = (typed: object): DraftChanges => draftChanges.parse(typed)
const plan = (kind: string, amount: string, currency: string) => ({
  kind,
  amount,
  currency,
  seats: null,
  approval: false,
  template: "data-supply",
})

describe("a typed price", () => {
  it.each([
    ["one-off", "199.5", "CNY", "19950"],
    ["one-off", "1,000", "JPY", "1000"],
    ["free", "", "CNY", "0"],
    ["free", "0", "USD", "0"],
    ["one-off", "-5", "CNY", "price_invalid plans.0.amount"],
    ["one-off", "1.005", "CNY", "price_invalid plans.0.amount"],
    ["one-off", "1.5", "JPY", "price_invalid plans.0.amount"],
    ["one-off", "0", "CNY", "price_invalid plans.0.amount"],
    ["one-off", "", "CNY", "price_invalid plans.0.amount"],
    ["one-off", "ten", "CNY", "price_invalid plans.0.amount"],
    ["free", "5", "CNY", "price_invalid plans.0.amount"],
    ["one-off", "5", "XYZ", "currency_unknown plans.0.currency"],
    ["one-off", "5", "toString", "currency_unknown plans.0.currency"],
  ])("%s %s %s: %s", (kind, amount, currency, expected) => {
    const draft = applyChanges(emptyDraft, changes({ plans: [plan(kind, amount, currency)] }))
    const told = isRefusal(draft) ? `${draft.refused} ${draft.at}` : draft.plans[0]?.price.minor
    expect(told).toBe(expected)
  })
})

describe("a policy", () => {
  const policy = fromForm(openForm)

  it("is the same from the answers, as itself, and read back from ODRL", () => {
    const odrl = toOdrl(policy, { type: "Offer", id: "urn:offer", assigner: "urn:seller" })
    for (const policyInput of [
      { by: "answers", answers: openForm },
      { by: "policy", policy },
      { by: "odrl", document: odrl },
    ])
      expect(applyChanges(emptyDraft, changes({ policy: policyInput }))).toMatchObject({ policy })
  })

  it("that contradicts itself is not kept", () => {
    const answers = { ...openForm, commercial: false, purposes: ["advertising"] }
    expect(applyChanges(emptyDraft, changes({ policy: { by: "answers", answers } }))).toMatchObject({
      refused: "policy_contradictory",
    })
  })

  it("stays as it was when another step is saved", () => {
    const draft = { ...emptyDraft, policy }
    expect(applyChanges(draft, changes({ domain: "energy" }))).toEqual({ ...draft, domain: "energy" })
  })
})

describe("completeness", () => {
  it("names everything that an empty draft misses, each with its step", () => {
    const { done, of, missing } = completeness(emptyDraft, "none", [])
    expect([done, of]).toEqual([0, 10])
    expect(missing.map(({ step, field }) => `${step} ${field}`)).toEqual([
      "file file",
      "registration title",
      "registration evidence",
      "rights policy",
      "listing description",
      "listing domain",
      "listing plans",
    ])
  })

  it("names the missing paper, and is whole when nothing is missing", () => {
    const text = { original: "en", en: "x" } as const
    const full = applyChanges(
      emptyDraft,
      changes({
        title: text,
        description: text,
        domain: "environment",
        evidence: openEvidence,
        policy: { by: "answers", answers: openForm },
        plans: [plan("free", "", "CNY")],
      }),
    )
    if (isRefusal(full)) throw new Error(full.refused)
    expect(completeness(full, "measured", strip(openEvidence, at))).toEqual({ done: 10, of: 10, missing: [] })
    const unstated = { ...openEvidence, source: { ...openEvidence.source, name: null } }
    const { done, missing } = completeness(full, "measured", strip(unstated, at))
    expect(done).toBe(9)
    expect(missing.map(({ field }) => field)).toEqual(["evidence.source.name"])
  })
})
