import { z } from "zod"
import type { FileFormat } from "./dataset.ts"
import type { Id } from "./ids.ts"
import { type LocalizedText, localizedText } from "./localized-text.ts"
import { compareMoney, isZero, type Money, movableMoney } from "./money.ts"
import type { ProductForm } from "./registration.ts"
import { type RightsPolicy, rightsPolicy } from "./rights.ts"
import { planTax } from "./tax.ts"
import { type TemplateId, templateIds } from "./templates/template.ts"
import { dayMs, hourMs, type Time } from "./time.ts"
import { tradeDeadlines } from "./trade.ts"
import type { Transitions } from "./transition.ts"

export const domains = [
  "agriculture",
  "industry",
  "energy",
  "transport",
  "commerce",
  "finance",
  "health",
  "education",
  "environment",
  "geography",
  "society",
  "culture",
  "science",
] as const
export type Domain = (typeof domains)[number]

export const domainWords = {
  agriculture: { en: "Agriculture and food", zh: "农业与食品" },
  industry: { en: "Industry and products", zh: "工业制造" },
  energy: { en: "Energy and resources", zh: "能源资源" },
  transport: { en: "Transport and logistics", zh: "交通物流" },
  commerce: { en: "Commerce and consumption", zh: "商贸消费" },
  finance: { en: "Finance and economy", zh: "金融经济" },
  health: { en: "Health", zh: "医疗健康" },
  education: { en: "Education", zh: "教育" },
  environment: { en: "Weather and environment", zh: "气象环境" },
  geography: { en: "Geography and divisions", zh: "地理区划" },
  society: { en: "Population and society", zh: "人口社会" },
  culture: { en: "Culture and media", zh: "文化传媒" },
  science: { en: "Science and technology", zh: "科学技术" },
} as const satisfies Record<Domain, { en: string; zh: string }>

/** The formats a file product may have. */
export type Format = FileFormat
export const formats = ["csv", "json", "jsonl", "parquet"] as const satisfies readonly Format[]

export const planKinds = ["free", "one-off"] as const
export type PlanKind = (typeof planKinds)[number]

const hours = (days: number) =>
  z
    .int()
    .min(1)
    .max((days * dayMs) / hourMs)

/** The market's own windows, in hours: what a plan has when its seller says nothing else. */
export const defaultWindows = {
  deliveryHours: tradeDeadlines.funded.ms / hourMs,
  acceptanceHours: tradeDeadlines.delivered.ms / hourMs,
} as const

/**
 * Price and form of one way to buy. A free plan costs zero of its currency, a one-off plan more than zero.
 * `seats` is how many trades can be made at this plan in all (null: any number), not how many people use the data.
 */
export const planInput = z
  .strictObject({
    kind: z.enum(planKinds),
    price: movableMoney,
    /** What the seller owes the tax office on it; a free plan, and one from before there was tax, has none. */
    tax: planTax.optional(),
    seats: z.int().min(1).max(1_000_000).nullable(),
    /** True: the seller confirms each trade. False: publishing the plan is the seller's standing confirmation. */
    approval: z.boolean(),
    template: z.enum(templateIds),
    deliveryHours: hours(30).default(defaultWindows.deliveryHours),
    acceptanceHours: hours(30).default(defaultWindows.acceptanceHours),
  })
  .refine((plan) => (plan.kind === "free") === isZero(plan.price), {
    message: "a free plan costs zero, a one-off plan more",
    path: ["price"],
  })
  .refine((plan) => plan.kind !== "free" || plan.tax === undefined, {
    message: "a free plan has no tax",
    path: ["tax"],
  })
export type PlanInput = z.infer<typeof planInput>

/** The template's version and hash are fixed when the plan is published. */
export type Plan = Omit<PlanInput, "template"> & {
  id: Id<"plan">
  template: { id: TemplateId; version: number; hash: string }
}

export const priced = (plans: readonly { price: Money }[]): boolean =>
  plans.some((plan) => !isZero(plan.price))

/** The free plan if there is one, else the cheapest of the first currency: prices of two currencies do not compare. */
export function cheapest<P extends Pick<Plan, "price">>(plans: readonly P[]): P {
  const [first] = plans
  if (first === undefined) throw new Error("a listing has at least one plan")
  const free = plans.find(({ price }) => isZero(price))
  if (free !== undefined) return free
  return plans
    .filter(({ price }) => price.currency === first.price.currency)
    .reduce((low, plan) => (compareMoney(plan.price, low.price) < 0 ? plan : low), first)
}

export const listingInput = z.strictObject({
  title: localizedText(110),
  description: localizedText(7_500),
  domain: z.enum(domains),
  policy: rightsPolicy,
  plans: z.array(planInput).min(1).max(10),
})
export type ListingInput = z.infer<typeof listingInput>

export const listingStates = ["published", "withdrawn"] as const
export type ListingState = (typeof listingStates)[number]
export type ListingStep = "publish" | "withdraw"

/** A change of terms is a withdrawal and a new publication; `frozenBy` stands beside the state. */
export const listingTransitions = {
  published: { withdraw: "withdrawn" },
  withdrawn: { publish: "published" },
} as const satisfies Transitions<ListingState, ListingStep>

export const withdrawalReasons = ["seller", "rights", "data", "supervision", "other"] as const
export type WithdrawalReason = (typeof withdrawalReasons)[number]

export type Listing = {
  id: Id<"listing">
  version: number
  state: ListingState
  seller: Id<"party">
  registration: Id<"registration">
  product: Id<"product">
  datasetVersion: Id<"version">
  versionHash: string
  form: ProductForm
  format: Format
  title: LocalizedText
  description: LocalizedText
  domain: Domain
  policy: RightsPolicy
  /** `contentHash` of the policy. */
  policyHash: string
  plans: Plan[]
  /** `contentHash` of `listingTerms`. */
  termsHash: string
  frozenBy: Id<"freeze"> | null
  publishedAt: Time
  withdrawnAt: Time | null
  updatedAt: Time
}

/** What a buyer is offered, apart from where it stands: what `termsHash` commits. */
export function listingTerms(listing: Omit<Listing, "termsHash">) {
  const { title, description, domain, form, format, versionHash, policyHash, plans } = listing
  return { title, description, domain, form, format, versionHash, policyHash, plans }
}
