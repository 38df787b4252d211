import type { Locale } from "../localized-text.ts"

export const templateIds = ["data-supply"] as const
export type TemplateId = (typeof templateIds)[number]

/** What a template may put a value in for: `{title}`. A list stands alone on its line and becomes several. */
export const scalarFields = [
  "market",
  "trade",
  "template",
  "proposedAt",
  "sellerName",
  "sellerIdentifier",
  "sellerCountry",
  "buyerName",
  "buyerIdentifier",
  "buyerCountry",
  "title",
  "listing",
  "form",
  "format",
  "rows",
  "bytes",
  "versionHash",
  "source",
  "basis",
  "registration",
  "grade",
  "use",
  "price",
  "net",
  "tax",
  "taxRate",
  "holder",
  "deliveryHours",
  "acceptanceHours",
  "nonce",
] as const
export const listFields = ["may", "mayNot", "must"] as const
export type ScalarField = (typeof scalarFields)[number]
export type ListField = (typeof listFields)[number]

/** Lines that stand or fall with a circumstance of the trade. */
export const circumstances = [
  "paid",
  "free",
  "taxCharged",
  "reverseCharge",
  "untaxed",
  "personalData",
  "noPersonalData",
  "abroad",
  "standing",
  "approval",
] as const
export type Circumstance = (typeof circumstances)[number]

export type TemplateLine = string | { when: Circumstance; text: string }

/**
 * A contract text in one language, as data: what is hashed is exactly what is rendered. Numbering is added when
 * it is rendered.
 */
export type Template = {
  id: TemplateId
  version: number
  locale: Locale
  title: string
  opening: readonly TemplateLine[]
  clauses: readonly { heading: string; lines: readonly TemplateLine[] }[]
  closing: readonly TemplateLine[]
}
