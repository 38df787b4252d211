import { type PlanInput, planInput } from "#contracts/listing.ts"
import { isCurrency, isZero, movable, parseMoney } from "#contracts/money.ts"
import type { Draft, DraftChanges, PolicyInput, TypedPlan } from "#contracts/product.ts"
import { firstRefusal, isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { contradictions } from "#contracts/rights/contradictions.ts"
import { policyOf } from "#contracts/rights/policy-of.ts"
import type { RightsPolicy } from "#contracts/rights.ts"
import { parsePercent, planTax } from "#contracts/tax.ts"

/**
 * The draft after one save. Refuses `currency_unknown` and `price_invalid` (at `plans.<i>.currency` and
 * `plans.<i>.amount`), `tax_rate_invalid` (at `plans.<i>.taxRate`), `policy_contradictory`, and what the reader of ODRL refuses; then nothing is saved.
 */
export function applyChanges(draft: Draft, changes: DraftChanges): Draft | Refusal {
  const { policy: policyChange, plans: planChanges, ...plain } = changes
  const policy = policyChange === undefined ? draft.policy : readPolicy(policyChange)
  if (isRefusal(policy)) return policy
  const plans = planChanges === undefined ? draft.plans : readPlans(planChanges)
  if (isRefusal(plans)) return plans
  return { ...draft, ...plain, policy, plans }
}

function readPolicy(input: PolicyInput): RightsPolicy | Refusal {
  const policy = policyOf(input)
  if (isRefusal(policy)) return policy
  return firstRefusal(contradictions(policy)) ?? policy
}

function readPlans(typed: readonly TypedPlan[]): PlanInput[] | Refusal {
  const plans: PlanInput[] = []
  for (const [i, one] of typed.entries()) {
    const plan = readPlan(one, i)
    if (isRefusal(plan)) return plan
    plans.push(plan)
  }
  return plans
}

function readPlan(
  { amount, currency, taxRate, taxIncluded, ...plan }: TypedPlan,
  i: number,
): PlanInput | Refusal {
  if (!isCurrency(currency)) return refuse("currency_unknown", `plans.${i}.currency`)
  const price = parseMoney(amount === "" && plan.kind === "free" ? "0" : amount, currency)
  if (price === null || isZero(price) !== (plan.kind === "free") || !movable(price))
    return refuse("price_invalid", `plans.${i}.amount`)
  if (plan.kind === "free" || !taxRate?.trim()) return planInput.parse({ ...plan, price })
  const basisPoints = parsePercent(taxRate)
  const tax = planTax.safeParse({ basisPoints, included: taxIncluded ?? true })
  if (!tax.success) return refuse("tax_rate_invalid", `plans.${i}.taxRate`)
  return planInput.parse({ ...plan, price, tax: tax.data })
}
