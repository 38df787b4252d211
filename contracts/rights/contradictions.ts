import { type Refusal, refuse } from "../refusal.ts"
import {
  type Action,
  actions,
  type Constraints,
  commercialPurposes,
  type RightsPolicy,
  type WantedUse,
} from "../rights.ts"

/** Why two terms cannot both stand. */
export type Contradiction =
  | "nothing_permitted"
  | "without_use"
  | "ends_before_start"
  | "never_applies"
  | "commercial_purposes_only"
  | "distribution_to_nobody"

const contradiction = (terms: string, reason: Contradiction): Refusal =>
  refuse("policy_contradictory", `terms.${terms.split(",")[0]}`, { terms, reason })

const sets = ["purpose", "industry", "recipient", "region"] as const

/** True when no circumstance satisfies both: disjoint sets, or times that do not meet. */
function disjoint(a: Constraints, b: Constraints): boolean {
  const apart = sets.some((name) => {
    const [x, y] = [a[name] as readonly string[] | undefined, b[name] as readonly string[] | undefined]
    return x !== undefined && y !== undefined && !x.some((one) => y.includes(one))
  })
  const ends = (x: Constraints, y: Constraints) =>
    x.until !== undefined && y.from !== undefined && x.until <= y.from
  return apart || ends(a, b) || ends(b, a)
}

/**
 * Terms that contradict one another, each as `policy_contradictory` with `detail.terms` (comma-separated actions)
 * and `detail.reason`. Empty when the policy can be kept.
 */
export function contradictions(policy: RightsPolicy): Refusal[] {
  const use = policy.terms.use
  const others = actions.filter((action) => action !== "use" && policy.terms[action].stance === "permitted")
  if (use.stance !== "permitted")
    return others.length === 0
      ? [contradiction("use", "nothing_permitted")]
      : others.map((action) => contradiction(`${action},use`, "without_use"))
  const found: Refusal[] = []
  for (const action of ["use" as Action, ...others]) {
    const term = policy.terms[action]
    if (term.stance !== "permitted") continue
    const own = term.constraints
    if (own.from !== undefined && own.until !== undefined && own.until <= own.from)
      found.push(contradiction(action, "ends_before_start"))
    // A region of a transfer is where it goes to, a region of use is where the use is: those may differ.
    else if (action !== "use" && disjoint(withoutRegion(action, own), use.constraints))
      found.push(contradiction(`${action},use`, "never_applies"))
    if (
      action !== "commercialise" &&
      onlyCommercial(own) &&
      policy.terms.commercialise.stance !== "permitted"
    )
      found.push(contradiction(`${action},commercialise`, "commercial_purposes_only"))
  }
  const distribute = policy.terms.distribute
  if (distribute.stance === "permitted" && distribute.constraints.recipient?.join() === "own-staff")
    found.push(contradiction("distribute", "distribution_to_nobody"))
  return found
}

function withoutRegion(action: Action, constraints: Constraints): Constraints {
  if (action !== "transfer-abroad") return constraints
  const { region: _to, ...rest } = constraints
  return rest
}

const onlyCommercial = (constraints: Constraints): boolean =>
  constraints.purpose?.every((purpose) => commercialPurposes.includes(purpose)) ?? false

/** A use whose purpose is commercial by nature also asks for `commercialise`. */
export function actionsAskedBy(use: WantedUse): Action[] {
  const commercial = use.purpose !== undefined && commercialPurposes.includes(use.purpose)
  return actions.filter(
    (action) => use.actions.includes(action) || (commercial && action === "commercialise"),
  )
}
