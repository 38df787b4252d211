"use client"

import { erasureRefusals } from "#contracts/erasure.ts"
import { erasure as words } from "../../../_lib/messages/erasure.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Select, TextArea } from "../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../_ui/form-dialog.tsx"

type Of = { erasure: string; version: number }

export function ApproveErasure({ erasure, version }: Of) {
  const locale = useLocale()
  const t = words[locale]
  const action = useAction((input: Of, commandId) =>
    trpc.erasure.approve.mutate({ commandId, erasure: input.erasure as never, version: input.version }),
  )
  return (
    <FormDialog
      locale={locale}
      title={t.approveTitle}
      lead={<p>{t.approveLead}</p>}
      open={{ label: t.approve, variant: "danger" }}
      submit={{ label: t.approve, busy: t.working, variant: "danger" }}
      action={action}
      read={() => ({ erasure, version })}
    />
  )
}

export function RefuseErasure({ erasure, version }: Of) {
  const locale = useLocale()
  const t = words[locale]
  const action = useAction((input: { reason: string; note: string }, commandId) =>
    trpc.erasure.refuse.mutate({
      commandId,
      erasure: erasure as never,
      version,
      reason: input.reason as never,
      note: input.note,
    }),
  )
  return (
    <FormDialog
      locale={locale}
      title={t.refuseTitle}
      lead={<p>{t.refuseLead}</p>}
      open={{ label: t.refuse }}
      submit={{ label: t.refuse, busy: t.working }}
      action={action}
      read={(fields) => ({ reason: lineOf(fields, "reason"), note: lineOf(fields, "note") })}
    >
      <Select
        label={t.reason}
        name="reason"
        options={erasureRefusals.map((value) => ({ value, label: t.refusals[value] }))}
      />
      <TextArea label={t.note} name="note" maxLength={1000} rows={3} />
    </FormDialog>
  )
}
