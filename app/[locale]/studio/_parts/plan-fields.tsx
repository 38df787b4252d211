"use client"

import { useState } from "react"
import { defaultWindows, type PlanInput, planKinds } from "#contracts/listing.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { type Currency, currencies, decimal, isCurrency, movable, parseMoney } from "#contracts/money.ts"
import type { TypedPlan } from "#contracts/product.ts"
import { refuse, sentence } from "#contracts/refusal.ts"
import { percent } from "#contracts/tax.ts"
import { type TemplateId, templateIds } from "#contracts/templates/template.ts"
import { type Failure, failureAt } from "../../../_lib/failure.ts"
import type { ListingWords } from "../../../_lib/messages/listing-form.ts"
import { Button } from "../../../_ui/button.tsx"
import { Checkbox } from "../../../_ui/choices.tsx"
import { Select, TextField } from "../../../_ui/fields.tsx"
import { type Fees, PlanProceeds, TaxFields } from "./plan-money.tsx"

export type PlanWords = {
  [Key in keyof ListingWords as ListingWords[Key] extends (...args: never[]) => unknown
    ? never
    : Key]: ListingWords[Key]
} & { optional: string; planNames: readonly string[] }

const codes = Object.keys(currencies) as Currency[]

/** One plan of the list. `order` is its place, which the server names when it refuses a price. */
export function PlanFields(props: {
  id: number
  order: number
  locale: Locale
  t: PlanWords
  value: PlanInput | null
  failure: Failure | null
  fees: Fees
  onRemove: () => void
}) {
  const { id, order, locale, t, value, failure, fees } = props
  const [kind, setKind] = useState(value?.kind ?? "one-off")
  const [currency, setCurrency] = useState<string>(value?.price.currency ?? (locale === "zh" ? "CNY" : "USD"))
  const [amount, setAmount] = useState(value && value.kind !== "free" ? decimal(value.price) : "")
  const [rate, setRate] = useState(value?.tax ? percent(value.tax.basisPoints) : "")
  const [included, setIncluded] = useState(value?.tax?.included ?? locale === "zh")
  const name = (field: string) => `plan.${id}.${field}`
  const known = isCurrency(currency) ? currency : "CNY"
  const read = parseMoney(amount, known)
  const wrong = amount.trim() !== "" && (read === null || read.minor === "0" || !movable(read))
  return (
    <fieldset className="grid min-w-0 gap-4 rounded-panel border border-line p-4">
      <legend className="px-1 font-medium">{t.planNames[order]}</legend>
      <input type="hidden" name="plan" value={id} />
      <div className="grid gap-4 sm:grid-cols-3">
        <Select
          label={t.kind}
          name={name("kind")}
          defaultValue={kind}
          onChange={(event) => setKind(event.target.value as PlanInput["kind"])}
          options={planKinds.map((one) => ({ value: one, label: t.kinds[one] }))}
        />
        {kind === "free" ? null : (
          <TextField
            label={t.amount}
            suffix={t.amountHints[currencies[known].decimals]}
            name={name("amount")}
            inputMode="decimal"
            autoComplete="off"
            maxLength={40}
            defaultValue={amount}
            onChange={(event) => setAmount(event.target.value)}
            error={
              wrong ? sentence(refuse("price_invalid"), locale) : failureAt(failure, `plans.${order}.amount`)
            }
          />
        )}
        <Select
          label={t.currency}
          name={name("currency")}
          defaultValue={currency}
          onChange={(event) => setCurrency(event.target.value)}
          options={codes.map((code) => ({ value: code, label: code }))}
          error={failureAt(failure, `plans.${order}.currency`)}
        />
      </div>
      {kind === "free" ? null : (
        <>
          <TaxFields
            name={name}
            order={order}
            locale={locale}
            value={value?.tax}
            failure={failure}
            onRate={setRate}
            onIncluded={setIncluded}
          />
          <PlanProceeds typed={{ price: read, rate, included }} fees={fees} locale={locale} />
        </>
      )}
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField
          label={t.seats}
          hint={t.seatsHint}
          name={name("seats")}
          type="number"
          min={1}
          max={1_000_000}
          defaultValue={value?.seats ?? ""}
          optional={t.optional}
        />
        <TextField
          label={t.deliveryHours}
          hint={t.deliveryHint}
          name={name("deliveryHours")}
          type="number"
          min={1}
          max={720}
          defaultValue={value?.deliveryHours ?? defaultWindows.deliveryHours}
        />
        <TextField
          label={t.acceptanceHours}
          hint={t.acceptanceHint}
          name={name("acceptanceHours")}
          type="number"
          min={1}
          max={720}
          defaultValue={value?.acceptanceHours ?? defaultWindows.acceptanceHours}
        />
      </div>
      <Select
        label={t.template}
        name={name("template")}
        defaultValue={value?.template ?? templateIds[0]}
        options={templateIds.map((one) => ({ value: one, label: t.templates[one] }))}
      />
      <Checkbox
        name={name("approval")}
        label={t.approval}
        hint={t.approvalHint}
        defaultChecked={value?.approval ?? false}
      />
      <div>
        <Button size="small" onClick={props.onRemove}>
          {t.removePlan}
        </Button>
      </div>
    </fieldset>
  )
}

/** The plans as they are typed, in the order of the page. */
export function readPlans(data: FormData): TypedPlan[] {
  return data.getAll("plan").map((id) => {
    const text = (field: string) => String(data.get(`plan.${id}.${field}`) ?? "").trim()
    const kind = text("kind") as TypedPlan["kind"]
    return {
      kind,
      amount: kind === "free" ? "" : text("amount"),
      currency: text("currency"),
      ...(kind === "free"
        ? {}
        : { taxRate: text("taxRate"), taxIncluded: data.has(`plan.${id}.taxIncluded`) }),
      seats: text("seats") === "" ? null : Number(text("seats")),
      approval: data.has(`plan.${id}.approval`),
      template: text("template") as TemplateId,
      deliveryHours: Number(text("deliveryHours")),
      acceptanceHours: Number(text("acceptanceHours")),
    }
  })
}
