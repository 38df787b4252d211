import type { Locale } from "#contracts/localized-text.ts"
import {
  classWords,
  effectiveGrade,
  externalWords,
  feeCapOf,
  gradeWords,
  obtainedWords,
  type RightHeld,
  type RightsEvidence,
  rights,
  rightWords,
} from "#contracts/registration.ts"
import { basisWords } from "#contracts/rights/basis.ts"
import type { DocumentReference } from "#contracts/rights/document.ts"
import { percent } from "#contracts/tax.ts"
import { charges } from "../_lib/messages/charges.ts"
import { operator as words } from "../_lib/messages/operator.ts"
import { registrationReview } from "../_lib/messages/registration-review.ts"
import type { Definition } from "../_ui/definition-list.tsx"

function feeCapWords(evidence: RightsEvidence, locale: Locale): string {
  const cap = feeCapOf(evidence)
  return cap === null ? "" : ` · ${charges[locale].feeRule.cap(percent(cap))}`
}

/** What a seller states of their rights, with the papers named. Addresses of others are shown, never linked. */
export function evidenceItems(evidence: RightsEvidence, locale: Locale): Definition[] {
  const t = registrationReview[locale]
  const o = words[locale]
  const { source } = evidence
  return [
    { term: t.source, value: source.name ?? "—" },
    ...(source.url ? [{ term: t.sourceUrl, value: <code className="text-small">{source.url}</code> }] : []),
    { term: t.obtained, value: upper(obtainedWords[source.obtained][locale]) },
    ...(source.note ? [{ term: o.note, value: source.note }] : []),
    { term: t.basis, value: upper(basisWords(evidence.basis, locale)) },
    ...rights.map((right) => ({
      key: right,
      term: upper(rightWords[right][locale]),
      value: heldWords(evidence.rights[right], locale),
    })),
    { term: t.dataClass, value: upper(classWords[evidence.dataClass][locale]) },
    { term: t.grade, value: gradeItem(evidence, locale) },
    { term: t.personal, value: personalWords(evidence, locale) },
    { term: t.crossBorder, value: crossBorderWords(evidence, locale) },
    ...(evidence.authorisedOperation
      ? [
          {
            term: t.authorisedOperation,
            value: `${evidence.authorisedOperation.agency} · ${paperWords(evidence.authorisedOperation.agreement)} · ${evidence.authorisedOperation.scope}${feeCapWords(evidence, locale)}`,
          },
        ]
      : []),
    ...evidence.external.map((one) => ({
      key: one.number,
      term: t.external,
      value: `${upper(externalWords[one.kind][locale])} ${one.number} · ${one.issuer}`,
    })),
  ]
}

/** The contract's words stand inside sentences; here they begin a line. */
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Title, issuer, number, address: what finds a paper again. */
export const paperWords = ({ title, issuer, number, url, sha256 }: DocumentReference): string =>
  [title, issuer, number, url, sha256].filter(Boolean).join(" · ")

function heldWords(held: RightHeld, locale: Locale): string {
  const t = registrationReview[locale].held
  if (held.by !== "authorised") return t[held.by]
  return [t.authorised(held.from), ...(held.document ? [paperWords(held.document)] : [])].join(" · ")
}

function gradeItem(evidence: RightsEvidence, locale: Locale): string {
  const { approval } = evidence.grade
  return [
    upper(gradeWords[effectiveGrade(evidence)][locale]),
    ...(approval ? [paperWords(approval)] : []),
  ].join(" · ")
}

function personalWords({ personalData }: RightsEvidence, locale: Locale): string {
  const t = registrationReview[locale]
  if (!personalData.present) return t.personalNone
  const { basis, impactAssessment } = personalData
  const parts = [basis === null ? t.noBasis : t.personalBasis[basis]]
  if (impactAssessment) parts.push(`${t.impactAssessment} ${paperWords(impactAssessment)}`)
  return parts.join(" · ")
}

function crossBorderWords({ crossBorder }: RightsEvidence, locale: Locale): string {
  const t = registrationReview[locale]
  if (!crossBorder.planned) return t.crossBorderNone
  const { mechanism, document, ground, regions } = crossBorder
  return [
    mechanism === null ? t.noMechanism : t.mechanisms[mechanism],
    ...(document ? [paperWords(document)] : []),
    ...(ground ? [ground] : []),
    ...(regions ?? []),
  ].join(" · ")
}
