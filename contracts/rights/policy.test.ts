import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  actions,
  type Constraints,
  type RightsPolicy,
  rightsPolicy,
  type Term,
  type WantedUse,
  withPlan,
} from "../rights.ts"
import { contradictions } from "./contradictions.ts"
import { acrossBorder, evaluate } from "./evaluate.ts"
import { fromForm, type RightsForm, rightsForm, toForm } from "./form.ts"
import { arbitraryForm, arbitraryPolicy, arbitraryUse, openForm } from "./rights.test-data.ts"
import { describeUse, explain, mayMayNotMust } from "./sentences.ts"

const at = "2026-11-24T03:50:00.000Z"
const form = (change: Partial<RightsForm>): RightsPolicy => fromForm({ ...openForm, ...change })

describe("the form", () => {
  it("is answered back by its policy", () => {
    fc.assert(
      fc.property(arbitraryForm, (answers) => {
        expect(toForm(fromForm(rightsForm.parse(answers)))).toEqual(answers)
      }),
    )
  })

  it("says null of a policy that it cannot say", () => {
    const policy = form({})
    expect(toForm({ ...policy, terms: { ...policy.terms, aggregate: { stance: "silent" } } })).toBeNull()
  })

  it("brings lists to one order, so that equal policies are equal JSON", () => {
    const a = form({ purposes: ["statistics", "research"] })
    const b = form({ purposes: ["research", "statistics", "research"] })
    expect(JSON.stringify(a)).toBe(JSON.stringify(b))
    expect(rightsPolicy.parse(a)).toEqual(a)
  })
})

describe("contradictions", () => {
  const permit = (constraints: Constraints = {}): Term => ({ stance: "permitted", constraints, duties: [] })
  const terms = (change: Partial<RightsPolicy["terms"]>): RightsPolicy => {
    const policy = form({})
    return { ...policy, terms: { ...policy.terms, ...change } }
  }
  const silence = Object.fromEntries(
    actions.map((action) => [action, { stance: "silent" }]),
  ) as RightsPolicy["terms"]
  it.each<[string, RightsPolicy, string | null, string | null]>([
    ["an open policy", form({}), null, null],
    ["nothing permitted", terms(silence), "use", "nothing_permitted"],
    ["deriving without use", terms({ ...silence, derive: permit() }), "derive,use", "without_use"],
    [
      "an end before the start",
      form({ terms: { ...openForm.terms, from: at, until: "2026-01-01T00:00:00.000Z" } }),
      "use",
      "ends_before_start",
    ],
    [
      "purposes that never meet",
      terms({
        use: permit({ purpose: ["research"] }),
        derive: permit({ purpose: ["education"] }),
      }),
      "derive,use",
      "never_applies",
    ],
    [
      "only commercial purposes, and no commerce",
      form({ commercial: false, purposes: ["advertising"] }),
      "use,commercialise",
      "commercial_purposes_only",
    ],
    [
      "distribution to nobody else",
      terms({ distribute: permit({ recipient: ["own-staff"] }) }),
      "distribute",
      "distribution_to_nobody",
    ],
    [
      "use at home and transfer abroad are no contradiction",
      terms({
        use: permit({ region: ["CN", "DE"] }),
        "transfer-abroad": permit({ region: ["DE"] }),
      }),
      null,
      null,
    ],
  ])("%s", (_, policy, found, reason) => {
    const [first] = contradictions(policy)
    if (found === null) expect(first).toBeUndefined()
    else expect(first).toMatchObject({ refused: "policy_contradictory", detail: { terms: found, reason } })
  })
})

describe("evaluate", () => {
  const research = form({
    purposes: ["research", "education"],
    commercial: false,
    passOn: "nothing",
    training: ["fine-tune"],
    terms: { ...openForm.terms, until: "2027-01-01T00:00:00.000Z", users: 5, credit: "NOAA" },
  })
  const use = (change: Partial<WantedUse>): WantedUse => ({
    actions: ["use"],
    purpose: "research",
    ...change,
  })
  it.each<[string, WantedUse, string, string]>([
    ["as granted", use({}), at, "permit"],
    ["purpose not declared", { actions: ["use"] }, at, "use purpose undeclared"],
    ["another purpose", use({ purpose: "journalism" }), at, "use purpose"],
    ["a commercial purpose", use({ purpose: "advertising" }), at, "use purpose"],
    ["commerce", use({ actions: ["use", "commercialise"] }), at, "commercialise prohibited"],
    ["too many people", use({ seats: 6 }), at, "use seats"],
    ["as many people as allowed", use({ seats: 5 }), at, "permit"],
    ["after the end", use({}), "2027-01-01T00:00:00.000Z", "use until"],
    ["just before the end", use({}), "2026-12-31T23:59:59.999Z", "permit"],
    ["fine-tuning", use({ actions: ["train"], training: ["fine-tune"] }), at, "permit"],
    ["pre-training", use({ actions: ["train"], training: ["pre-train", "fine-tune"] }), at, "train training"],
    ["some training", use({ actions: ["train"] }), at, "train training undeclared"],
    ["deriving for customers", use({ actions: ["derive"], recipient: "customers" }), at, "derive recipient"],
    ["abroad", acrossBorder(use({}), "CN", "DE"), at, "transfer-abroad prohibited"],
    ["at home", acrossBorder(use({}), "CN", "CN"), at, "permit"],
  ])("%s", (_, wanted, time, expected) => {
    const found = evaluate(research, wanted, time)
    if (found.decision === "permit") {
      expect("permit").toBe(expected)
      expect(found.duties).toEqual([{ kind: "attribute", credit: "NOAA" }])
      return
    }
    const { rule } = found
    const why =
      rule.because === "constraint" ? [rule.constraint, rule.undeclared ? "undeclared" : ""] : [rule.because]
    expect([rule.action, ...why].join(" ").trim()).toBe(expected)
  })

  it("needs commerce for a commercial purpose even where the purpose is open", () => {
    const denied = evaluate(form({ commercial: false }), { actions: ["use"], purpose: "advertising" }, at)
    expect(denied).toEqual({ decision: "deny", rule: { because: "prohibited", action: "commercialise" } })
  })

  it("permits only what every action asked for permits, and fewer wishes never turn a permit into a denial", () => {
    fc.assert(
      fc.property(arbitraryPolicy, arbitraryUse, (policy, wanted) => {
        const whole = evaluate(policy, wanted, at).decision
        const parts = wanted.actions.map(
          (action) => evaluate(policy, { ...wanted, actions: [action] }, at).decision,
        )
        expect(whole).toBe(parts.every((one) => one === "permit") ? "permit" : "deny")
      }),
    )
  })

  it("denies whatever is not permitted", () => {
    fc.assert(
      fc.property(arbitraryPolicy, arbitraryUse, (policy, wanted) => {
        const found = evaluate(policy, wanted, at)
        if (wanted.actions.some((action) => policy.terms[action].stance !== "permitted"))
          expect(found.decision).toBe("deny")
      }),
    )
  })
})

describe("sentences", () => {
  it("tell every action once, and every constraint and duty", () => {
    fc.assert(
      fc.property(arbitraryPolicy, fc.constantFrom("zh" as const, "en" as const), (policy, locale) => {
        const { may, mayNot, must } = mayMayNotMust(policy, locale)
        const keys = [...may, ...mayNot].map((item) => item.key)
        expect([...keys].sort()).toEqual([...actions].sort())
        const told = JSON.stringify([...may, ...must])
        for (const duty of policy.obligations)
          if (duty.kind === "report")
            expect(told).toContain(
              duty.everyDays === 1 && locale === "en" ? "every day" : `${duty.everyDays}`,
            )
        for (const action of actions) {
          const term = policy.terms[action]
          if (term.stance !== "permitted") continue
          if (term.constraints.seats !== undefined) expect(told).toContain(`${term.constraints.seats}`)
          if (term.constraints.until !== undefined)
            expect(told).toContain(term.constraints.until.slice(0, 10))
        }
      }),
    )
  })

  it("are in one language at a time", () => {
    fc.assert(
      fc.property(arbitraryForm, arbitraryUse, (answers, wanted) => {
        const policy = fromForm({ ...answers, terms: { ...answers.terms, credit: null } })
        const english = [
          JSON.stringify(mayMayNotMust(policy, "en")),
          explain(evaluate(policy, wanted, at), "en"),
          describeUse(wanted, "en"),
        ].join()
        expect(english).not.toMatch(/\p{Script=Han}/u)
      }),
    )
  })

  it("say that a model cannot be called back", () => {
    const policy = form({ terms: { ...openForm.terms, deleteAfterDays: 30 } })
    const train = mayMayNotMust(policy, "en").may.find((item) => item.key === "train")
    expect(train?.conditions.map((one) => one.text).join()).toMatch(/cannot be called back/)
  })

  it("label what the market enforces", () => {
    const policy = withPlan(form({ terms: { ...openForm.terms, until: "2027-01-01T00:00:00.000Z" } }), true)
    const { must } = mayMayNotMust(policy, "en")
    expect(must.map((item) => [item.key, item.label])).toEqual([
      ["until", "enforced"],
      ["compensate", "enforced"],
    ])
  })
})
