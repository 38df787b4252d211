import { z } from "zod"
import type { Id } from "./ids.ts"
import { type LocalizedText, localizedText } from "./localized-text.ts"
import { legalBasis } from "./rights/basis.ts"
import { documentReference } from "./rights/document.ts"
import { line, moment, regions } from "./rights.ts"
import type { Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

/**
 * The rights evidence of a data product (平台登记存证), submitted by its seller and reviewed by the operator:
 * what the seller states, with the papers for it. DESIGN §7, Data Security Law art. 21 and 33.
 */
export const productForms = ["file", "api", "query", "report"] as const
export type ProductForm = (typeof productForms)[number]
export const productFormWords = {
  file: { en: "file", zh: "数据文件" },
  api: { en: "API", zh: "数据接口" },
  query: { en: "query", zh: "查询核验" },
  report: { en: "report", zh: "数据报告" },
} as const satisfies Record<ProductForm, { en: string; zh: string }>

/** What can be listed now; the other forms are named so that the field need not change. */
export const productForm = z.enum(["file"])

export const rights = ["holding", "use", "operation"] as const
export type Right = (typeof rights)[number]
export const rightWords = {
  holding: { en: "right of holding", zh: "数据持有权" },
  use: { en: "right of use", zh: "数据使用权" },
  operation: { en: "right of operation", zh: "数据经营权" },
} as const satisfies Record<Right, { en: string; zh: string }>

/** How each right is held: by oneself, by the source's public licence, or authorised by someone else. */
export const rightHeld = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("self") }),
  z.strictObject({ by: z.literal("licence") }),
  z.strictObject({ by: z.literal("authorised"), from: line(200), document: documentReference.nullable() }),
  z.strictObject({ by: z.literal("nobody") }),
])
export type RightHeld = z.infer<typeof rightHeld>

export const obtainedWays = [
  "produced",
  "collected",
  "public-download",
  "purchased",
  "exchanged",
  "authorised-operation",
] as const
export const obtainedWords = {
  produced: { en: "produced in own operations", zh: "自行生产" },
  collected: { en: "collected", zh: "自行采集" },
  "public-download": { en: "downloaded from a public source", zh: "公开获取" },
  purchased: { en: "bought or licensed", zh: "协议取得" },
  exchanged: { en: "exchanged", zh: "交换取得" },
  "authorised-operation": { en: "authorised operation of public data", zh: "公共数据授权运营" },
} as const satisfies Record<(typeof obtainedWays)[number], { en: string; zh: string }>

export const dataClasses = ["public", "enterprise", "personal"] as const
export const classWords = {
  public: { en: "public data", zh: "公共数据" },
  enterprise: { en: "enterprise data", zh: "企业数据" },
  personal: { en: "personal data", zh: "个人数据" },
} as const satisfies Record<(typeof dataClasses)[number], { en: string; zh: string }>

/** From the highest down; the highest grade of any field is the grade of the whole. */
export const grades = ["core", "important", "general"] as const
export type Grade = (typeof grades)[number]
export const gradeWords = {
  core: { en: "core", zh: "核心数据" },
  important: { en: "important", zh: "重要数据" },
  general: { en: "general", zh: "一般数据" },
} as const satisfies Record<Grade, { en: string; zh: string }>

/** Personal Information Protection Law art. 13. */
export const personalBases = [
  "consent",
  "contract",
  "legal-duty",
  "emergency",
  "news",
  "made-public",
] as const
export const crossBorderMechanisms = [
  "security-assessment",
  "standard-contract",
  "certification",
  "exempt",
] as const
export const externalKinds = ["data-property", "public-data-resource", "data-intellectual-property"] as const
export const externalWords = {
  "data-property": { en: "data property registration", zh: "数据产权登记" },
  "public-data-resource": { en: "public data resource registration", zh: "公共数据资源登记" },
  "data-intellectual-property": { en: "data intellectual property registration", zh: "数据知识产权登记" },
} as const satisfies Record<(typeof externalKinds)[number], { en: string; zh: string }>

const grading = z.strictObject({
  whole: z.enum(grades),
  /** Only fields whose grade differs need to be named. */
  fields: z.array(z.strictObject({ field: line(200), grade: z.enum(grades) })).max(4_096),
  approval: documentReference.nullable(),
})

const personalData = z.discriminatedUnion("present", [
  z.strictObject({ present: z.literal(false) }),
  z.strictObject({
    present: z.literal(true),
    basis: z.enum(personalBases).nullable(),
    impactAssessment: documentReference.nullable(),
  }),
])

/** `exempt` states its ground instead of a paper; data that is important or personal cannot be exempt here. */
const crossBorder = z.discriminatedUnion("planned", [
  z.strictObject({ planned: z.literal(false) }),
  z.strictObject({
    planned: z.literal(true),
    mechanism: z.enum(crossBorderMechanisms).nullable(),
    document: documentReference.nullable(),
    ground: line(500).nullable(),
    regions: regions.nullable(),
  }),
])

export const rightsEvidence = z.strictObject({
  source: z.strictObject({
    name: line(300).nullable(),
    url: z.url().max(2_000).nullable(),
    obtained: z.enum(obtainedWays),
    note: line(1_000).nullable(),
  }),
  basis: legalBasis,
  rights: z.strictObject({ holding: rightHeld, use: rightHeld, operation: rightHeld }),
  dataClass: z.enum(dataClasses),
  grade: grading,
  personalData,
  crossBorder,
  authorisedOperation: z
    .strictObject({
      agency: line(200),
      agreement: documentReference,
      scope: line(500),
      from: moment,
      until: moment,
      /** The most that the market may take of a price, where the authorisation says so. */
      feeCapBasisPoints: z.int().min(0).max(10_000).optional(),
    })
    .nullable(),
  external: z
    .array(
      z.strictObject({
        kind: z.enum(externalKinds),
        number: line(100),
        queryCode: line(200).nullable(),
        issuer: line(200),
      }),
    )
    .max(20),
})
export type RightsEvidence = z.infer<typeof rightsEvidence>

/** What a seller submits. */
export const registrationInput = z.strictObject({
  form: productForm,
  title: localizedText(110),
  evidence: rightsEvidence,
})
export type RegistrationInput = z.infer<typeof registrationInput>

export const registrationStates = ["submitted", "approved", "rejected"] as const
export type RegistrationState = (typeof registrationStates)[number]
export type RegistrationStep = "submit" | "approve" | "reject"

export const registrationTransitions = {
  submitted: { approve: "approved", reject: "rejected" },
  rejected: { submit: "submitted" },
  approved: {},
} as const satisfies Transitions<RegistrationState, RegistrationStep>

export const rejectionReasons = ["source", "rights", "grade", "personalData", "crossBorder", "other"] as const

export type Registration = {
  id: Id<"registration">
  version: number
  state: RegistrationState
  party: Id<"party">
  product: Id<"product">
  form: ProductForm
  title: LocalizedText
  datasetVersion: Id<"version">
  /** SHA-256 of the version's manifest: the registration is of these very bytes. */
  versionHash: string
  evidence: RightsEvidence
  /** `contentHash` of form, title and evidence. */
  termsHash: string
  /** The market's registration number, given on approval. */
  number: string | null
  rejection: { reason: (typeof rejectionReasons)[number]; note: string } | null
  reviewedBy: Id<"user"> | null
  submittedAt: Time
  updatedAt: Time
}

/** The most that the market may take of a price of these data; null where nothing limits it. */
export const feeCapOf = ({ authorisedOperation }: RightsEvidence): number | null =>
  authorisedOperation?.feeCapBasisPoints ?? null

/** The highest grade of the whole and of any field. */
export function effectiveGrade(evidence: RightsEvidence): Grade {
  const named = [evidence.grade.whole, ...evidence.grade.fields.map((one) => one.grade)]
  return grades.find((grade) => named.includes(grade)) ?? "general"
}
