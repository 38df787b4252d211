import type { Locale } from "#contracts/localized-text.ts"
import { isZero } from "#contracts/money.ts"
import { type OfferedPlan, PlanTerms } from "../../../_catalogue/plan-terms.tsx"
import { TaxNote } from "../../../_catalogue/tax-note.tsx"
import { catalogue } from "../../../_lib/messages/catalogue.ts"
import { listing as words } from "../../../_lib/messages/listing.ts"
import { paths } from "../../../_lib/paths.ts"
import { Button, ButtonLink } from "../../../_ui/button.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Money } from "../../../_ui/values.tsx"
import type { ListingPage } from "./load-listing.ts"

type Reader = { party: string; roles: readonly string[] } | null
type Props = { page: ListingPage; reader: Reader; locale: Locale }

/** The plans, each with its terms and the way to a trade, or why there is none now. */
export function PriceBox({ page, reader, locale }: Props) {
  const t = words[locale]
  const priced = page.plans.some(({ price }) => !isZero(price))
  return (
    <Panel flush title={t.price} footer={priced ? t.heldNote : undefined}>
      <ul className="divide-y divide-line">
        {page.plans.map((plan, order) => (
          <li key={plan.id} className="grid gap-3 p-4">
            <p className="flex items-baseline justify-between gap-3">
              <span className="text-heading font-semibold">
                {isZero(plan.price) ? catalogue[locale].free : <Money amount={plan.price} locale={locale} />}
              </span>
              <span className="text-small text-ink-faint">
                {page.plans.length > 1
                  ? t.plan(order + 1)
                  : plan.kind === "free"
                    ? null
                    : t.planKinds[plan.kind]}
              </span>
            </p>
            <TaxNote plan={plan} locale={locale} />
            <PlanTerms plan={plan} locale={locale} />
            <Start page={page} plan={plan} reader={reader} primary={order === 0} locale={locale} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Why no trade can start, or null. The server's rules decide again; this only saves a vain attempt. */
export function whyNot({ state, seller }: ListingPage, plan: OfferedPlan, reader: Reader, locale: Locale) {
  const t = words[locale].why
  if (state !== "forSale") return t[state]
  if (plan.free === 0) return t.soldOut
  if (reader?.party === seller.id) return t.own
  return reader && !reader.roles.includes("buyer") ? t.notBuyer : null
}

function Start({ page, plan, reader, primary, locale }: Props & { plan: OfferedPlan; primary: boolean }) {
  const t = words[locale]
  const label = isZero(plan.price) ? t.chooseFree : t.choose
  const variant = primary ? "primary" : "secondary"
  const why = whyNot(page, plan, reader, locale)
  if (why)
    return (
      <div>
        <Button variant={variant} why={why}>
          {label}
        </Button>
      </div>
    )
  return (
    <ButtonLink variant={variant} size="large" href={paths(locale).newTrade(page.listing.id, plan.id)}>
      {label}
    </ButtonLink>
  )
}
