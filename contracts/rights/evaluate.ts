import {
  type Action,
  type ConstraintName,
  type Constraints,
  type Duty,
  dutyKinds,
  type RightsPolicy,
  type WantedUse,
} from "../rights.ts"
import type { Time } from "../time.ts"
import { actionsAskedBy } from "./contradictions.ts"

/** The rule that decided. `undeclared`: the policy asks for a circumstance that the wanted use does not tell. */
export type Rule =
  | { because: "permitted" | "prohibited" | "silent"; action: Action }
  | { because: "constraint"; action: Action; constraint: ConstraintName; undeclared: boolean }

export type Evaluation =
  | { decision: "permit"; rules: Rule[]; duties: Duty[] }
  | { decision: "deny"; rule: Rule }

/**
 * Whether a policy permits a wanted use at a time. Every action asked for must be permitted and each of its
 * constraints met; the first that is not, in the vocabulary's order, is the rule that denies. Silence denies.
 * A permit carries the duties that come with it: the policy's obligations and those of the terms used.
 */
export function evaluate(policy: RightsPolicy, use: WantedUse, at: Time): Evaluation {
  const rules: Rule[] = []
  const duties: Duty[] = [...policy.obligations]
  for (const action of actionsAskedBy(use)) {
    const term = policy.terms[action]
    if (term.stance !== "permitted") return { decision: "deny", rule: { because: term.stance, action } }
    const broken = firstUnmet(term.constraints, use, at)
    if (broken) return { decision: "deny", rule: { because: "constraint", action, ...broken } }
    rules.push({ because: "permitted", action })
    for (const one of term.duties) if (!duties.some((known) => equalDuty(known, one))) duties.push(one)
  }
  duties.sort((a, b) => dutyKinds.indexOf(a.kind) - dutyKinds.indexOf(b.kind))
  return { decision: "permit", rules, duties }
}

const equalDuty = (a: Duty, b: Duty): boolean => JSON.stringify(a) === JSON.stringify(b)

type Unmet = { constraint: ConstraintName; undeclared: boolean }

function firstUnmet(constraints: Constraints, use: WantedUse, at: Time): Unmet | null {
  const unmet = (constraint: ConstraintName, undeclared = false): Unmet => ({ constraint, undeclared })
  if (constraints.from !== undefined && at < constraints.from) return unmet("from")
  if (constraints.until !== undefined && at >= constraints.until) return unmet("until")
  for (const name of ["purpose", "industry", "recipient", "region"] as const) {
    const allowed = constraints[name] as readonly string[] | undefined
    if (allowed === undefined) continue
    const wanted = use[name]
    if (wanted === undefined) return unmet(name, true)
    if (!allowed.includes(wanted)) return unmet(name)
  }
  const kinds = constraints.training
  if (kinds !== undefined) {
    if (use.training === undefined) return unmet("training", true)
    if (!use.training.every((kind) => kinds.includes(kind))) return unmet("training")
  }
  if (constraints.count !== undefined && (use.count ?? 1) > constraints.count) return unmet("count")
  if (constraints.seats !== undefined && (use.seats ?? 1) > constraints.seats) return unmet("seats")
  return null
}

/**
 * The use as it is when the buyer sits in another country than the seller: the delivery itself is then a
 * transfer abroad, to the buyer's country. Countries are ISO 3166-1 alpha-2.
 */
export function acrossBorder(use: WantedUse, seller: string, buyer: string): WantedUse {
  if (seller === buyer || use.actions.includes("transfer-abroad")) return use
  return { ...use, actions: [...use.actions, "transfer-abroad"], region: use.region ?? buyer }
}
