import type { Action, Constraints, Duty } from "../rights.ts"

/**
 * Where each word of the profile stands in ODRL 2.2 (https://www.w3.org/TR/odrl-vocab/). Words that ODRL lacks
 * live in the profile's own namespace. The Dataspace Protocol 2025-1 contract schema wants an action to be a
 * string, so the kinds of training are a constraint on `train` and not an action with a refinement, and wants a
 * right operand to be a string, an object or a list, so numbers and times are typed strings.
 */
export const profileIri = "https://w3id.org/quanheng/odrl/1"

export const odrlContext = [
  "http://www.w3.org/ns/odrl.jsonld",
  {
    qh: `${profileIri}#`,
    cc: "http://creativecommons.org/ns#",
    xsd: "http://www.w3.org/2001/XMLSchema#",
  },
] as const

export const actionTerms = {
  use: "use",
  reproduce: "reproduce",
  distribute: "distribute",
  derive: "derive",
  aggregate: "aggregate",
  commercialise: "cc:CommercialUse",
  train: "qh:train",
  "transfer-abroad": "qh:transferAbroad",
} as const satisfies Record<Action, string>

export type Typed = {
  "@value": string
  "@type": "xsd:integer" | "xsd:dateTime" | "xsd:duration" | "xsd:string"
}
export type OdrlConstraint = { leftOperand: string; operator: string; rightOperand: Typed | string[] }
export type OdrlDuty = { action: string; constraint?: OdrlConstraint[] }

/** Left operand, operator and kind of value of each constraint; `left` with `operator` is unique. */
export const constraintTerms = {
  purpose: { left: "purpose", operator: "isAnyOf", value: "set" },
  industry: { left: "industry", operator: "isAnyOf", value: "set" },
  recipient: { left: "recipient", operator: "isAnyOf", value: "set" },
  training: { left: "qh:trainingKind", operator: "isAnyOf", value: "set" },
  region: { left: "spatial", operator: "isAnyOf", value: "set" },
  from: { left: "dateTime", operator: "gteq", value: "xsd:dateTime" },
  until: { left: "dateTime", operator: "lt", value: "xsd:dateTime" },
  count: { left: "count", operator: "lteq", value: "xsd:integer" },
  seats: { left: "qh:seats", operator: "lteq", value: "xsd:integer" },
} as const satisfies Record<
  keyof Constraints,
  { left: string; operator: string; value: "set" | Typed["@type"] }
>

/** Duties in ODRL: `delete` after a delay period, `inform` at a time interval, both in days (ISO 8601). */
export const dutyTerms = {
  compensate: { action: "compensate" },
  attribute: { action: "attribute", left: "qh:creditLine", type: "xsd:string" },
  "delete-after": { action: "delete", left: "delayPeriod", type: "xsd:duration" },
  report: { action: "inform", left: "timeInterval", type: "xsd:duration" },
} as const satisfies Record<Duty["kind"], { action: string; left?: string; type?: Typed["@type"] }>

/** What marks a prohibition that only writes down silence; see odrl-write.ts. */
export const silentMark = "qh:silent"
