"use client"

import type { PartyClass } from "#contracts/fees.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction } from "../../../_lib/use-action.ts"
import { Select } from "../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../_ui/form-dialog.tsx"

type Words = Record<"open" | "lead" | "label" | "save" | "busy", string>

/** By which rates of the fee schedule a seller is charged from its next trade on. */
export function ClassifyForm(props: {
  locale: Locale
  party: { id: string; version: number; class: PartyClass }
  classes: readonly { value: PartyClass; label: string }[]
  words: Words
}) {
  const { locale, party, classes, words } = props
  const action = useAction((input: { class: PartyClass }, commandId) =>
    trpc.parties.classify.mutate({ ...input, party: party.id as never, version: party.version, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.open}
      open={{ label: words.open }}
      lead={words.lead}
      submit={{ label: words.save, busy: words.busy }}
      action={action}
      read={(fields) => ({ class: lineOf(fields, "class") as PartyClass })}
    >
      <Select label={words.label} name="class" defaultValue={party.class} options={[...classes]} />
    </FormDialog>
  )
}
