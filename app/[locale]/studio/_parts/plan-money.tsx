"use client"

import { chargesOf, partsOfRelease } from "#contracts/charges.ts"
import { type FeeSchedule, feeTerms, type PartyClass } from "#contracts/fees.ts"
import type { PlanInput } from "#contracts/listing.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { isZero, type Money, movable } from "#contracts/money.ts"
import { parsePercent, percent, planTax, taxOn, totalOf } from "#contracts/tax.ts"
import { type Failure, failureAt } from "../../../_lib/failure.ts"
import { formatMoney } from "../../../_lib/format.ts"
import { charges } from "../../../_lib/messages/charges.ts"
import { Checkbox } from "../../../_ui/choices.tsx"
import { TextField } from "../../../_ui/fields.tsx"

/** What the market takes of this seller's plans. */
export type Fees = { schedule: FeeSchedule; class: PartyClass; capBasisPoints: number | null }

/** The tax of a plan's price as it is typed. */
export function TaxFields(props: {
  name: (field: string) => string
  order: number
  locale: Locale
  value: PlanInput["tax"]
  failure: Failure | null
  onRate: (rate: string) => void
  onIncluded: (included: boolean) => void
}) {
  const { name, order, locale, value, failure } = props
  const t = charges[locale]
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <TextField
        label={t.taxRate}
        hint={t.taxHint}
        name={name("taxRate")}
        inputMode="decimal"
        autoComplete="off"
        maxLength={10}
        optional=" "
        defaultValue={value ? percent(value.basisPoints) : ""}
        onChange={(event) => props.onRate(event.target.value)}
        error={failureAt(failure, `plans.${order}.taxRate`)}
      />
      <div className="sm:col-span-2 sm:pt-6">
        <Checkbox
          name={name("taxIncluded")}
          label={t.taxIncluded}
          hint={t.taxIncludedHint}
          defaultChecked={value?.included ?? locale === "zh"}
          onChange={(event) => props.onIncluded(event.target.checked)}
        />
      </div>
    </div>
  )
}

type Typed = { price: Money | null; rate: string; included: boolean }

/** What of the typed price the seller would get from a buyer of its own country, and by which rule the market takes its fee. */
export function PlanProceeds({ typed, fees, locale }: { typed: Typed; fees: Fees; locale: Locale }) {
  const { price, rate, included } = typed
  const t = charges[locale]
  if (price === null || isZero(price) || !movable(price)) return null
  const basisPoints = rate.trim() === "" ? null : parsePercent(rate)
  const tax = planTax.safeParse({ basisPoints, included })
  if (rate.trim() !== "" && !tax.success) return null
  const home = { country: "", identifierKind: "vat" } as const
  const terms = feeTerms(fees.schedule, fees.class, price.currency, fees.capBasisPoints)
  const made = chargesOf(taxOn(price, tax.data, home, home), terms)
  const total = totalOf(made)
  const parts = partsOfRelease({ price: total, feeBasisPoints: 0, charges: made }, total)
  const [fee, owed, payout] = [parts.fee, parts.tax, parts.seller].map((one) => formatMoney(one, locale))
  const rule = [
    t.feeRule.rate(percent(terms.basisPoints)),
    ...(isZero(terms.fixed) ? [] : [t.feeRule.fixed(formatMoney(terms.fixed, locale))]),
    ...(isZero(terms.minimum) ? [] : [t.feeRule.minimum(formatMoney(terms.minimum, locale))]),
    ...(terms.capBasisPoints === null ? [] : [t.feeRule.cap(percent(terms.capBasisPoints))]),
    t.feeRule.class(t.classes[terms.class], terms.schedule),
  ]
  return (
    <p className="rounded-control bg-sunken px-3 py-2 text-small" role="status">
      {isZero(parts.tax)
        ? t.preview(fee ?? "", payout ?? "")
        : t.previewTax(fee ?? "", owed ?? "", payout ?? "")}{" "}
      <span className="text-ink-faint">{rule.join(locale === "zh" ? "；" : "; ")}</span>
    </p>
  )
}
