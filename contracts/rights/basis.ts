import { z } from "zod"
import type { Locale } from "../localized-text.ts"
import { type Refusal, refuse } from "../refusal.ts"
import { type Action, actions, line, type RightsPolicy } from "../rights.ts"
import { documentReference } from "./document.ts"
import { type Licence, licence, licenceIds } from "./licences.ts"

/** Terms that are no well-known licence: the seller states what they allow, the operator's review reads them. */
const stated = {
  allows: z.array(z.enum(actions)).max(actions.length),
  attribution: z.boolean(),
}

/** On what ground the data may be traded at all. `unstated` is an answer too: the gate refuses it. */
export const legalBasis = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("own") }),
  z.strictObject({ kind: z.literal("licence"), licence: z.enum(licenceIds) }),
  z.strictObject({ kind: z.literal("terms"), name: line(200), url: z.url().max(2_000), ...stated }),
  z.strictObject({ kind: z.literal("contract"), document: documentReference, ...stated }),
  z.strictObject({ kind: z.literal("authorised-operation") }),
  z.strictObject({ kind: z.literal("unstated") }),
])
export type LegalBasis = z.infer<typeof legalBasis>

type Bounds = Pick<Licence, "grants" | "attribution" | "shareAlike" | "unrestrictable">

/** What a basis allows, or null where it sets no bounds of its own. */
export function boundsOf(basis: LegalBasis): Bounds | null {
  if (basis.kind === "licence") return licence(basis.licence)
  if (basis.kind === "terms" || basis.kind === "contract")
    return { grants: basis.allows, attribution: basis.attribution, shareAlike: false, unrestrictable: false }
  return null
}

/**
 * Whether a policy stays within what its source allows. Refusals: `licence_missing`; `licence_forbids_trade` when
 * a non-commercial source has a price, or when restrictions are added that its licence forbids to add;
 * `policy_exceeds_rights` for each action beyond the source, and for a missing attribution.
 */
export function fitsBasis(basis: LegalBasis, policy: RightsPolicy, priced: boolean): Refusal[] {
  if (basis.kind === "unstated") return [refuse("licence_missing", "basis")]
  const bounds = boundsOf(basis)
  if (bounds === null) return []
  const found: Refusal[] = []
  if (priced && !bounds.grants.includes("commercialise"))
    found.push(refuse("licence_forbids_trade", "plans", { rule: "not_for_money" }))
  for (const action of actions) {
    const term = policy.terms[action]
    const granted = bounds.grants.includes(action)
    if (term.stance === "permitted" && !granted)
      found.push(refuse("policy_exceeds_rights", `terms.${action}`, { action }))
    // Whether data may leave the country is a question of law, not a restriction of the seller's own.
    if (bounds.unrestrictable && granted && action !== "transfer-abroad" && narrows(term))
      found.push(
        refuse("licence_forbids_trade", `terms.${action}`, { rule: "no_further_restrictions", action }),
      )
  }
  if (bounds.attribution && !attributes(policy))
    found.push(refuse("policy_exceeds_rights", "obligations", { rule: "attribution_missing" }))
  if (
    bounds.unrestrictable &&
    policy.obligations.some((one) => ["delete-after", "report"].includes(one.kind))
  )
    found.push(refuse("licence_forbids_trade", "obligations", { rule: "no_further_restrictions" }))
  return found
}

/** Silence takes nothing away: the licence itself still reaches the buyer. */
const narrows = (term: RightsPolicy["terms"][Action]): boolean =>
  term.stance === "prohibited" ||
  (term.stance === "permitted" &&
    (Object.keys(term.constraints).length > 0 ||
      term.duties.some((one) => one.kind === "delete-after" || one.kind === "report")))

const attributes = (policy: RightsPolicy): boolean =>
  policy.obligations.some((one) => one.kind === "attribute")

/** On what ground the data are traded, in a few words. */
export function basisWords(basis: LegalBasis, locale: Locale): string {
  const zh = locale === "zh"
  switch (basis.kind) {
    case "own":
      return zh ? "供方自行产生或采集" : "made or collected by the seller"
    case "licence":
      return `${licence(basis.licence).title} (${licence(basis.licence).url})`
    case "terms":
      return `${basis.name} (${basis.url})`
    case "contract":
      return `${zh ? "合同：" : "contract: "}${basis.document.title}`
    case "authorised-operation":
      return zh ? "公共数据授权运营" : "authorised operation of public data"
    case "unstated":
      return zh ? "未说明" : "not stated"
  }
}
