import { byPrecedence, type Refusal, refuse } from "#contracts/refusal.ts"
import type { RightsEvidence } from "#contracts/registration.ts"
import { fitsBasis } from "#contracts/rights/basis.ts"
import { contradictions } from "#contracts/rights/contradictions.ts"
import { missingPapers } from "#contracts/rights/papers.ts"
import type { RightsPolicy } from "#contracts/rights.ts"
import type { Time } from "#contracts/time.ts"

/**
 * The rights gate before listing (DESIGN §7; Data Security Law art. 33): whether what is offered is covered by
 * what was registered. `priced` is true when any plan costs money. Gives every broken rule, the one of highest
 * precedence first; an empty list is the only pass. That the registration was approved is a state, not asked here.
 */
export function gate(
  evidence: RightsEvidence,
  policy: RightsPolicy,
  offer: { priced: boolean; at: Time },
): Refusal[] {
  const found = [
    ...missingPapers(evidence, offer.at).map((paper) => paper.refusal),
    ...fitsBasis(evidence.basis, policy, offer.priced),
    ...contradictions(policy),
    ...transferAbroad(evidence, policy),
  ]
  const told = new Map(
    found.map((refusal) => [`${refusal.refused} ${refusal.at} ${JSON.stringify(refusal.detail)}`, refusal]),
  )
  return [...told.values()].sort(byPrecedence)
}

/** A policy may send data abroad only where the registration plans it, and only to the countries it names. */
function transferAbroad(evidence: RightsEvidence, policy: RightsPolicy): Refusal[] {
  const term = policy.terms["transfer-abroad"]
  if (term.stance !== "permitted") return []
  const plan = evidence.crossBorder
  if (!plan.planned) return [refuse("cross_border_document_missing", "crossBorder")]
  if (plan.regions === null) return []
  const wanted = term.constraints.region
  const covered = wanted?.every((one) => plan.regions?.includes(one)) ?? false
  return covered ? [] : [refuse("cross_border_document_missing", "crossBorder.regions")]
}
