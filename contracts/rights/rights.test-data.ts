import fc from "fast-check"
import type { RightsEvidence } from "../registration.ts"
import {
  type Action,
  actions,
  type Constraints,
  type Duty,
  industries,
  purposes,
  type RightsPolicy,
  recipients,
  rightsPolicy,
  type Term,
  trainingKinds,
  type WantedUse,
  wantedUse,
} from "../rights.ts"
import { toTime } from "../time.ts"
import type { RightsForm } from "./form.ts"

/** Arbitrary values of the rights contracts for property tests, all in normal form. */
const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 })
const day = fc.integer({ min: 20_000, max: 24_000 }).map((n) => toTime(n * 86_400_000))
const regions = some(["CN", "DE", "FR", "JP", "US"])
const days = fc.integer({ min: 1, max: 3650 })
const credit = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).filter((text) => {
  return text.trim() === text && text.length > 0 && !/[\p{Cc}\p{Cs}]/u.test(text)
})

export const arbitraryConstraints = (action: Action): fc.Arbitrary<Constraints> =>
  fc.record(
    {
      purpose: some(purposes),
      industry: some(industries),
      recipient: some(recipients),
      region: regions,
      from: day,
      until: day,
      count: fc.integer({ min: 1, max: 1_000_000 }),
      seats: fc.integer({ min: 1, max: 1_000_000 }),
      ...(action === "train" ? { training: some(trainingKinds) } : {}),
    },
    { requiredKeys: [] },
  )

export const arbitraryDuties: fc.Arbitrary<Duty[]> = fc
  .tuple(
    fc.option(fc.constant<Duty>({ kind: "compensate" }), { nil: undefined }),
    fc.option(
      credit.map((text): Duty => ({ kind: "attribute", credit: text })),
      { nil: undefined },
    ),
    fc.option(
      days.map((n): Duty => ({ kind: "delete-after", days: n })),
      { nil: undefined },
    ),
    fc.option(
      days.map((n): Duty => ({ kind: "report", everyDays: n })),
      { nil: undefined },
    ),
  )
  .map((list) => list.filter((one) => one !== undefined))

const arbitraryTerm = (action: Action): fc.Arbitrary<Term> =>
  fc.oneof(
    fc.record({
      stance: fc.constant("permitted" as const),
      constraints: arbitraryConstraints(action),
      duties: arbitraryDuties,
    }),
    fc.constant<Term>({ stance: "prohibited" }),
    fc.constant<Term>({ stance: "silent" }),
  )

export const arbitraryPolicy: fc.Arbitrary<RightsPolicy> = fc
  .record({
    v: fc.constant(1 as const),
    terms: fc.record(
      Object.fromEntries(actions.map((action) => [action, arbitraryTerm(action)])) as Record<
        Action,
        fc.Arbitrary<Term>
      >,
    ),
    obligations: arbitraryDuties,
  })
  .map((policy) => rightsPolicy.parse(policy))

export const arbitraryUse: fc.Arbitrary<WantedUse> = fc
  .record(
    {
      actions: some(actions),
      purpose: fc.constantFrom(...purposes),
      industry: fc.constantFrom(...industries),
      recipient: fc.constantFrom(...recipients),
      region: fc.constantFrom("CN", "DE", "US"),
      count: fc.integer({ min: 1, max: 100 }),
      seats: fc.integer({ min: 1, max: 100 }),
    },
    { requiredKeys: ["actions"] },
  )
  .map((use) => wantedUse.parse(use))

export const arbitraryForm: fc.Arbitrary<RightsForm> = fc.record({
  purposes: fc.subarray([...purposes]),
  industries: fc.subarray([...industries]),
  commercial: fc.boolean(),
  passOn: fc.constantFrom("nothing", "results", "data"),
  training: fc.subarray([...trainingKinds]),
  abroad: fc.oneof(fc.constantFrom("no" as const, "anywhere" as const), regions),
  terms: fc.record({
    from: fc.option(day),
    until: fc.option(day),
    downloads: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
    users: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
    credit: fc.option(credit),
    deleteAfterDays: fc.option(days),
    reportEveryDays: fc.option(days),
  }),
})

/** All that is open: a plain licence, general grade, no personal data, nothing abroad. */
export const openEvidence: RightsEvidence = {
  source: {
    name: "NOAA National Climatic Data Center",
    url: "https://www.ncdc.noaa.gov/cdo-web/datatools/records",
    obtained: "public-download",
    note: null,
  },
  basis: { kind: "licence", licence: "us-public-domain" },
  rights: { holding: { by: "self" }, use: { by: "licence" }, operation: { by: "licence" } },
  dataClass: "public",
  grade: { whole: "general", fields: [], approval: null },
  personalData: { present: false },
  crossBorder: { planned: false },
  authorisedOperation: null,
  external: [],
}

export const openForm: RightsForm = {
  purposes: [],
  industries: [],
  commercial: true,
  passOn: "data",
  training: [...trainingKinds],
  abroad: "no",
  terms: {
    from: null,
    until: null,
    downloads: null,
    users: null,
    credit: null,
    deleteAfterDays: null,
    reportEveryDays: null,
  },
}
