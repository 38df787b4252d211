"use client"

import { useState } from "react"
import { partsOfRelease } from "#contracts/charges.ts"
import type { Locale } from "#contracts/localized-text.ts"
import {
  decimal,
  isZero,
  type Money,
  minorOf,
  minus,
  parseMoney,
  plus,
  split,
  zero,
} from "#contracts/money.ts"
import type { Trade } from "#contracts/trade.ts"
import { formatMoney } from "../../../_lib/format.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { TextArea, TextField } from "../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../_ui/form-dialog.tsx"

/** Words with a place for an amount: `{fee}`, `{tax}` and `{net}`. */
type Words = {
  lead: string
  release: string
  refund: string
  wrong: string
  unreadable: string
  fee: string
  allRelease: string
  allRefund: string
  half: string
  resolve: string
  busy: string
  title: string
  follows: string
  decided: string
  note: string
  noteHint: string
}

type Terms = Pick<Trade, "price" | "feeBasisPoints" | "charges">
type SplitProps = { trade: string; held: Money; terms: Terms; locale: Locale; words: Words }

/** Parts the held funds in two. Typing one part fills in the other, so that they add up to begin with. */
export function SplitForm({ trade, held, terms, locale, words }: SplitProps) {
  const [typed, setTyped] = useState({ release: decimal(zero(held.currency)), refund: decimal(held) })
  const read = (text: string) => (text.trim() === "" ? zero(held.currency) : parseMoney(text, held.currency))
  const [release, refund] = [read(typed.release), read(typed.refund)]
  const fits = release !== null && refund !== null && plus(release, refund).minor === held.minor
  const action = useAction((input: { release: Money; refund: Money; note: string }, commandId) =>
    trpc.trades.resolve.mutate({ ...input, trade: trade as never, commandId }),
  )
  const type = (part: "release" | "refund", text: string) => {
    const amount = read(text)
    const rest = amount && minorOf(amount) <= minorOf(held) ? decimal(minus(held, amount)) : null
    const other = part === "release" ? "refund" : "release"
    setTyped((before) => ({ ...before, [part]: text, ...(rest === null ? {} : { [other]: rest }) }))
  }
  const choose = (toSeller: Money) =>
    setTyped({ release: decimal(toSeller), refund: decimal(minus(held, toSeller)) })
  const [half = held] = split(held, [1, 1])
  const parts = release && minorOf(release) <= minorOf(held) ? partsOfRelease(terms, release) : null
  const error = release === null || refund === null ? words.unreadable : fits ? null : words.wrong
  return (
    <div className="grid gap-4">
      <p className="text-small text-ink-soft">{words.lead}</p>
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={() => choose(zero(held.currency))}>
          {words.allRefund}
        </Button>
        <Button size="small" onClick={() => choose(half)}>
          {words.half}
        </Button>
        <Button size="small" onClick={() => choose(held)}>
          {words.allRelease}
        </Button>
      </div>
      <TextField
        label={words.release}
        suffix={held.currency}
        inputMode="decimal"
        autoComplete="off"
        optional=" "
        value={typed.release}
        onChange={(event) => type("release", event.target.value)}
        hint={
          parts && release && !isZero(release)
            ? words.fee
                .replace("{fee}", formatMoney(parts.fee, locale))
                .replace("{tax}", formatMoney(parts.tax, locale))
                .replace("{net}", formatMoney(parts.seller, locale))
            : undefined
        }
      />
      <TextField
        label={words.refund}
        suffix={held.currency}
        inputMode="decimal"
        autoComplete="off"
        optional=" "
        value={typed.refund}
        onChange={(event) => type("refund", event.target.value)}
        error={error}
      />
      <FormDialog
        locale={locale}
        title={words.title}
        open={{ label: words.resolve, variant: "primary", why: fits ? null : words.wrong }}
        lead={
          <>
            <p>{words.follows}</p>
            {release && refund ? (
              <p className="font-medium text-ink">
                {words.release} {formatMoney(release, locale)} · {words.refund} {formatMoney(refund, locale)}
              </p>
            ) : null}
            <p className="text-small">{words.decided}</p>
          </>
        }
        submit={{ label: words.resolve, busy: words.busy, variant: "danger" }}
        action={action}
        read={(fields) => release && refund && { release, refund, note: lineOf(fields, "note") }}
      >
        <TextArea label={words.note} hint={words.noteHint} name="note" maxLength={2000} rows={3} />
      </FormDialog>
    </div>
  )
}
