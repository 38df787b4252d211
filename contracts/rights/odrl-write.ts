import {
  type Action,
  actions,
  type ConstraintName,
  type Constraints,
  constraintNames,
  type Duty,
  type RightsPolicy,
} from "../rights.ts"
import type { Time } from "../time.ts"
import {
  actionTerms,
  constraintTerms,
  dutyTerms,
  type OdrlConstraint,
  type OdrlDuty,
  odrlContext,
  profileIri,
  silentMark,
  type Typed,
} from "./odrl-terms.ts"

/** Who and what the policy is about, all IRIs. An offer stands inside a catalogue entry and names no target. */
export type OdrlIds =
  | { type: "Offer"; id: string; assigner: string }
  | { type: "Agreement"; id: string; assigner: string; assignee: string; target: string; timestamp: Time }

export type OdrlRule = { action: string; constraint?: OdrlConstraint[]; duty?: OdrlDuty[] }
export type OdrlProhibition = { action: string; "qh:silent"?: true }

export type OdrlPolicy = {
  "@context": typeof odrlContext
  "@type": "Offer" | "Agreement"
  "@id": string
  profile: string
  conflict: "invalid"
  assigner: string
  assignee?: string
  target?: string
  timestamp?: string
  permission?: OdrlRule[]
  prohibition?: OdrlProhibition[]
  obligation?: OdrlDuty[]
}

/**
 * The policy as ODRL 2.2 JSON-LD. ODRL's `use` encloses reproduce, derive and the rest, so that a reader who does
 * not know this profile would take a permitted `use` for all of them. What this policy is silent about is
 * therefore written as a prohibition marked `qh:silent`: any reader denies what we deny, and `fromOdrl` still
 * gives the same object back.
 */
export function toOdrl(policy: RightsPolicy, ids: OdrlIds): OdrlPolicy {
  const permission: OdrlRule[] = []
  const prohibition: OdrlProhibition[] = []
  for (const action of actions) {
    const term = policy.terms[action]
    if (term.stance === "permitted") permission.push(writeRule(action, term.constraints, term.duties))
    else if (term.stance === "prohibited") prohibition.push({ action: actionTerms[action] })
    else prohibition.push({ action: actionTerms[action], [silentMark]: true })
  }
  return {
    "@context": odrlContext,
    "@type": ids.type,
    "@id": ids.id,
    profile: profileIri,
    conflict: "invalid",
    assigner: ids.assigner,
    ...(ids.type === "Agreement"
      ? { assignee: ids.assignee, target: ids.target, timestamp: ids.timestamp }
      : {}),
    ...(permission.length > 0 ? { permission } : {}),
    ...(prohibition.length > 0 ? { prohibition } : {}),
    ...(policy.obligations.length > 0 ? { obligation: policy.obligations.map(writeDuty) } : {}),
  }
}

function writeRule(action: Action, constraints: Constraints, duties: Duty[]): OdrlRule {
  const constraint = constraintNames
    .filter((name) => constraints[name] !== undefined)
    .map((name) => writeConstraint(name, constraints[name] as string | number | string[]))
  return {
    action: actionTerms[action],
    ...(constraint.length > 0 ? { constraint } : {}),
    ...(duties.length > 0 ? { duty: duties.map(writeDuty) } : {}),
  }
}

const typed = (type: Typed["@type"], value: string | number): Typed => ({
  "@value": `${value}`,
  "@type": type,
})

function writeConstraint(name: ConstraintName, value: string | number | string[]): OdrlConstraint {
  const { left: leftOperand, operator, value: kind } = constraintTerms[name]
  if (Array.isArray(value)) return { leftOperand, operator, rightOperand: [...value] }
  return { leftOperand, operator, rightOperand: typed(kind === "set" ? "xsd:string" : kind, value) }
}

/** The one figure or text of a duty, as ODRL writes it. */
function dutyValue(duty: Exclude<Duty, { kind: "compensate" }>): string {
  if (duty.kind === "attribute") return duty.credit
  return `P${duty.kind === "report" ? duty.everyDays : duty.days}D`
}

function writeDuty(duty: Duty): OdrlDuty {
  if (duty.kind === "compensate") return { action: dutyTerms.compensate.action }
  const { action, left, type } = dutyTerms[duty.kind]
  return {
    action,
    constraint: [{ leftOperand: left, operator: "eq", rightOperand: typed(type, dutyValue(duty)) }],
  }
}
