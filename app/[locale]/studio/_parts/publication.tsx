"use client"

import { type FormEvent, useId } from "react"
import type { WithdrawalReason } from "#contracts/listing.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"
import { Dialog } from "../../../_ui/dialog.tsx"
import { type Option, Select } from "../../../_ui/fields.tsx"

type Words = { label: string; busy: string }

export function PublishButton(props: { product: string; words: Words; why: string | null }) {
  const { product, words, why } = props
  const action = useAction((input: { product: string }, commandId) =>
    trpc.listings.publish.mutate({ commandId, product: input.product as never }),
  )
  return (
    <div className="grid justify-items-start gap-3">
      <Button
        variant="primary"
        size="large"
        why={why}
        busy={action.pending && words.busy}
        onClick={() => action.run({ product })}
      >
        {words.label}
      </Button>
      <FormError requestId={action.failure?.requestId}>{action.failure?.sentence}</FormError>
    </div>
  )
}

export function WithdrawButton(props: {
  listing: string
  words: Words & { title: string; ask: string; reason: string }
  reasons: readonly Option[]
}) {
  const { listing, words, reasons } = props
  const locale = useLocale()
  const form = useId()
  const action = useAction((input: { reason: WithdrawalReason }, commandId) =>
    trpc.listings.withdraw.mutate({ commandId, listing: listing as never, ...input }),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    action.run({ reason: String(new FormData(event.currentTarget).get("reason")) as WithdrawalReason })
  }
  return (
    <Dialog
      locale={locale}
      title={words.title}
      open={{ label: words.label, variant: "danger" }}
      actions={() => (
        <Button type="submit" form={form} variant="danger" busy={action.pending && words.busy}>
          {words.label}
        </Button>
      )}
    >
      <p>{words.ask}</p>
      <form id={form} onSubmit={submit} className="grid gap-4">
        <Select label={words.reason} name="reason" options={reasons} />
        <FormError requestId={action.failure?.requestId}>{action.failure?.sentence}</FormError>
      </form>
    </Dialog>
  )
}
