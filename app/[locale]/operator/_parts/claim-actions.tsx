"use client"

import { useState } from "react"
import { type Currency, type Money, movable, parseMoney } from "#contracts/money.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Checkbox } from "../../../_ui/choices.tsx"
import type { Definition } from "../../../_ui/definition-list.tsx"
import { TextArea, TextField } from "../../../_ui/fields.tsx"
import { FormDialog, Lead, lineOf } from "../../../_ui/form-dialog.tsx"

/** What an operator decides of refunds and debts. Each asks once more; the server's rules decide. */
export type AskWords = { label: string; title: string; lead: string; busy: string; decided: string }

/** What is asked about, as its dialog shows it. */
type About = { about: readonly Definition[] }

const numberForm = "[A-Za-z0-9_.\\/\\-]{4,64}"
type NumberWords = AskWords & { bankNumber: string; bankNumberHint: string }

const BankNumber = ({ words }: { words: NumberWords }) => (
  <TextField
    label={words.bankNumber}
    hint={words.bankNumberHint}
    name="bankNumber"
    pattern={numberForm}
    autoComplete="off"
  />
)

export function DecideRefund(
  props: About & { refund: string; version: number; confirm: boolean; words: AskWords },
) {
  const { refund, version, confirm, about, words } = props
  const locale = useLocale()
  const action = useAction((input: { confirm: boolean }, commandId) =>
    trpc.payments.decideRefund.mutate({ ...input, refund: refund as never, version, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<Lead words={words} />}
      about={about}
      open={{ label: words.label, variant: confirm ? "primary" : "secondary" }}
      submit={{ label: words.label, busy: words.busy, variant: confirm ? "danger" : "primary" }}
      action={action}
      read={() => ({ confirm })}
    />
  )
}

/** The confirmation states the amount that `about` shows. */
export function ConfirmRefund(
  props: About & {
    refund: string
    attempt: number
    amount: Money
    frozen: boolean
    words: NumberWords & { alreadyPaid: string }
  },
) {
  const { refund, attempt, amount, frozen, about, words } = props
  const locale = useLocale()
  const action = useAction(
    (input: { attempt: number; amount: Money; bankNumber: string; alreadyPaid?: boolean }, commandId) =>
      trpc.payments.confirmRefund.mutate({ ...input, refund: refund as never, commandId }),
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
      read={(fields) => ({
        attempt,
        amount,
        bankNumber: lineOf(fields, "bankNumber"),
        ...(frozen ? { alreadyPaid: fields.has("alreadyPaid") } : {}),
      })}
    >
      <BankNumber words={words} />
      {frozen ? <Checkbox name="alreadyPaid" required label={words.alreadyPaid} /> : null}
    </FormDialog>
  )
}

/** The bank has sent a refund back. */
export function ReturnRefund(props: About & { refund: string; attempt: number; words: AskWords }) {
  const { refund, attempt, about, words } = props
  const locale = useLocale()
  const action = useAction((input: { attempt: number }, commandId) =>
    trpc.payments.returnRefund.mutate({ ...input, refund: refund as never, commandId }),
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
      read={() => ({ attempt })}
    />
  )
}

/** A refund by itself, or the refund leg of a payment. */
export type OfByBank = { refund: string } | { payment: string }

export function AskByBank(
  props: About & {
    of: OfByBank
    version: number
    words: AskWords & { account: string; accountHint: string; note: string; noteHint: string }
  },
) {
  const { of, version, about, words } = props
  const locale = useLocale()
  const action = useAction((input: { to: string; note: string }, commandId) =>
    "refund" in of
      ? trpc.payments.refundByBank.mutate({ ...input, refund: of.refund as never, version, commandId })
      : trpc.payments.legByBank.mutate({ ...input, payment: of.payment as never, version, commandId }),
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
      read={(fields) => ({ to: lineOf(fields, "to"), note: lineOf(fields, "note") })}
    >
      <TextField
        label={words.account}
        hint={words.accountHint}
        name="to"
        maxLength={200}
        autoComplete="off"
      />
      <TextArea label={words.note} hint={words.noteHint} name="note" maxLength={500} rows={3} />
    </FormDialog>
  )
}

export function DecideByBank(
  props: About & { of: OfByBank; version: number; confirm: boolean; words: AskWords },
) {
  const { of, version, confirm, about, words } = props
  const locale = useLocale()
  const action = useAction((input: { confirm: boolean }, commandId) =>
    "refund" in of
      ? trpc.payments.decideRefundByBank.mutate({ ...input, refund: of.refund as never, version, commandId })
      : trpc.payments.decideLegByBank.mutate({ ...input, payment: of.payment as never, version, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<Lead words={words} />}
      about={about}
      open={{ label: words.label, variant: confirm ? "primary" : "secondary" }}
      submit={{ label: words.label, busy: words.busy, variant: confirm ? "danger" : "primary" }}
      action={action}
      read={() => ({ confirm })}
    />
  )
}

export function RepayDebt(
  props: About & {
    debt: string
    version: number
    currency: Currency
    words: NumberWords & { amount: string; unreadable: string }
  },
) {
  const { debt, version, currency, about, words } = props
  const locale = useLocale()
  const [unreadable, setUnreadable] = useState(false)
  const action = useAction((input: { amount: Money; bankNumber: string }, commandId) =>
    trpc.payments.repayDebt.mutate({ ...input, debt: debt as never, version, commandId }),
  )
  const read = (fields: FormData) => {
    const amount = parseMoney(lineOf(fields, "amount"), currency)
    const moves = amount !== null && movable(amount)
    setUnreadable(!moves)
    return moves ? { amount, bankNumber: lineOf(fields, "bankNumber") } : null
  }
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<Lead words={words} />}
      about={about}
      open={{ label: words.label }}
      submit={words}
      action={action}
      read={read}
    >
      <TextField
        label={words.amount}
        name="amount"
        suffix={currency}
        inputMode="decimal"
        autoComplete="off"
        error={unreadable ? words.unreadable : null}
      />
      <BankNumber words={words} />
    </FormDialog>
  )
}

/** What two operators do about a debt: give it up, or take it out of the party's balance. */
export function WriteOff(
  props: About & {
    debt: string
    version: number
    how: "writeOff" | "take"
    words: AskWords & { note: string; noteHint: string }
  },
) {
  const { debt, version, how, about, words } = props
  const locale = useLocale()
  const action = useAction((input: { note: string }, commandId) => {
    const { takeDebt, writeOff } = trpc.payments
    const said = { ...input, debt: debt as never, version, commandId }
    return how === "take" ? takeDebt.mutate(said) : writeOff.mutate(said)
  })
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<Lead words={words} />}
      about={about}
      open={{ label: words.label }}
      submit={{ label: words.label, busy: words.busy, variant: "danger" }}
      action={action}
      read={(fields) => ({ note: lineOf(fields, "note") })}
    >
      <TextArea label={words.note} hint={words.noteHint} name="note" maxLength={500} rows={3} />
    </FormDialog>
  )
}

export function ConfirmPayee(props: About & { payment: string; account: string; words: AskWords }) {
  const { payment, account, about, words } = props
  const locale = useLocale()
  const action = useAction((_: null, commandId) =>
    trpc.payments.confirmPayee.mutate({ payment: payment as never, account, commandId }),
  )
  // `read` answers what `run` takes; there is nothing to fill in.
  const run = { ...action, run: () => action.run(null) }
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<Lead words={words} />}
      about={about}
      open={{ label: words.label, variant: "primary" }}
      submit={words}
      action={run}
      read={() => ({})}
    />
  )
}
