import type { Plan } from "#contracts/listing.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { percent } from "#contracts/tax.ts"
import { charges } from "../_lib/messages/charges.ts"

/** How a plan's price stands to its tax; nothing where the seller says nothing of it. */
export function TaxNote({ plan, locale }: { plan: Pick<Plan, "tax">; locale: Locale }) {
  if (plan.tax === undefined) return null
  const { basisPoints, included } = plan.tax
  const t = charges[locale]
  return (
    <span className="text-small text-ink-faint">
      {(included ? t.included : t.added)(percent(basisPoints))}
    </span>
  )
}
