"use client"

import "../../../_lib/strict-zod.ts"
import { type FormEvent, type ReactNode, useState } from "react"
import { domains, domainWords, type PlanInput } from "#contracts/listing.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { Draft, DraftChanges } from "#contracts/product.ts"
import { failureAt } from "../../../_lib/failure.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"
import { Select } from "../../../_ui/fields.tsx"
import { LocalizedFields, readLocalized } from "../../../_ui/localized-fields.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { PlanFields, type PlanWords, readPlans } from "./plan-fields.tsx"
import type { Fees } from "./plan-money.tsx"
import { PublishButton } from "./publication.tsx"

const most = 10

/** What buyers read and what they pay, and the button that makes it public. */
export function ListingEditor(props: {
  product: string
  version: number
  locale: Locale
  draft: Pick<Draft, "description" | "domain" | "plans">
  words: PlanWords
  fees: Fees
  template: ReactNode
  /** Null where the listing cannot be published now, because it is or because it is frozen. */
  publish: { why: string | null; note: ReactNode } | null
}) {
  const { product, version, locale, draft, words: t, publish } = props
  const [plans, setPlans] = useState<{ id: number; value: PlanInput | null }[]>(
    draft.plans.length > 0 ? draft.plans.map((value, id) => ({ id, value })) : [{ id: 0, value: null }],
  )
  const [changed, setChanged] = useState(false)
  const action = useAction(
    (changes: DraftChanges, commandId) =>
      trpc.products.save.mutate({ commandId, product: product as never, version, changes }),
    () => setChanged(false),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const description = readLocalized(data, "description", locale, draft.description)
    const domain = String(data.get("domain") ?? "")
    action.run({
      ...(description === null ? {} : { description }),
      ...(domain === "" ? {} : { domain: domain as (typeof domains)[number] }),
      plans: readPlans(data),
    })
  }
  const set = (next: typeof plans) => {
    setPlans(next)
    setChanged(true)
  }
  const { failure } = action
  const atPlan = /^plans\.\d+\.(amount|currency|taxRate)$/.test(failure?.at ?? "")
  return (
    <>
      <form onSubmit={submit} onChange={() => setChanged(true)} className="grid gap-6">
        <Panel title={t.offer}>
          <div className="grid gap-5">
            <LocalizedFields
              legend={t.description}
              hint={t.descriptionHint}
              error={failureAt(failure, "changes.description")}
              name="description"
              locale={locale}
              labels={{ zh: t.descriptionZh, en: t.descriptionEn }}
              optional={t.optional}
              value={draft.description}
              maxLength={7500}
              long
            />
            <Select
              label={t.domain}
              name="domain"
              defaultValue={draft.domain ?? ""}
              options={[
                { value: "", label: t.choose, disabled: true },
                ...domains.map((value) => ({ value, label: domainWords[value][locale] })),
              ]}
            />
          </div>
        </Panel>
        <Panel title={t.plans} footer={t.plansLead}>
          <div className="grid gap-4">
            {plans.map(({ id, value }, order) => (
              <PlanFields
                key={id}
                id={id}
                order={order}
                locale={locale}
                t={t}
                value={value}
                failure={failure}
                fees={props.fees}
                onRemove={() => set(plans.filter((one) => one.id !== id))}
              />
            ))}
            {plans.length < most ? (
              <div>
                <Button
                  size="small"
                  onClick={() =>
                    set([...plans, { id: Math.max(-1, ...plans.map((one) => one.id)) + 1, value: null }])
                  }
                >
                  {t.addPlan}
                </Button>
              </div>
            ) : null}
          </div>
        </Panel>
        {props.template}
        {failure ? (
          <FormError requestId={failure.requestId}>
            {atPlan
              ? `${t.planNames[Number(failure.at?.split(".")[1])]} · ${failure.sentence}`
              : failure.sentence}
          </FormError>
        ) : null}
        <div className="flex items-center gap-3">
          <Button type="submit" variant="primary" busy={action.pending && t.saving}>
            {t.save}
          </Button>
          <span role="status" className="text-small text-good">
            {changed || failure || draft.plans.length === 0 ? "" : t.saved}
          </span>
        </div>
      </form>
      {publish ? (
        <Panel title={t.publication} footer={t.publishLead}>
          <div className="grid gap-3">
            {publish.note}
            <PublishButton
              product={product}
              words={{ label: t.publish, busy: t.publishing }}
              why={changed ? t.saveFirst : publish.why}
            />
          </div>
        </Panel>
      ) : null}
    </>
  )
}
