import { z } from "zod"
import { isRefusal, type Refusal, refuse } from "../refusal.ts"
import {
  type Action,
  actions,
  type ConstraintName,
  constraintNames,
  type DutyKind,
  dutyKinds,
  type RightsPolicy,
  rightsPolicy,
} from "../rights.ts"
import { actionTerms, constraintTerms, dutyTerms, profileIri, silentMark, type Typed } from "./odrl-terms.ts"

const text = z.string().min(1).max(2_000)
const typedValue = z.strictObject({ "@value": text, "@type": text })
const odrlConstraint = z.strictObject({
  leftOperand: text,
  operator: text,
  rightOperand: z.union([typedValue, z.array(text).min(1).max(250)]),
})
const odrlDuty = z.strictObject({ action: text, constraint: z.array(odrlConstraint).max(4).exactOptional() })
const rules = 16

const odrlPolicy = z.strictObject({
  "@context": z.unknown(),
  "@type": z.enum(["Offer", "Agreement"]),
  "@id": text,
  profile: z.literal(profileIri),
  conflict: z.literal("invalid"),
  assigner: text,
  assignee: text.exactOptional(),
  target: text.exactOptional(),
  timestamp: text.exactOptional(),
  permission: z
    .array(
      z.strictObject({
        action: text,
        constraint: z.array(odrlConstraint).max(16).exactOptional(),
        duty: z.array(odrlDuty).max(8).exactOptional(),
      }),
    )
    .max(rules)
    .exactOptional(),
  prohibition: z
    .array(z.strictObject({ action: text, [silentMark]: z.literal(true).exactOptional() }))
    .max(rules)
    .exactOptional(),
  obligation: z.array(odrlDuty).max(8).exactOptional(),
})

const unreadable = (at: string, what: string): Refusal => refuse("invalid_input", at, { what })

/**
 * Reads a policy of this profile back: `fromOdrl(toOdrl(p, ids))` equals p. What the profile does not know is
 * refused as `invalid_input`, never dropped: a constraint that is not understood must not widen a right. An action
 * that is both permitted and prohibited is `policy_contradictory`.
 */
export function fromOdrl(document: unknown): RightsPolicy | Refusal {
  const read = odrlPolicy.safeParse(document)
  if (!read.success) return unreadable(issuePath(read.error), read.error.issues[0]?.message ?? "unreadable")
  const terms: Record<string, unknown> = {}
  for (const [i, rule] of (read.data.permission ?? []).entries()) {
    const at = `permission.${i}`
    const action = actionOf(rule.action)
    if (action === null) return unreadable(`${at}.action`, rule.action)
    if (terms[action] !== undefined) return unreadable(at, "a second permission for this action")
    const constraints = readConstraints(rule.constraint ?? [], at)
    if (isRefusal(constraints)) return constraints
    const duties = readDuties(rule.duty ?? [], `${at}.duty`)
    if (isRefusal(duties)) return duties
    terms[action] = { stance: "permitted", constraints, duties }
  }
  for (const [i, rule] of (read.data.prohibition ?? []).entries()) {
    const action = actionOf(rule.action)
    if (action === null) return unreadable(`prohibition.${i}.action`, rule.action)
    if (terms[action] !== undefined)
      return refuse("policy_contradictory", `terms.${action}`, {
        terms: action,
        reason: "allowed_and_forbidden",
      })
    terms[action] = { stance: rule[silentMark] === true ? "silent" : "prohibited" }
  }
  for (const action of actions) terms[action] ??= { stance: "silent" }
  const obligations = readDuties(read.data.obligation ?? [], "obligation")
  if (isRefusal(obligations)) return obligations
  const policy = rightsPolicy.safeParse({ v: 1, terms, obligations })
  return policy.success ? policy.data : unreadable(issuePath(policy.error), "not a policy of this profile")
}

const issuePath = (error: z.ZodError): string => (error.issues[0]?.path ?? []).map(String).join(".")

const actionOf = (term: string): Action | null => actions.find((one) => actionTerms[one] === term) ?? null

function readConstraints(
  list: z.infer<typeof odrlConstraint>[],
  at: string,
): Partial<Record<ConstraintName, unknown>> | Refusal {
  const found: Partial<Record<ConstraintName, unknown>> = {}
  for (const [i, one] of list.entries()) {
    const place = `${at}.constraint.${i}`
    const name = constraintNames.find(
      (known) =>
        constraintTerms[known].left === one.leftOperand && constraintTerms[known].operator === one.operator,
    )
    if (name === undefined) return unreadable(place, `${one.leftOperand} ${one.operator}`)
    if (found[name] !== undefined) return unreadable(place, "the same constraint twice")
    const kind = constraintTerms[name].value
    const value = Array.isArray(one.rightOperand)
      ? kind === "set" && one.rightOperand
      : kind !== "set" && readTyped(one.rightOperand, kind)
    if (value === false || value === null)
      return unreadable(`${place}.rightOperand`, "not a value of this kind")
    found[name] = value
  }
  return found
}

/** The plain value of a typed string, or null when it is not of that type in its one written form. */
function readTyped(value: z.infer<typeof typedValue>, type: Typed["@type"]): string | number | null {
  if (value["@type"] !== type) return null
  const written = value["@value"]
  if (type === "xsd:integer") return /^[1-9]\d{0,8}$/.test(written) ? Number(written) : null
  if (type === "xsd:duration") return /^P[1-9]\d{0,5}D$/.test(written) ? Number(written.slice(1, -1)) : null
  return written
}

function readDuties(list: z.infer<typeof odrlDuty>[], at: string): unknown[] | Refusal {
  const found: unknown[] = []
  for (const [i, one] of list.entries()) {
    const kind = dutyKinds.find((known) => dutyTerms[known].action === one.action)
    const duty = kind === undefined ? null : readDuty(kind, one.constraint ?? [])
    if (duty === null) return unreadable(`${at}.${i}`, one.action)
    found.push(duty)
  }
  return found
}

const dutyMember = { attribute: "credit", "delete-after": "days", report: "everyDays" } as const

function readDuty(kind: DutyKind, list: z.infer<typeof odrlConstraint>[]): Record<string, unknown> | null {
  if (kind === "compensate") return list.length === 0 ? { kind } : null
  const [only] = list
  const { left, type } = dutyTerms[kind]
  if (only === undefined || list.length > 1 || only.leftOperand !== left || only.operator !== "eq")
    return null
  const value = Array.isArray(only.rightOperand) ? null : readTyped(only.rightOperand, type)
  return value === null ? null : { kind, [dutyMember[kind]]: value }
}
