"use client"

import type { Locale } from "#contracts/localized-text.ts"
import type { Billing } from "#contracts/party.ts"
import { failureAt } from "../../../../_lib/failure.ts"
import { trpc } from "../../../../_lib/trpc-client.ts"
import { useAction } from "../../../../_lib/use-action.ts"
import { TextField } from "../../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../../_ui/form-dialog.tsx"

export const billingFields = ["title", "taxNumber", "address", "phone", "bank", "account"] as const
const longest = { title: 120, taxNumber: 40, address: 200, phone: 40, bank: 120, account: 60 } as const

type Words = Record<"open" | "lead" | "save" | "busy" | "optional", string> & {
  fields: Record<keyof Billing, string>
}

/** What the invoices of the party are made out to; title and number emptied, there is none any more. */
export function BillingForm(props: {
  locale: Locale
  words: Words
  value: Billing | null
  why: string | null
}) {
  const { locale, words, value, why } = props
  const action = useAction((input: { billing: Billing | null }, commandId) =>
    trpc.parties.updateBilling.mutate({ ...input, commandId }),
  )
  const read = (fields: FormData): { billing: Billing | null } => {
    const typed = (name: keyof Billing) => lineOf(fields, name)
    const some = (name: keyof Billing) => typed(name) || null
    const [title, taxNumber] = [typed("title"), typed("taxNumber")]
    if (billingFields.every((name) => typed(name) === "")) return { billing: null }
    const rest = {
      address: some("address"),
      phone: some("phone"),
      bank: some("bank"),
      account: some("account"),
    }
    return { billing: { title, taxNumber, ...rest } }
  }
  return (
    <FormDialog
      locale={locale}
      title={words.open}
      open={{ label: words.open, why }}
      lead={words.lead}
      submit={{ label: words.save, busy: words.busy }}
      action={action}
      read={read}
    >
      {billingFields.map((name) => (
        <TextField
          key={name}
          label={words.fields[name]}
          name={name}
          autoComplete="off"
          maxLength={longest[name]}
          {...(name === "title" || name === "taxNumber" ? {} : { optional: words.optional })}
          defaultValue={value?.[name] ?? ""}
          error={failureAt(action.failure, `billing.${name}`)}
        />
      ))}
    </FormDialog>
  )
}
