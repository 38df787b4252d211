import { randomBytes } from "node:crypto"
import { agreementHash, renderAgreement } from "#contracts/agreement.ts"
import { chargesOf } from "#contracts/charges.ts"
import { feeTerms } from "#contracts/fees.ts"
import type { Id } from "#contracts/ids.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { feeCapOf } from "#contracts/registration.ts"
import type { WantedUse } from "#contracts/rights.ts"
import { taxOn } from "#contracts/tax.ts"
import type { Time } from "#contracts/time.ts"
import type { TradeOrigin } from "#contracts/trade.ts"
import type { Services } from "../services.ts"
import { agreementFacts } from "./agreement.ts"
import type { Proposal } from "./rules.ts"
import { loadProposal, saveAgreement } from "./store.ts"

/** What a buyer chooses of a listing, and in which language the agreement is written. */
export type Choice = {
  trade: Id<"trade">
  buyer: Id<"party">
  listing: Id<"listing">
  plan: Id<"plan">
  use: WantedUse
  locale: Locale
  origin: TradeOrigin
  purchaseOrder: string | null
}

/**
 * Loads all that the rule `propose` looks at, and writes the agreement's text, which its hash names. Refuses
 * `not_found`, `plan_not_found` and `registration_not_reviewed`; everything else is for the rule.
 */
export async function prepareProposal(
  { sql, config }: Pick<Services, "sql" | "config">,
  { trade, buyer, listing, plan: planId, use, locale, origin, purchaseOrder }: Choice,
  now: Time,
): Promise<Proposal | Refusal> {
  const scene = await loadProposal(sql, listing, buyer)
  if (!scene) return refuse("not_found", "listing")
  const plan = scene.listing.plans.find(({ id }) => id === planId)
  if (!plan) return refuse("plan_not_found")
  const tax = taxOn(plan.price, plan.tax, scene.seller, scene.buyer)
  const nonce = randomBytes(16).toString("hex")
  const facts = await agreementFacts(sql, config, scene, { trade, plan, tax, use, nonce, now })
  if (isRefusal(facts)) return facts
  const text = renderAgreement(facts, locale)
  const hash = agreementHash(text)
  await saveAgreement(sql, { hash, trade, locale, text })
  return {
    ...scene,
    trade,
    plan,
    product: scene.listing.product,
    datasetVersion: scene.listing.datasetVersion,
    use,
    origin,
    agreementHash: hash,
    charges: chargesOf(
      tax,
      feeTerms(
        config.feeSchedule,
        scene.seller.class ?? "standard",
        plan.price.currency,
        feeCapOf(facts.evidence),
      ),
    ),
    purchaseOrder,
  }
}
