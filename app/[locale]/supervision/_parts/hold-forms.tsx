"use client"

import { holdReasons } from "#contracts/erasure.ts"
import { erasure } from "../../../_lib/messages/erasure.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Select, TextArea, TextField } from "../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../_ui/form-dialog.tsx"

/** Forbids that anything of a party is erased. */
export function PlaceHold({ party }: { party: string }) {
  const locale = useLocale()
  const t = erasure[locale]
  const action = useAction((input: { reason: string; document: string; note: string }, commandId) =>
    trpc.erasure.placeHold.mutate({
      ...input,
      reason: input.reason as never,
      target: party as never,
      commandId,
    }),
  )
  return (
    <FormDialog
      locale={locale}
      title={t.placeTitle}
      lead={<p>{t.placeLead}</p>}
      open={{ label: t.place }}
      submit={{ label: t.place, busy: t.working }}
      action={action}
      read={(fields) => ({
        reason: lineOf(fields, "reason"),
        document: lineOf(fields, "document"),
        note: lineOf(fields, "note"),
      })}
    >
      <Select
        label={t.reason}
        name="reason"
        options={holdReasons.map((value) => ({ value, label: t.holdReasons[value] }))}
      />
      <TextField label={t.document} name="document" maxLength={200} autoComplete="off" />
      <TextArea label={t.note} name="note" maxLength={2000} rows={2} required={false} />
    </FormDialog>
  )
}

export function LiftHold({ hold }: { hold: string }) {
  const locale = useLocale()
  const t = erasure[locale]
  const action = useAction((input: { document: string }, commandId) =>
    trpc.erasure.liftHold.mutate({ ...input, hold: hold as never, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={t.liftTitle}
      lead={<p>{t.liftLead}</p>}
      open={{ label: t.lift }}
      submit={{ label: t.lift, busy: t.working }}
      action={action}
      read={(fields) => ({ document: lineOf(fields, "document") })}
    >
      <TextField label={t.document} name="document" maxLength={200} autoComplete="off" />
    </FormDialog>
  )
}
