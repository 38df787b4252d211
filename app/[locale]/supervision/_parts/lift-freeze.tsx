"use client"

import { freezeWords } from "../../../_lib/messages/freeze-words.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { TextField } from "../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../_ui/form-dialog.tsx"

/** Lifts a freeze before its end, on a document. */
export function LiftFreeze({ freeze, why }: { freeze: string; why: string | null }) {
  const locale = useLocale()
  const t = freezeWords[locale]
  const action = useAction((input: { document: string }, commandId) =>
    trpc.supervision.lift.mutate({ ...input, freeze: freeze as never, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={t.liftTitle}
      open={{ label: t.lift, why }}
      lead={<p>{t.liftLead}</p>}
      submit={{ label: t.lift, busy: t.lifting }}
      action={action}
      read={(fields) => ({ document: lineOf(fields, "document") })}
    >
      <TextField label={t.liftDocument} name="document" maxLength={200} autoComplete="off" />
    </FormDialog>
  )
}
