"use client"

import { trpc } from "../../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../../_lib/use-action.ts"
import { FormDialog } from "../../../../_ui/form-dialog.tsx"

/** Pays what is owed out of the balance, as far as it suffices. */
export function PayDebt(props: {
  debt: string
  version: number
  why: string | null
  words: { label: string; busy: string; title: string; lead: string; decided: string }
}) {
  const { debt, version, why, words } = props
  const locale = useLocale()
  const action = useAction((_: null, commandId) =>
    trpc.balances.payDebt.mutate({ debt: debt as never, version, commandId }),
  )
  // `read` answers what `run` takes; there is nothing to fill in.
  const run = { ...action, run: () => action.run(null) }
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={
        <>
          <p>{words.lead}</p>
          <p className="text-small">{words.decided}</p>
        </>
      }
      open={{ label: words.label, why }}
      submit={words}
      action={run}
      read={() => ({})}
    />
  )
}
