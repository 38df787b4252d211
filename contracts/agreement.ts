import { z } from "zod"
import { textHash } from "./content-hash.ts"
import type { IdentifierKind } from "./identifier.ts"
import type { Id } from "./ids.ts"
import type { Format, Plan } from "./listing.ts"
import { type Locale, type LocalizedText, readText } from "./localized-text.ts"
import { decimal, isZero, type Money } from "./money.ts"
import {
  effectiveGrade,
  gradeWords,
  type ProductForm,
  productFormWords,
  type RightsEvidence,
} from "./registration.ts"
import { basisWords } from "./rights/basis.ts"
import { labelWords } from "./rights/labels.ts"
import { describeUse, mayMayNotMust, type RightsSentence } from "./rights/sentences.ts"
import { type RightsPolicy, type WantedUse, withPlan } from "./rights.ts"
import { percent, type Tax, totalOf } from "./tax.ts"
import { findTemplate } from "./templates/catalogue.ts"
import {
  type Circumstance,
  type ListField,
  listFields,
  type ScalarField,
  type Template,
  type TemplateLine,
} from "./templates/template.ts"
import type { Time } from "./time.ts"

export type AgreementParty = {
  name: LocalizedText
  identifierKind: IdentifierKind
  identifier: string
  country: string
}

/** All that an agreement says beyond its template. `policy` is the listing's; the plan's price is added here. */
export type AgreementFacts = {
  trade: Id<"trade">
  proposedAt: Time
  market: LocalizedText
  /** Who holds the funds, in words. */
  holder: LocalizedText
  seller: AgreementParty
  buyer: AgreementParty
  listing: Id<"listing">
  title: LocalizedText
  form: ProductForm
  format: Format
  rows: number
  bytes: number
  versionHash: string
  registrationNumber: string
  evidence: RightsEvidence
  policy: RightsPolicy
  use: WantedUse
  plan: Pick<Plan, "price" | "approval" | "template" | "deliveryHours" | "acceptanceHours">
  /** Of the plan's price, for this buyer. */
  tax: Tax
  /** 128 random bits as 32 lower-case hex digits: a public template with few prices could be guessed. */
  nonce: string
}

export const agreementNonce = z.string().regex(/^[0-9a-f]{32}$/)

/**
 * The agreement's text in one language: the same facts give the same characters. Lines end in 0x0A. Throws when
 * the template's version is not in the catalogue or the nonce is malformed.
 */
export function renderAgreement(facts: AgreementFacts, locale: Locale): string {
  const { id, version } = facts.plan.template
  const template = findTemplate(id, version, locale)
  if (template === null) throw new Error(`no template ${id} version ${version}`)
  agreementNonce.parse(facts.nonce)
  const fill = filler(facts, template, locale)
  const lines = [template.title, "", ...template.opening.flatMap(fill)]
  template.clauses.forEach((clause, i) => {
    lines.push("", `${i + 1}. ${clause.heading}`)
    let number = 0
    for (const line of clause.lines)
      for (const text of fill(line)) lines.push(text.startsWith("  ") ? text : `${i + 1}.${++number} ${text}`)
  })
  lines.push("", ...template.closing.flatMap(fill))
  return `${lines.join("\n")}\n`
}

/** SHA-256, lower-case hex, of the text's UTF-8 bytes: the agreement's name. */
export const agreementHash = (text: string): string => textHash(text)

function filler(facts: AgreementFacts, template: Template, locale: Locale): (line: TemplateLine) => string[] {
  const scalars = scalarValues(facts, locale)
  const rights = mayMayNotMust(withPlan(facts.policy, !isZero(facts.plan.price)), locale)
  const holds = circumstancesOf(facts)
  return (line) => {
    if (typeof line !== "string" && !holds.has(line.when)) return []
    const text = typeof line === "string" ? line : line.text
    const list = listFields.find((name) => text === `{${name}}`)
    if (list !== undefined) return listLines(rights[list], locale, list)
    return [text.replace(/\{(\w+)\}/g, (_, name: string) => fieldValue(scalars, name, template))]
  }
}

function fieldValue(scalars: Record<ScalarField, string>, name: string, template: Template): string {
  const value = (scalars as Record<string, string>)[name]
  if (value === undefined) throw new Error(`template ${template.id} asks for ${name}, which no agreement has`)
  return value
}

/** One line of plain text: what a party typed cannot begin a line, and so a clause, of its own. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim()

function listLines(items: RightsSentence[], locale: Locale, list: ListField): string[] {
  const bracket = (text: string, label: string) => `${oneLine(text)} [${label}]`
  if (items.length === 0) return [`  - ${emptyWords[list][locale]}`]
  return items.flatMap((item) => [
    `  - ${bracket(item.text, labelWords[item.label][locale])}`,
    ...item.conditions.map((one) => `    - ${bracket(one.text, labelWords[one.label][locale])}`),
  ])
}

const emptyWords = {
  may: { en: "nothing", zh: "无" },
  mayNot: { en: "nothing beyond the terms of this agreement", zh: "除本合同其他条款外，无" },
  must: { en: "nothing beyond the terms of this agreement", zh: "除本合同其他条款外，无" },
} as const satisfies Record<ListField, Record<Locale, string>>

function circumstancesOf(facts: AgreementFacts): ReadonlySet<Circumstance> {
  const holds = new Set<Circumstance>([
    isZero(facts.plan.price) ? "free" : "paid",
    facts.evidence.personalData.present ? "personalData" : "noPersonalData",
    facts.plan.approval ? "approval" : "standing",
  ])
  if (facts.seller.country !== facts.buyer.country) holds.add("abroad")
  if (!isZero(facts.plan.price)) holds.add(taxCircumstance[facts.tax.treatment])
  return holds
}

const taxCircumstance = {
  none: "untaxed",
  charged: "taxCharged",
  reverseCharge: "reverseCharge",
} as const satisfies Record<Tax["treatment"], Circumstance>

const written = (amount: Money): string => `${decimal(amount)} ${amount.currency}`

function scalarValues(facts: AgreementFacts, locale: Locale): Record<ScalarField, string> {
  const read = (text: LocalizedText) => oneLine(readText(text, locale).text)
  const { id, version, hash } = facts.plan.template
  const { source } = facts.evidence
  return {
    market: read(facts.market),
    trade: facts.trade,
    template: `${id} ${version} (SHA-256 ${hash})`,
    proposedAt: facts.proposedAt,
    sellerName: read(facts.seller.name),
    sellerIdentifier: identifier(facts.seller, locale),
    sellerCountry: oneLine(facts.seller.country),
    buyerName: read(facts.buyer.name),
    buyerIdentifier: identifier(facts.buyer, locale),
    buyerCountry: oneLine(facts.buyer.country),
    title: read(facts.title),
    listing: facts.listing,
    form: productFormWords[facts.form][locale],
    format: facts.format,
    rows: `${facts.rows}`,
    bytes: `${facts.bytes}`,
    versionHash: facts.versionHash,
    source: oneLine([source.name, source.url].filter((part) => part !== null).join(" ")),
    basis: oneLine(basisWords(facts.evidence.basis, locale)),
    registration: oneLine(facts.registrationNumber),
    grade: gradeWords[effectiveGrade(facts.evidence)][locale],
    use: describeUse(facts.use, locale),
    price: written(totalOf(facts.tax)),
    net: written(facts.tax.net),
    tax: written(facts.tax.tax),
    taxRate: `${percent(facts.tax.basisPoints)}%`,
    holder: read(facts.holder),
    deliveryHours: `${facts.plan.deliveryHours}`,
    acceptanceHours: `${facts.plan.acceptanceHours}`,
    nonce: facts.nonce,
  }
}

function identifier(party: AgreementParty, locale: Locale): string {
  const kinds = {
    creditCode: { en: "unified social credit code", zh: "统一社会信用代码" },
    vat: { en: "VAT id", zh: "增值税号" },
  } as const satisfies Record<IdentifierKind, Record<Locale, string>>
  return `${kinds[party.identifierKind][locale]} ${oneLine(party.identifier)}`
}
