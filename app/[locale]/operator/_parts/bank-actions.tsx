"use client"

import { useState } from "react"
import { currencies, isCurrency, type Money, parseMoney } from "#contracts/money.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Checkbox } from "../../../_ui/choices.tsx"
import { Select, TextField } from "../../../_ui/fields.tsx"
import { FormDialog, Lead, lineOf } from "../../../_ui/form-dialog.tsx"
import { AmountPaid } from "./amount-paid.tsx"

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
  words,
}: {
  payment: string
  currency: string
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
  words,
}: {
  payment: string
  leg: "release" | "refund"
  attempt: number
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

/** A leg that the operator has paid out at the bank. */
export function ConfirmPayout({
  payment,
  leg,
  attempt,
  amount,
  stopped,
  words,
}: {
  payment: string
  leg: "release" | "refund"
  attempt: number
  amount: Money | null
  /** By a freeze or a chargeback: only what the bank had made before. */
  stopped: boolean
  words: Words & { alreadyPaid: string; amount: string }
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
      open={{ label: words.label, variant: "primary" }}
      submit={words}
      action={action}
      read={(fields) => ({
        amount,
        bankNumber: lineOf(fields, "bankNumber"),
        ...(stopped ? { alreadyPaid: fields.has("alreadyPaid") } : {}),
      })}
    >
      <AmountPaid label={words.amount} amount={amount} />
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
