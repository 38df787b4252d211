"use client"

import { useState } from "react"
import { type Currency, type Money, movable, parseMoney } from "#contracts/money.ts"
import { type RefundReason, refundReasons } from "#contracts/refund.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Select, TextArea, TextField } from "../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../_ui/form-dialog.tsx"

type Words = {
  giveBack: string
  giveBackTitle: string
  amount: string
  amountUnreadable: string
  reason: string
  reasons: Record<RefundReason, string>
  note: string
  noteHint: string
  send: string
  sending: string
  decidedBy: string
}

/** Gives back a part of a trade's money or all of it; `leads` say how much there is and what follows. */
export function GiveBack(props: { trade: string; currency: Currency; leads: string[]; words: Words }) {
  const { trade, currency, leads, words } = props
  const locale = useLocale()
  const [unreadable, setUnreadable] = useState(false)
  const action = useAction((input: { amount: Money; reason: RefundReason; note: string }, commandId) =>
    trpc.trades.giveBack.mutate({ ...input, trade: trade as never, commandId }),
  )
  const read = (fields: FormData) => {
    const amount = parseMoney(lineOf(fields, "amount"), currency)
    const moves = amount !== null && movable(amount)
    setUnreadable(!moves)
    const reason = refundReasons.find((one) => one === fields.get("reason")) ?? "other"
    return moves ? { amount, reason, note: lineOf(fields, "note") } : null
  }
  return (
    <FormDialog
      locale={locale}
      title={words.giveBackTitle}
      open={{ label: words.giveBack }}
      lead={
        <>
          {leads.map((lead) => (
            <p key={lead}>{lead}</p>
          ))}
          <p className="text-small">{words.decidedBy}</p>
        </>
      }
      submit={{ label: words.send, busy: words.sending, variant: "danger" }}
      action={action}
      read={read}
    >
      <TextField
        label={words.amount}
        name="amount"
        suffix={currency}
        inputMode="decimal"
        autoComplete="off"
        error={unreadable ? words.amountUnreadable : null}
      />
      <Select
        label={words.reason}
        name="reason"
        options={refundReasons.map((value) => ({ value, label: words.reasons[value] }))}
      />
      <TextArea label={words.note} hint={words.noteHint} name="note" maxLength={500} rows={3} />
    </FormDialog>
  )
}
