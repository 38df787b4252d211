"use client"

import { useState } from "react"
import { isCurrency, type Money, movable, parseMoney } from "#contracts/money.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Select, TextField } from "../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../_ui/form-dialog.tsx"

type Words = {
  label: string
  busy: string
  title: string
  lead: string
  amount: string
  currency: string
  unreadable: string
}

/** Asks for how much of which balance is paid out. */
export function PayOutForm({ currencies, words }: { currencies: readonly string[]; words: Words }) {
  const locale = useLocale()
  const [unreadable, setUnreadable] = useState(false)
  const action = useAction((input: { amount: Money }, commandId) =>
    trpc.payouts.start.mutate({ ...input, commandId }),
  )
  const read = (fields: FormData) => {
    const code = lineOf(fields, "currency")
    const amount = isCurrency(code) ? parseMoney(lineOf(fields, "amount"), code) : null
    const moves = amount !== null && movable(amount)
    setUnreadable(!moves)
    return moves ? { amount } : null
  }
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<p>{words.lead}</p>}
      open={{ label: words.label, variant: "primary" }}
      submit={words}
      action={action}
      read={read}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-3">
        <TextField
          label={words.amount}
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          error={unreadable ? words.unreadable : null}
        />
        <Select
          label={words.currency}
          name="currency"
          defaultValue={currencies[0] ?? ""}
          options={currencies.map((value) => ({ value, label: value }))}
        />
      </div>
    </FormDialog>
  )
}
