import type { Locale } from "../localized-text.ts"
import type { Action, ConstraintName, DutyKind } from "../rights.ts"

/**
 * How each kind of term is kept. Only what the market itself refuses is `enforced`; what it merely writes down
 * is `logged`; all else binds by contract alone and says so. This table is a promise: moving a term to
 * `enforced` needs the code that refuses.
 */
export const labels = ["enforced", "logged", "legal"] as const
export type Label = (typeof labels)[number]

export const labelWords = {
  enforced: {
    en: "enforced",
    zh: "平台执行",
    meaning: {
      en: "The market itself refuses what goes beyond this.",
      zh: "超出此条款的操作由平台直接拒绝。",
    },
  },
  logged: {
    en: "logged",
    zh: "存证记录",
    meaning: {
      en: "What the buyer declares is checked against this and kept on record; the use itself is not watched.",
      zh: "需方的声明经核对后存证；平台不监测实际使用。",
    },
  },
  legal: {
    en: "by contract",
    zh: "合同约束",
    meaning: { en: "Only the contract binds; no technical measure does.", zh: "仅由合同约束，无技术措施。" },
  },
} as const satisfies Record<Label, Record<Locale, string> & { meaning: Record<Locale, string> }>

/** A transfer abroad is refused by the grant; what is done with a copy after that is not in the market's hands. */
export const actionLabels = {
  use: "legal",
  reproduce: "legal",
  distribute: "legal",
  derive: "legal",
  aggregate: "legal",
  commercialise: "legal",
  train: "legal",
  "transfer-abroad": "enforced",
} as const satisfies Record<Action, Label>

/** Times and number of downloads are kept by the grant; the declared circumstances stand in the agreement. */
export const constraintLabels = {
  purpose: "logged",
  industry: "logged",
  recipient: "logged",
  training: "logged",
  region: "logged",
  from: "enforced",
  until: "enforced",
  count: "enforced",
  seats: "logged",
} as const satisfies Record<ConstraintName, Label>

/** Nothing is delivered before it is paid. */
export const dutyLabels = {
  compensate: "enforced",
  attribute: "legal",
  "delete-after": "legal",
  report: "legal",
} as const satisfies Record<DutyKind, Label>
