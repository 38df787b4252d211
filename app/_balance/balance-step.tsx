"use client"

import type { Id } from "#contracts/ids.ts"
import { trpc } from "../_lib/trpc-client.ts"
import { useAction, useLocale } from "../_lib/use-action.ts"
import type { ButtonVariant } from "../_ui/button.tsx"
import { Checkbox } from "../_ui/choices.tsx"
import type { Definition } from "../_ui/definition-list.tsx"
import { TextField } from "../_ui/fields.tsx"
import { FormDialog, Lead, lineOf } from "../_ui/form-dialog.tsx"

type Said = { commandId: Id<"command">; note: string; bankNumber: string; sure: boolean }

/** What people decide of top-ups and withdrawals, the party's own and the operator's; the server's rules decide. */
const steps = {
  cancelTopUp: (id: string, { commandId }: Said) =>
    trpc.balances.cancelTopUp.mutate({ topUp: id as never, commandId }),
  approve: (id: string, { commandId }: Said) =>
    trpc.balances.approveWithdrawal.mutate({ withdrawal: id as never, commandId }),
  approveAsOperator: (id: string, { commandId }: Said) =>
    trpc.balances.approveAsOperator.mutate({ withdrawal: id as never, commandId }),
  takeBack: (id: string, { commandId, note }: Said) =>
    trpc.balances.takeBackWithdrawal.mutate({ withdrawal: id as never, note, commandId }),
  refuse: (id: string, { commandId, note, sure }: Said) =>
    trpc.balances.refuseWithdrawal.mutate({ withdrawal: id as never, note, commandId, notPaid: sure }),
  confirm: (id: string, { commandId, bankNumber, sure }: Said) =>
    trpc.balances.confirmWithdrawal.mutate({
      withdrawal: id as never,
      bankNumber,
      commandId,
      alreadyPaid: sure,
    }),
  cameBack: (id: string, { commandId, note }: Said) =>
    trpc.balances.returnWithdrawal.mutate({ withdrawal: id as never, note, commandId }),
} satisfies Record<string, (id: string, said: Said) => Promise<unknown>>

export type StepWords = { label: string; busy: string; title: string; lead: string; decided: string }

/** A step that is asked for once more, with the note or the bank's number that it needs. `sure`: what has to be ticked. */
export function BalanceStep(props: {
  step: keyof typeof steps
  id: string
  about?: readonly Definition[]
  words: StepWords
  ask?: { name: "note" | "bankNumber"; label: string; hint?: string }
  look?: { open?: ButtonVariant; submit?: ButtonVariant }
  why?: string | null
  sure?: string | null
}) {
  const { step, id, about, words, ask, look, why, sure } = props
  const locale = useLocale()
  const action = useAction((input: Omit<Said, "commandId">, commandId) =>
    steps[step](id, { ...input, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<Lead words={words} />}
      about={about}
      open={{ label: words.label, variant: look?.open ?? "secondary", why: why ?? null }}
      submit={{ label: words.label, busy: words.busy, variant: look?.submit ?? "primary" }}
      action={action}
      read={(fields) => ({
        note: lineOf(fields, "note"),
        bankNumber: lineOf(fields, "bankNumber"),
        sure: fields.has("sure"),
      })}
    >
      {ask ? (
        <TextField
          label={ask.label}
          hint={ask.hint}
          name={ask.name}
          required
          autoComplete="off"
          {...(ask.name === "note" ? { maxLength: 200 } : { pattern: "[A-Za-z0-9_.\\/\\-]{4,64}" })}
        />
      ) : null}
      {sure ? <Checkbox name="sure" required label={sure} /> : null}
    </FormDialog>
  )
}
