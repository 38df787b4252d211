"use client"

import { trpc } from "../../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../../_lib/use-action.ts"
import { FormDialog, Lead } from "../../../../_ui/form-dialog.tsx"

/** Pays what is owed out of the balance, as far as it suffices. */
export function PayDebt(props: {
  debt: string
  version: number
  why: string | null
  words: { label: string; busy: string; title: string; lead: string; decided: string }
}) {
  const { debt, version, why, words } = props
  const locale = useLocale()
  const action = useAction((input: { version: number }, commandId) =>
    trpc.balances.payDebt.mutate({ ...input, debt: debt as never, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<Lead words={words} />}
      open={{ label: words.label, why }}
      submit={words}
      action={action}
      read={() => ({ version })}
    />
  )
}
