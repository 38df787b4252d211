"use client"

import type { Locale } from "#contracts/localized-text.ts"
import { failureAt } from "../../../_lib/failure.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction } from "../../../_lib/use-action.ts"
import { TextField } from "../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../_ui/form-dialog.tsx"

type Words = Record<"open" | "title" | "lead" | "label" | "hint" | "save" | "busy", string>

/** The seller notes the number of the tax invoice that its tax system issued. */
export function InvoiceForm(props: { trade: string; locale: Locale; words: Words; value: string }) {
  const { trade, locale, words, value } = props
  const action = useAction((input: { number: string }, commandId) =>
    trpc.trades.invoice.mutate({ ...input, trade: trade as never, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      open={{ label: words.open }}
      lead={words.lead}
      submit={{ label: words.save, busy: words.busy }}
      action={action}
      read={(fields) => ({ number: lineOf(fields, "number") })}
    >
      <TextField
        label={words.label}
        hint={words.hint}
        name="number"
        autoComplete="off"
        maxLength={40}
        required
        defaultValue={value}
        error={failureAt(action.failure, "number")}
      />
    </FormDialog>
  )
}
