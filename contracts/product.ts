import { z } from "zod"
import type { Id } from "./ids.ts"
import { type Domain, domains, type PlanInput, planInput, planKinds } from "./listing.ts"
import { type Locale, type LocalizedText, localizedText } from "./localized-text.ts"
import { type RightsEvidence, rightsEvidence } from "./registration.ts"
import { rightsForm } from "./rights/form.ts"
import { licenceIds } from "./rights/licences.ts"
import type { StripState } from "./rights/papers.ts"
import { line, type RightsPolicy, rightsPolicy } from "./rights.ts"

/**
 * The seller's working copy of a data product: what is answered so far, each part in its final form or null. It
 * certifies nothing; a registration and a listing are made from it.
 */
export type Draft = {
  title: LocalizedText | null
  description: LocalizedText | null
  domain: Domain | null
  evidence: RightsEvidence | null
  policy: RightsPolicy | null
  plans: PlanInput[]
}

export const emptyDraft: Draft = {
  title: null,
  description: null,
  domain: null,
  evidence: null,
  policy: null,
  plans: [],
}

/** A policy comes from the six answers, from a licence, as our own JSON or as ODRL. */
const policyInput = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("answers"), answers: rightsForm }),
  z.strictObject({ by: z.literal("licence"), licence: z.enum(licenceIds), credit: line(300) }),
  z.strictObject({ by: z.literal("policy"), policy: rightsPolicy }),
  z.strictObject({ by: z.literal("odrl"), document: z.record(z.string(), z.unknown()) }),
])
export type PolicyInput = z.infer<typeof policyInput>

/** A plan as it is typed: the price is text, which only its currency can judge. */
const typedPlan = z.strictObject({
  kind: z.enum(planKinds),
  amount: z.string().max(40),
  currency: z.string().max(10),
  /** A percentage; empty or missing where the seller says nothing of tax. */
  taxRate: z.string().max(10).exactOptional(),
  taxIncluded: z.boolean().exactOptional(),
  seats: planInput.shape.seats,
  approval: planInput.shape.approval,
  template: planInput.shape.template,
  deliveryHours: planInput.shape.deliveryHours,
  acceptanceHours: planInput.shape.acceptanceHours,
})
export type TypedPlan = z.infer<typeof typedPlan>

/** What one save changes; what is not named stays. */
export const draftChanges = z.strictObject({
  title: localizedText(110).exactOptional(),
  description: localizedText(7_500).exactOptional(),
  domain: z.enum(domains).exactOptional(),
  evidence: rightsEvidence.exactOptional(),
  policy: policyInput.exactOptional(),
  plans: z.array(typedPlan).max(10).exactOptional(),
})
export type DraftChanges = z.infer<typeof draftChanges>

/** What the registration questions show before the seller has answered them: nothing claimed, nothing stated. */
export const unansweredEvidence: RightsEvidence = {
  source: { name: null, url: null, obtained: "produced", note: null },
  basis: { kind: "unstated" },
  rights: { holding: { by: "nobody" }, use: { by: "nobody" }, operation: { by: "nobody" } },
  dataClass: "enterprise",
  grade: { whole: "general", fields: [], approval: null },
  personalData: { present: false },
  crossBorder: { planned: false },
  authorisedOperation: null,
  external: [],
}

/** Where in the studio a field is answered. */
export const productSteps = ["file", "registration", "rights", "listing"] as const
export type ProductStep = (typeof productSteps)[number]

export type FileState = "none" | "uploading" | "measuring" | "measured" | "refused"

/** A field that is still missing, the step that asks for it, and what to do in words. */
export type MissingField = { step: ProductStep; field: string; words: Record<Locale, string> }
export type Completeness = { done: number; of: number; missing: MissingField[] }

const tasks = {
  file: { en: "Upload a file that can be measured.", zh: "请上传可测量的数据文件。" },
  measuring: { en: "The file is being measured.", zh: "文件正在测量。" },
  title: { en: "Give the product a title.", zh: "请填写产品名称。" },
  description: { en: "Describe what the data are.", zh: "请填写产品说明。" },
  domain: { en: "Choose the domain.", zh: "请选择所属领域。" },
  evidence: { en: "Answer the registration questions.", zh: "请填写登记信息。" },
  policy: { en: "Say what buyers may and may not do.", zh: "请设定使用许可。" },
  plans: { en: "Offer at least one plan.", zh: "请至少设置一个定价方案。" },
} as const satisfies Record<string, Record<Locale, string>>

/**
 * How much of a draft is there: the file, title, description, domain, policy, plans and the four states count
 * one each. Every missing field and paper is named with the step that asks for it.
 */
export function completeness(draft: Draft, file: FileState, states: readonly StripState[]): Completeness {
  const missing: MissingField[] = []
  const need = (there: boolean, step: ProductStep, field: string, words: Record<Locale, string>) => {
    if (!there) missing.push({ step, field, words })
  }
  need(file === "measured", "file", "file", file === "measuring" ? tasks.measuring : tasks.file)
  need(draft.title !== null, "registration", "title", tasks.title)
  need(draft.evidence !== null, "registration", "evidence", tasks.evidence)
  const answered = draft.evidence === null ? [] : states
  for (const { missing: papers } of answered)
    for (const { refusal, en, zh } of papers)
      need(false, "registration", `evidence.${refusal.at ?? ""}`, { en, zh })
  need(draft.policy !== null, "rights", "policy", tasks.policy)
  need(draft.description !== null, "listing", "description", tasks.description)
  need(draft.domain !== null, "listing", "domain", tasks.domain)
  need(draft.plans.length > 0, "listing", "plans", tasks.plans)
  const parts = [
    file === "measured",
    draft.title !== null,
    draft.policy !== null,
    draft.description !== null,
    draft.domain !== null,
    draft.plans.length > 0,
  ].filter((there) => there).length
  const states4 = answered.filter(({ state }) => state === "ok").length
  return { done: parts + states4, of: 10, missing }
}

/** One registration for each version of a dataset, so its id follows from the version's. */
export const registrationOf = (version: Id<"version">): Id<"registration"> => `reg_${version.slice(4)}`

/** One listing for each product, published and withdrawn any number of times: its id follows from the product's. */
export const listingOf = (product: Id<"product">): Id<"listing"> => `lst_${product.slice(4)}`
