"use client"

import { useState } from "react"
import { currencies, isCurrency, type Money, parseMoney } from "#contracts/money.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Checkbox } from "../../../_ui/choices.tsx"
import type { Definition } from "../../../_ui/definition-list.tsx"
import { Select, TextField } from "../../../_ui/fields.tsx"
import { FormDialog, Lead, lineOf } from "../../../_ui/form-dialog.tsx"

type Words = {
  label: string
  busy: string
  title: string
  lead: string
  decided: string
  bankNumber: string
  bankNumberHint: string
}

const numberForm = "[A-Za-z0-9_.\\/\\-]{4,64}"

/** What the bank's statement says has come. It is typed, not offered: the amount is what the operator has to see. */
export function ConfirmReceipt({
  payment,
  currency,
  about,
  words,
}: {
  payment: string
  currency: string
  about: readonly Definition[]
  words: Words & { amount: string; currency: string; unreadable: string }
}) {
  const locale = useLocale()
  const [unreadable, setUnreadable] = useState(false)
  const action = useAction(
    (input: { amount: { minor: string; currency: string }; bankNumber: string }, commandId) =>
      trpc.trades.confirmReceipt.mutate({
        payment: payment as never,
        amount: input.amount as never,
        bankNumber: input.bankNumber,
        commandId,
      }),
  )
  const read = (fields: FormData) => {
    const code = lineOf(fields, "currency")
    const amount = isCurrency(code) ? parseMoney(lineOf(fields, "amount"), code) : null
    setUnreadable(amount === null)
    return amount && { amount, bankNumber: lineOf(fields, "bankNumber") }
  }
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<Lead words={words} />}
      about={about}
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
          defaultValue={currency}
          options={Object.keys(currencies).map((value) => ({ value, label: value }))}
        />
      </div>
      <TextField
        label={words.bankNumber}
        hint={words.bankNumberHint}
        name="bankNumber"
        pattern={numberForm}
        autoComplete="off"
      />
    </FormDialog>
  )
}

/** A payout that the bank has sent back. */
export function ReturnPayout({
  payment,
  leg,
  attempt,
  about,
  words,
}: {
  payment: string
  leg: "release" | "refund"
  attempt: number
  about: readonly Definition[]
  words: Omit<Words, "bankNumber" | "bankNumberHint"> & { reason: string; reasonHint: string }
}) {
  const locale = useLocale()
  const action = useAction((input: { reason: string }, commandId) =>
    trpc.trades.returnPayout.mutate({ payment: payment as never, leg, attempt, ...input, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<Lead words={words} />}
      about={about}
      open={{ label: words.label }}
      submit={words}
      action={action}
      read={(fields) => ({ reason: lineOf(fields, "reason") })}
    >
      <TextField
        label={words.reason}
        hint={words.reasonHint}
        name="reason"
        required
        maxLength={200}
        autoComplete="off"
      />
    </FormDialog>
  )
}

/** A leg that the operator has paid out at the bank. The confirmation states the amount that `about` shows. */
export function ConfirmPayout({
  payment,
  leg,
  attempt,
  amount,
  stopped,
  why,
  about,
  words,
}: {
  payment: string
  leg: "release" | "refund"
  attempt: number
  amount: Money | null
  /** By a freeze or a chargeback: only what the bank had made before. */
  stopped: boolean
  /** Why nothing can be confirmed at all now, or null. */
  why: string | null
  about: readonly Definition[]
  words: Words & { alreadyPaid: string }
}) {
  const locale = useLocale()
  const action = useAction((input: { amount: Money; bankNumber: string; alreadyPaid?: boolean }, commandId) =>
    trpc.trades.confirmPayout.mutate({ payment: payment as never, leg, attempt, ...input, commandId }),
  )
  if (amount === null) return null
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<Lead words={words} />}
      about={about}
      open={{ label: words.label, variant: "primary", why }}
      submit={words}
      action={action}
      read={(fields) => ({
        amount,
        bankNumber: lineOf(fields, "bankNumber"),
        ...(stopped ? { alreadyPaid: fields.has("alreadyPaid") } : {}),
      })}
    >
      <TextField
        label={words.bankNumber}
        hint={words.bankNumberHint}
        name="bankNumber"
        pattern={numberForm}
        autoComplete="off"
      />
      {stopped ? <Checkbox name="alreadyPaid" required label={words.alreadyPaid} /> : null}
    </FormDialog>
  )
}
