"use client"

import { currencies, type Money } from "#contracts/money.ts"
import { AmountFields, useAmount } from "../../../_balance/amount-fields.tsx"
import type { StepWords } from "../../../_balance/balance-step.tsx"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import type { Definition } from "../../../_ui/definition-list.tsx"
import { TextField } from "../../../_ui/fields.tsx"
import { FormDialog, Lead, lineOf } from "../../../_ui/form-dialog.tsx"

/** What the bank's statement says has come for a top-up. It is typed, not offered: the operator has to see it. */
export function ConfirmTopUp(props: {
  topUp: string
  currency: string
  about: readonly Definition[]
  words: StepWords & {
    amount: string
    currency: string
    unreadable: string
    bankNumber: string
    bankNumberHint: string
  }
}) {
  const { topUp, currency, about, words } = props
  const locale = useLocale()
  const { read, unreadable } = useAmount()
  const action = useAction((input: { amount: Money; bankNumber: string }, commandId) =>
    trpc.balances.confirmTopUp.mutate({ ...input, topUp: topUp as never, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<Lead words={words} />}
      about={about}
      open={{ label: words.label, variant: "primary" }}
      submit={words}
      action={action}
      read={(fields) => {
        const amount = read(fields)
        return amount && { amount, bankNumber: lineOf(fields, "bankNumber") }
      }}
    >
      <AmountFields
        words={words}
        unreadable={unreadable}
        of={[currency, ...Object.keys(currencies).filter((one) => one !== currency)]}
      />
      <TextField
        label={words.bankNumber}
        hint={words.bankNumberHint}
        name="bankNumber"
        required
        pattern="[A-Za-z0-9_.\/\-]{4,64}"
        autoComplete="off"
      />
    </FormDialog>
  )
}
