"use client"

import { type ErasableField, erasureBases, erasureReasons } from "#contracts/erasure.ts"
import { erasure } from "../../../_lib/messages/erasure.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Select } from "../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../_ui/form-dialog.tsx"

type Asked = { reason: string; basis: string; field: string }

/** Asks for the erasure of the account, or of one of these fields of the party acted for. */
export function AskErasure({ fields }: { fields: readonly ErasableField[] | null }) {
  const locale = useLocale()
  const t = erasure[locale]
  const action = useAction((input: Asked, commandId) => {
    const asked = {
      commandId,
      subject: null,
      reason: input.reason as never,
      basis: input.basis as never,
    }
    return trpc.erasure.request.mutate(
      fields === null
        ? { ...asked, kind: "account" }
        : { ...asked, kind: "field", field: input.field as never },
    )
  })
  const label = fields === null ? t.askAccount : t.askField
  const title = fields === null ? t.askAccountTitle : t.askFieldTitle
  return (
    <FormDialog
      locale={locale}
      title={title}
      lead={<p>{fields === null ? t.askAccountLead : t.askFieldLead}</p>}
      open={{ label, ...(fields === null ? { variant: "danger" as const } : {}) }}
      submit={{ label: t.submit, busy: t.working }}
      action={action}
      read={(data) => ({
        reason: lineOf(data, "reason"),
        basis: lineOf(data, "basis"),
        field: lineOf(data, "field"),
      })}
    >
      {fields === null ? null : (
        <Select
          label={t.field}
          name="field"
          options={fields.map((value) => ({ value, label: t.fields[value] }))}
        />
      )}
      <Select
        label={t.reason}
        name="reason"
        options={erasureReasons.map((value) => ({ value, label: t.reasons[value] }))}
      />
      <Select
        label={t.basis}
        name="basis"
        options={erasureBases.map((value) => ({ value, label: t.bases[value] }))}
      />
    </FormDialog>
  )
}
