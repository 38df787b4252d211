import { cheapest, type Plan } from "#contracts/listing.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { isZero } from "#contracts/money.ts"
import type { Action, RightsPolicy } from "#contracts/rights.ts"
import { catalogue } from "../_lib/messages/catalogue.ts"
import { classes } from "../_ui/classes.ts"
import { Icon } from "../_ui/icons.tsx"
import { Money } from "../_ui/values.tsx"

type PriceProps = { plans: readonly Pick<Plan, "price" | "tax">[]; locale: Locale }

/** The lowest price, and how many ways there are to buy. */
export function LowestPrice({ plans, locale }: PriceProps) {
  const t = catalogue[locale]
  const { price, tax } = cheapest(plans)
  return (
    <span className="inline-flex flex-col items-end">
      <span className="text-lead font-semibold">
        {isZero(price) ? t.free : <Money amount={price} locale={locale} />}
      </span>
      <span className="text-micro text-ink-faint">
        {plans.length > 1 ? t.plans(plans.length) : isZero(price) ? null : t.once}
        {tax?.included === false ? ` · ${t.plusTax}` : null}
      </span>
    </span>
  )
}

/** What buyers ask first of any data, always in this order, so that rows of results can be read down. */
const asked = ["train", "commercialise", "distribute", "transfer-abroad"] as const satisfies readonly Action[]

export function UseMarks({ policy, locale }: { policy: RightsPolicy; locale: Locale }) {
  const t = catalogue[locale]
  return (
    <ul aria-label={t.permitted} className="flex flex-wrap gap-x-3 gap-y-0.5 text-micro">
      {asked.map((action) => {
        const term = policy.terms[action]
        const may = term.stance === "permitted"
        const conditional = may && Object.keys(term.constraints).length > 0
        return (
          <li
            key={action}
            className={classes("inline-flex items-center gap-1", may ? "text-good" : "text-ink-faint")}
          >
            <Icon name={may ? "check" : "cross"} size={11} />
            <span className="sr-only">{may ? t.may : t.mayNot} </span>
            <span className={may ? undefined : "line-through decoration-ink-faint/50"}>
              {t.shortUses[action]}
            </span>
            {conditional ? <span className="text-ink-faint">({t.conditional})</span> : null}
          </li>
        )
      })}
    </ul>
  )
}
