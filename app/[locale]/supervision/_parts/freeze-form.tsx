"use client"

import { useRouter } from "next/navigation"
import type { FormEvent } from "react"
import type { FreezeReason, FreezeScope } from "#contracts/supervision.ts"
import type { Time } from "#contracts/time.ts"
import { failureAt } from "../../../_lib/failure.ts"
import { freezeWords } from "../../../_lib/messages/freeze-words.ts"
import { kit } from "../../../_lib/messages/kit.ts"
import { paths } from "../../../_lib/paths.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"
import { Select, TextArea, TextField } from "../../../_ui/fields.tsx"
import { lineOf } from "../../../_ui/form-dialog.tsx"
import { dayEnds } from "./zone-day.ts"

type Props = {
  scope: FreezeScope
  target: string
  /** How many trades the button says that it stops. */
  trades: number
  /** Days for the expiry: the first and the last that can be chosen, and the usual one. */
  days: { first: string; usual: string; last: string }
}

type Order = { reason: FreezeReason; document: string; note: string; expires: Time }

/** The order to freeze: reason, document, note and expiry. */
export function FreezeForm({ scope, target, trades, days }: Props) {
  const locale = useLocale()
  const router = useRouter()
  const t = freezeWords[locale]
  const action = useAction(
    (order: Order, commandId) => trpc.supervision.freeze.mutate({ ...order, scope, target, commandId }),
    (made) => router.push(paths(locale).freeze((made as { freeze: string }).freeze)),
  )
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    action.run({
      reason: lineOf(fields, "reason") as FreezeReason,
      document: lineOf(fields, "document"),
      note: lineOf(fields, "note"),
      expires: dayEnds(lineOf(fields, "expires"), locale),
    })
  }
  return (
    <form onSubmit={send} className="grid gap-4">
      <Select
        label={t.reason}
        name="reason"
        options={Object.entries(t.reasons).map(([value, label]) => ({ value, label }))}
      />
      <TextField
        label={t.document}
        hint={t.documentHint}
        name="document"
        maxLength={200}
        autoComplete="off"
        error={failureAt(action.failure, "document")}
      />
      <TextField
        type="date"
        label={t.expires}
        hint={t.expiresHint}
        name="expires"
        min={days.first}
        max={days.last}
        defaultValue={days.usual}
        error={failureAt(action.failure, "expires")}
      />
      <TextArea label={t.note} name="note" optional={kit[locale].optional} maxLength={2000} rows={3} />
      {action.failure ? (
        <FormError requestId={action.failure.requestId}>{action.failure.sentence}</FormError>
      ) : null}
      <Button type="submit" variant="danger" icon="stop" busy={action.pending && t.freezing}>
        {t.confirmFreeze(trades)}
      </Button>
    </form>
  )
}
