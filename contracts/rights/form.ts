import { z } from "zod"
import {
  type Constraints,
  type Duty,
  days,
  industries,
  line,
  moment,
  purposes,
  type RightsPolicy,
  regions,
  rightsPolicy,
  smallCount,
  type Term,
  trainingKinds,
} from "../rights.ts"

/**
 * The six plain questions of the studio: for what, commercially, passed on, models, abroad, and how long with
 * which duties. An empty list of purposes or industries means any; an empty list of training or regions, none.
 */
export const rightsForm = z.strictObject({
  purposes: z.array(z.enum(purposes)).max(purposes.length),
  industries: z.array(z.enum(industries)).max(industries.length),
  commercial: z.boolean(),
  passOn: z.enum(["nothing", "results", "data"]),
  training: z.array(z.enum(trainingKinds)).max(trainingKinds.length),
  abroad: z.union([z.enum(["no", "anywhere"]), regions]),
  terms: z.strictObject({
    from: moment.nullable(),
    until: moment.nullable(),
    downloads: smallCount.nullable(),
    users: smallCount.nullable(),
    credit: line(300).nullable(),
    deleteAfterDays: days.nullable(),
    reportEveryDays: days.nullable(),
  }),
})
export type RightsForm = z.infer<typeof rightsForm>

/** All kinds of training together are no constraint. */
const kindsOf = (training: RightsForm["training"]): Constraints =>
  trainingKinds.every((kind) => training.includes(kind)) ? {} : { training }

const prohibited: Term = { stance: "prohibited" }

/**
 * The policy that the answers mean, in normal form. Contradictory answers give a contradictory policy: ask
 * `contradictions` before it is kept.
 */
export function fromForm(form: RightsForm): RightsPolicy {
  const { terms } = form
  const common: Constraints = {
    ...(form.purposes.length > 0 ? { purpose: form.purposes } : {}),
    ...(form.industries.length > 0 ? { industry: form.industries } : {}),
    ...(terms.from === null ? {} : { from: terms.from }),
    ...(terms.until === null ? {} : { until: terms.until }),
  }
  const permit = (more: Constraints = {}): Term => ({
    stance: "permitted",
    constraints: { ...common, ...more },
    duties: [],
  })
  const made: Constraints = form.passOn === "nothing" ? { recipient: ["own-staff"] } : {}
  const obligations: Duty[] = []
  if (terms.credit !== null) obligations.push({ kind: "attribute", credit: terms.credit })
  if (terms.deleteAfterDays !== null) obligations.push({ kind: "delete-after", days: terms.deleteAfterDays })
  if (terms.reportEveryDays !== null) obligations.push({ kind: "report", everyDays: terms.reportEveryDays })
  return rightsPolicy.parse({
    v: 1,
    terms: {
      use: permit({
        ...(terms.downloads === null ? {} : { count: terms.downloads }),
        ...(terms.users === null ? {} : { seats: terms.users }),
      }),
      reproduce: permit(),
      distribute: form.passOn === "data" ? permit() : prohibited,
      derive: permit(made),
      aggregate: permit(made),
      commercialise: form.commercial ? permit() : prohibited,
      train: form.training.length === 0 ? prohibited : permit(kindsOf(form.training)),
      "transfer-abroad":
        form.abroad === "no" ? prohibited : permit(form.abroad === "anywhere" ? {} : { region: form.abroad }),
    },
    obligations,
  })
}

/** The answers that would give this policy, or null when it says more than six plain answers can. */
export function toForm(policy: RightsPolicy): RightsForm | null {
  const { terms, obligations } = policy
  if (terms.use.stance !== "permitted") return null
  const use = terms.use.constraints
  const abroad = terms["transfer-abroad"]
  const train = terms.train
  const duty = <K extends Duty["kind"]>(kind: K) =>
    obligations.find((one): one is Extract<Duty, { kind: K }> => one.kind === kind)
  const passOn = () => {
    if (terms.distribute.stance === "permitted") return "data" as const
    const closed = terms.derive.stance === "permitted" && terms.derive.constraints.recipient !== undefined
    return closed ? ("nothing" as const) : ("results" as const)
  }
  const form: RightsForm = {
    purposes: use.purpose ?? [],
    industries: use.industry ?? [],
    commercial: terms.commercialise.stance === "permitted",
    passOn: passOn(),
    training: train.stance === "permitted" ? (train.constraints.training ?? [...trainingKinds]) : [],
    abroad: abroad.stance === "permitted" ? (abroad.constraints.region ?? "anywhere") : "no",
    terms: {
      from: use.from ?? null,
      until: use.until ?? null,
      downloads: use.count ?? null,
      users: use.seats ?? null,
      credit: duty("attribute")?.credit ?? null,
      deleteAfterDays: duty("delete-after")?.days ?? null,
      reportEveryDays: duty("report")?.everyDays ?? null,
    },
  }
  return JSON.stringify(fromForm(form)) === JSON.stringify(rightsPolicy.parse(policy)) ? form : null
}
