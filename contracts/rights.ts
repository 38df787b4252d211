import { z } from "zod"
import { isTime } from "./time.ts"

/**
 * The rights policy of a listing: a small profile of ODRL 2.2 (W3C Recommendation, 2018) as plain JSON. Each
 * action is permitted, prohibited or silent; silent is not permitted, but may be asked for. Terms do not inherit
 * from one another: each says its own constraints, so that its ODRL form means the same to any reader.
 */
export const actions = [
  "use",
  "reproduce",
  "distribute",
  "derive",
  "aggregate",
  "commercialise",
  "train",
  "transfer-abroad",
] as const
export type Action = (typeof actions)[number]

/** What `train` is refined into. */
export const trainingKinds = ["pre-train", "fine-tune", "evaluate", "retrieve"] as const
export type TrainingKind = (typeof trainingKinds)[number]

export const purposes = [
  "research",
  "education",
  "statistics",
  "public-service",
  "journalism",
  "internal-analysis",
  "risk-control",
  "product-development",
  "advertising",
] as const
export type Purpose = (typeof purposes)[number]

/** These purposes are trade by their nature: they also need `commercialise`. */
export const commercialPurposes: readonly Purpose[] = ["product-development", "advertising"]

export const industries = [
  "agriculture",
  "manufacturing",
  "energy",
  "construction",
  "retail",
  "transport",
  "technology",
  "finance",
  "health",
  "education",
  "government",
  "media",
  "science",
] as const
export type Industry = (typeof industries)[number]

/** Who may be given the data or what was made of it. */
export const recipients = ["own-staff", "affiliates", "contractors", "customers", "public"] as const
export type Recipient = (typeof recipients)[number]

/** A list read as a set: sorted in the vocabulary's order and without doubles, so that equal sets are equal JSON. */
const setOf = <const T extends readonly [string, ...string[]]>(vocabulary: T) =>
  z
    .array(z.enum(vocabulary))
    .min(1)
    .max(64)
    .overwrite((chosen) => vocabulary.filter((word) => (chosen as readonly string[]).includes(word)) as never)

export const moment = z.string().refine(isTime, { message: "not a time" })
export const smallCount = z.int().min(1).max(1_000_000)

/** ISO 3166-1 alpha-2. */
export const region = z.string().regex(/^[A-Z]{2}$/)
export const regions = z
  .array(region)
  .min(1)
  .max(250)
  .overwrite((chosen) => [...new Set(chosen)].sort())

/** `from` ≤ t < `until`; `count` is fetches through the market; `seats` is people who use the data. */
export const constraints = z.strictObject({
  purpose: setOf(purposes).exactOptional(),
  industry: setOf(industries).exactOptional(),
  recipient: setOf(recipients).exactOptional(),
  training: setOf(trainingKinds).exactOptional(),
  region: regions.exactOptional(),
  from: moment.exactOptional(),
  until: moment.exactOptional(),
  count: smallCount.exactOptional(),
  seats: smallCount.exactOptional(),
})
export type Constraints = z.infer<typeof constraints>
export type ConstraintName = keyof Constraints
export const constraintNames = Object.keys(constraints.shape) as ConstraintName[]

export const dutyKinds = ["compensate", "attribute", "delete-after", "report"] as const
export type DutyKind = (typeof dutyKinds)[number]

/** One line of text without control characters, so that it cannot start a line of its own in an agreement. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, { message: "one line of text" })

export const days = z.int().min(1).max(3650)

const duty = z.discriminatedUnion("kind", [
  /** The price itself lies in the plan. */
  z.strictObject({ kind: z.literal("compensate") }),
  z.strictObject({ kind: z.literal("attribute"), credit: line(300) }),
  /** Days after the trade is delivered. */
  z.strictObject({ kind: z.literal("delete-after"), days }),
  z.strictObject({ kind: z.literal("report"), everyDays: days }),
])
export type Duty = z.infer<typeof duty>

const duties = z
  .array(duty)
  .max(dutyKinds.length)
  .refine((list) => new Set(list.map((one) => one.kind)).size === list.length, { message: "a duty twice" })
  .overwrite((list) => [...list].sort((a, b) => dutyKinds.indexOf(a.kind) - dutyKinds.indexOf(b.kind)))

const permitted = z.strictObject({ stance: z.literal("permitted"), constraints, duties })
const prohibited = z.strictObject({ stance: z.literal("prohibited") })
const silent = z.strictObject({ stance: z.literal("silent") })

const anyTerm = z.discriminatedUnion("stance", [permitted, prohibited, silent])
const plainTerm = anyTerm.refine(
  (term) => term.stance !== "permitted" || term.constraints.training === undefined,
  { message: "only train has kinds of training" },
)
export type Term = z.infer<typeof anyTerm>

/** `duties` of a term bind who does that action; `obligations` bind whoever holds the data. */
export const rightsPolicy = z.strictObject({
  v: z.literal(1),
  terms: z.strictObject({
    use: plainTerm,
    reproduce: plainTerm,
    distribute: plainTerm,
    derive: plainTerm,
    aggregate: plainTerm,
    commercialise: plainTerm,
    train: anyTerm,
    "transfer-abroad": plainTerm,
  } satisfies Record<Action, z.ZodType>),
  obligations: duties,
})
export type RightsPolicy = z.infer<typeof rightsPolicy>

/**
 * What a buyer wants to do, in the same words: the actions, and the circumstances that hold for all of them.
 * What is left out is not declared; a term that asks for it then denies. Seats and count default to 1.
 */
export const wantedUse = z
  .strictObject({
    actions: setOf(actions),
    training: setOf(trainingKinds).exactOptional(),
    purpose: z.enum(purposes).exactOptional(),
    industry: z.enum(industries).exactOptional(),
    recipient: z.enum(recipients).exactOptional(),
    /** Where the use takes place; for `transfer-abroad`, where to. */
    region: region.exactOptional(),
    count: smallCount.exactOptional(),
    seats: smallCount.exactOptional(),
  })
  .refine((use) => use.training === undefined || use.actions.includes("train"), {
    message: "kinds of training without training",
    path: ["training"],
  })
export type WantedUse = z.infer<typeof wantedUse>

/** The actions that a policy permits at all, perhaps under conditions: what the search facet counts. */
export const permittedActions = (policy: RightsPolicy): Action[] =>
  actions.filter((action) => policy.terms[action].stance === "permitted")

/** What the delivery engine must refuse beyond: the constraints of `use` that it can see. */
export function fetchLimits(policy: RightsPolicy): {
  from: string | null
  until: string | null
  count: number | null
} {
  const term = policy.terms.use
  if (term.stance !== "permitted") return { from: null, until: null, count: null }
  const { from = null, until = null, count = null } = term.constraints
  return { from, until, count }
}

/** A priced plan adds the duty to pay; the policy of a listing itself leaves prices to its plans. */
export function withPlan(policy: RightsPolicy, priced: boolean): RightsPolicy {
  const others = policy.obligations.filter((one) => one.kind !== "compensate")
  return { ...policy, obligations: priced ? [{ kind: "compensate" }, ...others] : others }
}
