"use client"

import { useState } from "react"
import { type LineReason, lineReasons } from "#contracts/correction.ts"
import { isCurrency, type Money, parseMoney } from "#contracts/money.ts"
import { trpc } from "../../../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../../../_lib/use-action.ts"
import type { Definition } from "../../../../../_ui/definition-list.tsx"
import { Select, TextField } from "../../../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../../../_ui/form-dialog.tsx"

export type AskWords = { label: string; busy: string; title: string; lead: string }

type ExplainWords = AskWords & {
  reason: string
  reasons: Record<LineReason, string>
  journal: string
  journalHint: string
  noJournal: string
  chooseJournal: string
  optional: string
  note: string
}

/** Says what a line in suspense is. The choice of journals is that of its currency. */
export function ExplainLine(props: {
  entry: string
  about: readonly Definition[]
  journals: readonly { source: string; label: string }[]
  words: ExplainWords
}) {
  const { entry, about, journals, words } = props
  const locale = useLocale()
  const [missing, setMissing] = useState(false)
  const action = useAction(
    (input: { reason: LineReason; journal: { type: string; id: string } | null; note: string }, commandId) =>
      trpc.corrections.explain.mutate({ ...input, entry, commandId }),
  )
  const read = (fields: FormData) => {
    const reason = lineOf(fields, "reason") as LineReason
    const [type = "", id = ""] = lineOf(fields, "journal").split(" ")
    const lacks = reason === "journal" && id === ""
    setMissing(lacks)
    const journal = reason === "journal" ? { type, id } : null
    return lacks ? null : { reason, journal, note: lineOf(fields, "note") }
  }
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<p>{words.lead}</p>}
      about={about}
      open={{ label: words.label, variant: "secondary" }}
      submit={words}
      action={action}
      read={read}
    >
      <Select
        label={words.reason}
        name="reason"
        defaultValue="providerFee"
        options={lineReasons.map((value) => ({
          value,
          label: words.reasons[value],
          disabled: value === "journal" && journals.length === 0,
        }))}
      />
      {journals.length > 0 ? (
        <Select
          label={words.journal}
          hint={words.journalHint}
          name="journal"
          optional={words.optional}
          defaultValue=""
          error={missing ? words.chooseJournal : null}
          options={[
            { value: "", label: words.noJournal },
            ...journals.map(({ source, label }) => ({ value: source, label })),
          ]}
        />
      ) : null}
      <TextField label={words.note} name="note" maxLength={500} autoComplete="off" />
    </FormDialog>
  )
}

type TaxWords = AskWords & {
  amount: string
  currency: string
  document: string
  note: string
  unreadable: string
}

export function PayTax({ currencies, words }: { currencies: readonly string[]; words: TaxWords }) {
  const locale = useLocale()
  const [unreadable, setUnreadable] = useState(false)
  const action = useAction((input: { amount: Money; document: string; note: string }, commandId) =>
    trpc.corrections.payTax.mutate({ ...input, commandId }),
  )
  const read = (fields: FormData) => {
    const code = lineOf(fields, "currency")
    const amount = isCurrency(code) ? parseMoney(lineOf(fields, "amount"), code) : null
    setUnreadable(amount === null)
    return amount && { amount, document: lineOf(fields, "document"), note: lineOf(fields, "note") }
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
      <TextField label={words.document} name="document" minLength={4} maxLength={64} autoComplete="off" />
      <TextField label={words.note} name="note" maxLength={500} autoComplete="off" />
    </FormDialog>
  )
}

/** The second person's confirmation, or the end of what was asked. */
export function Decide(props: {
  correction: string
  confirm: boolean
  about: readonly Definition[]
  words: AskWords
}) {
  const { correction, confirm, about, words } = props
  const locale = useLocale()
  const action = useAction((input: { confirm: boolean }, commandId) =>
    trpc.corrections.decide.mutate({ ...input, correction: correction as never, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<p>{words.lead}</p>}
      about={about}
      open={{ label: words.label, variant: confirm ? "primary" : "secondary" }}
      submit={words}
      action={action}
      read={() => ({ confirm })}
    />
  )
}
