"use client"

import { trpc } from "../../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../../_lib/use-action.ts"
import { Button } from "../../../../_ui/button.tsx"
import { FormError } from "../../../../_ui/choices.tsx"
import { TextField } from "../../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../../_ui/form-dialog.tsx"

/** Compares the book with the provider's now, and audits it. */
export function CheckNow({ words }: { words: { label: string; busy: string } }) {
  const check = useAction(() => trpc.finance.check.mutate())
  return (
    <div>
      <Button variant="primary" busy={check.pending && words.busy} onClick={() => check.run(undefined)}>
        {words.label}
      </Button>
      {check.failure ? (
        <FormError requestId={check.failure.requestId}>{check.failure.sentence}</FormError>
      ) : null}
    </div>
  )
}

/** Somebody has looked at it, and says what came of it. */
export function CloseAlert({
  alert,
  words,
}: {
  alert: number
  words: { label: string; busy: string; title: string; lead: string; note: string }
}) {
  const locale = useLocale()
  const action = useAction((note: string) => trpc.finance.closeAlert.mutate({ alert, note }))
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<p>{words.lead}</p>}
      open={{ label: words.label, variant: "secondary" }}
      submit={words}
      action={action}
      read={(fields) => lineOf(fields, "note") || null}
    >
      <TextField label={words.note} name="note" maxLength={500} autoComplete="off" />
    </FormDialog>
  )
}
