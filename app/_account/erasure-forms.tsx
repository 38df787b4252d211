"use client"

import { type ErasableField, erasureBases, erasureReasons } from "#contracts/erasure.ts"
import { erasure } from "../_lib/messages/erasure.ts"
import { trpc } from "../_lib/trpc-client.ts"
import { useAction, useLocale } from "../_lib/use-action.ts"
import { Select } from "../_ui/fields.tsx"
import { FormDialog, lineOf } from "../_ui/form-dialog.tsx"

type Asked = { reason: string; basis: string; field: string }
type What =
  | { kind: "account" }
  | { kind: "field"; fields: readonly ErasableField[] }
  | { kind: "product"; id: string }

/** What the form says of each thing that can be asked for. */
const wordsOf = (kind: What["kind"], t: (typeof erasure)["zh"]) =>
  ({
    account: { label: t.askAccount, title: t.askAccountTitle, lead: t.askAccountLead },
    field: { label: t.askField, title: t.askFieldTitle, lead: t.askFieldLead },
    product: { label: t.askProduct, title: t.askProductTitle, lead: t.askProductLead },
  })[kind]

/** Asks for the erasure of the account, of one of these fields of the party acted for, or of a product's data. */
export function AskErasure({ what }: { what: What }) {
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
      what.kind === "product"
        ? { ...asked, kind: "product", subject: what.id as never }
        : what.kind === "account"
          ? { ...asked, kind: "account" }
          : { ...asked, kind: "field", field: input.field as never },
    )
  })
  const { label, title, lead } = wordsOf(what.kind, t)
  return (
    <FormDialog
      locale={locale}
      title={title}
      lead={<p>{lead}</p>}
      open={{ label, ...(what.kind === "field" ? {} : { variant: "danger" as const }) }}
      submit={{ label: t.submit, busy: t.working }}
      action={action}
      read={(data) => ({
        reason: lineOf(data, "reason"),
        basis: lineOf(data, "basis"),
        field: lineOf(data, "field"),
      })}
    >
      {what.kind !== "field" ? null : (
        <Select
          label={t.field}
          name="field"
          options={what.fields.map((value) => ({ value, label: t.fields[value] }))}
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
