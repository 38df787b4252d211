"use client"

import { useState } from "react"
import { currencies, isCurrency, isZero, type Money, movable, parseMoney } from "#contracts/money.ts"
import { Select, TextField } from "../_ui/fields.tsx"
import { lineOf } from "../_ui/form-dialog.tsx"

/** An amount with its currency, as people type them; `read` says what they are, or shows that they are none. */
export function useAmount() {
  const [unreadable, setUnreadable] = useState(false)
  const read = (fields: FormData): Money | null => {
    const code = lineOf(fields, "currency")
    const amount = isCurrency(code) ? parseMoney(lineOf(fields, "amount"), code) : null
    const moves = amount !== null && !isZero(amount) && movable(amount)
    setUnreadable(!moves)
    return moves ? amount : null
  }
  return { read, unreadable }
}

export function AmountFields(props: {
  words: { amount: string; currency: string; unreadable: string }
  unreadable: boolean
  /** The currencies to choose from, the first one chosen; all where left out. */
  of?: readonly string[]
}) {
  const { words, unreadable, of = Object.keys(currencies) } = props
  return (
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
        defaultValue={of[0] ?? ""}
        options={of.map((value) => ({ value, label: value }))}
      />
    </div>
  )
}
