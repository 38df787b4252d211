"use client"

import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { FormDialog } from "../../../_ui/form-dialog.tsx"

type Words = { label: string; busy: string; title: string; lead: string; more?: string }

/** Answers a chargeback with its evidence, or accepts it. */
export function ChargebackStep({
  chargeback,
  step,
  words,
}: {
  chargeback: string
  step: "answer" | "accept"
  words: Words
}) {
  const locale = useLocale()
  const action = useAction((_: { step: string }, commandId) =>
    trpc.chargebacks[step].mutate({ chargeback: chargeback as never, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={
        <>
          <p>{words.lead}</p>
          {words.more ? <p className="text-small">{words.more}</p> : null}
        </>
      }
      open={{ label: words.label, variant: step === "answer" ? "primary" : "danger" }}
      submit={{ ...words, variant: step === "answer" ? "primary" : "danger" }}
      action={action}
      read={() => ({ step })}
    />
  )
}
