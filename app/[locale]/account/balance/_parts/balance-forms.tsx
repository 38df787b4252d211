"use client"

import type { Money } from "#contracts/money.ts"
import { AmountFields, useAmount } from "../../../../_balance/amount-fields.tsx"
import { trpc } from "../../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../../_lib/use-action.ts"
import { Button } from "../../../../_ui/button.tsx"
import { FormError } from "../../../../_ui/choices.tsx"
import { Select } from "../../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../../_ui/form-dialog.tsx"

type AmountWords = { amount: string; currency: string; unreadable: string }
type AskWords = AmountWords & { label: string; busy: string; title: string; lead: string }

/** Asks the provider for the page of a top-up by card, and goes there. */
async function goToPage(topUp: string): Promise<void> {
  const next = await trpc.balances.topUpInstruction.query({ topUp: topUp as never })
  if (next.kind === "page") globalThis.location.assign(next.url)
}

export function TopUpForm(props: {
  words: AskWords & { by: string; rails: { card: string; bank: string } }
  why: string | null
}) {
  const { words, why } = props
  const locale = useLocale()
  const { read, unreadable } = useAmount()
  const action = useAction(async (input: { amount: Money; rail: "card" | "bank" }, commandId) => {
    const { topUp } = (await trpc.balances.startTopUp.mutate({ ...input, commandId })) as { topUp: string }
    if (input.rail === "card") await goToPage(topUp)
  })
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<p>{words.lead}</p>}
      open={{ label: words.label, variant: "primary", why }}
      submit={words}
      action={action}
      read={(fields) => {
        const amount = read(fields)
        const rail = lineOf(fields, "rail") === "bank" ? ("bank" as const) : ("card" as const)
        return amount && { amount, rail }
      }}
    >
      <AmountFields words={words} unreadable={unreadable} />
      <Select
        label={words.by}
        name="rail"
        defaultValue="bank"
        options={(["bank", "card"] as const).map((value) => ({ value, label: words.rails[value] }))}
      />
    </FormDialog>
  )
}

/** To the page of a top-up by card that was started and not paid yet. */
export function ContinueTopUp({ topUp, words }: { topUp: string; words: { label: string; busy: string } }) {
  const action = useAction((input: { topUp: string }) => goToPage(input.topUp))
  return (
    <>
      <Button busy={action.pending && words.busy} onClick={() => action.run({ topUp })}>
        {words.label}
      </Button>
      {action.failure ? (
        <FormError requestId={action.failure.requestId}>{action.failure.sentence}</FormError>
      ) : null}
    </>
  )
}

export function WithdrawForm(props: {
  words: AskWords & { second: string; decided: string; most: string }
  currencies: readonly string[]
  why: string | null
}) {
  const { words, currencies, why } = props
  const locale = useLocale()
  const { read, unreadable } = useAmount()
  const action = useAction((input: { amount: Money }, commandId) =>
    trpc.balances.askWithdrawal.mutate({ ...input, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={
        <>
          <p>{words.lead}</p>
          <p>{words.second}</p>
          <p className="font-medium text-ink">{words.most}</p>
          <p className="text-small">{words.decided}</p>
        </>
      }
      open={{ label: words.label, why }}
      submit={words}
      action={action}
      read={(fields) => {
        const amount = read(fields)
        return amount && { amount }
      }}
    >
      <AmountFields words={words} unreadable={unreadable} of={currencies} />
    </FormDialog>
  )
}
