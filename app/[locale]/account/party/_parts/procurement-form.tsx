"use client"

import { useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { type Currency, currencies, decimal, makeMoney, parseMoney } from "#contracts/money.ts"
import type { Procurement, PurchaseRule } from "#contracts/procurement.ts"
import { trpc } from "../../../../_lib/trpc-client.ts"
import { useAction } from "../../../../_lib/use-action.ts"
import { FormError } from "../../../../_ui/choices.tsx"
import { Select, TextField } from "../../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../../_ui/form-dialog.tsx"

const limits = ["alone", "administratorAbove", "yearly"] as const
const codes = Object.keys(currencies) as Currency[]

type Words = Record<"open" | "lead" | "save" | "busy" | "optional" | "bad", string> & {
  rule: Record<keyof PurchaseRule, string>
}

/** The rules of one currency at a time; emptied, that currency has none. */
export function ProcurementForm(props: {
  locale: Locale
  words: Words
  rules: readonly PurchaseRule[]
  why: string | null
}) {
  const { locale, words, rules, why } = props
  const [currency, setCurrency] = useState<Currency>(rules[0]?.currency ?? (locale === "zh" ? "CNY" : "USD"))
  const [bad, setBad] = useState(false)
  const shown = rules.find((rule) => rule.currency === currency)
  const action = useAction((input: { procurement: Procurement }, commandId) =>
    trpc.parties.setProcurement.mutate({ ...input, commandId }),
  )
  const read = (fields: FormData): { procurement: Procurement } | null => {
    const rule: PurchaseRule = { currency, alone: null, administratorAbove: null, yearly: null }
    for (const name of limits) {
      const text = lineOf(fields, name)
      const amount = text === "" ? null : parseMoney(text, currency)
      setBad(text !== "" && amount === null)
      if (text !== "" && amount === null) return null
      rule[name] = amount?.minor ?? null
    }
    const others = rules.filter((one) => one.currency !== currency)
    return { procurement: limits.every((name) => rule[name] === null) ? others : [...others, rule] }
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
      <Select
        label={words.rule.currency}
        name="currency"
        value={currency}
        onChange={(event) => setCurrency(event.target.value as Currency)}
        options={codes.map((value) => ({ value, label: value }))}
      />
      {limits.map((name) => {
        const minor = shown?.[name] ?? null
        return (
          <TextField
            key={`${currency} ${name}`}
            label={words.rule[name]}
            name={name}
            suffix={currency}
            inputMode="decimal"
            autoComplete="off"
            maxLength={24}
            optional={words.optional}
            defaultValue={minor === null ? "" : decimal(makeMoney(BigInt(minor), currency))}
          />
        )
      })}
      {bad ? <FormError>{words.bad}</FormError> : null}
    </FormDialog>
  )
}
