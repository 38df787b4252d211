"use client"

import { type FormEvent, useId } from "react"
import { doors, paths } from "../../../_lib/paths.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"
import { Dialog } from "../../../_ui/dialog.tsx"
import { Select, TextArea } from "../../../_ui/fields.tsx"

/** The buttons of a trade. Each says why it cannot be used; what they do is decided by the server's rules. */
type Words = { label: string; busy: string }

export function ConfirmButton({
  trade,
  agreementHash,
  words,
  why,
}: {
  trade: string
  agreementHash: string
  words: Words
  why: string | null
}) {
  const action = useAction((input: { agreementHash: string }, commandId) =>
    trpc.trades.confirm.mutate({ ...input, trade: trade as never, commandId }),
  )
  return (
    <>
      <Button
        variant="primary"
        why={why}
        busy={action.pending && words.busy}
        onClick={() => action.run({ agreementHash })}
      >
        {words.label}
      </Button>
      <Failure of={action} />
    </>
  )
}

export function PayButton({
  trade,
  rail,
  words,
  why,
  primary,
}: {
  trade: string
  rail: "card" | "bank" | "balance"
  words: Words
  why: string | null
  primary?: boolean
}) {
  const locale = useLocale()
  const action = useAction(
    (input: { rail: "card" | "bank" | "balance" }, commandId) =>
      trpc.trades.pay.mutate({ ...input, trade: trade as never, commandId }),
    (next) => {
      const instruction = next as { kind: "page"; url: string } | { kind: "transfer" | "paid" }
      if (instruction.kind === "page") globalThis.location.assign(instruction.url)
      else if (instruction.kind === "paid") globalThis.location.assign(paths(locale).trade(trade))
      else globalThis.location.assign(paths(locale).checkout(trade))
    },
  )
  return (
    <>
      <Button
        variant={primary ? "primary" : "secondary"}
        size="large"
        why={why}
        busy={action.pending && words.busy}
        onClick={() => action.run({ rail })}
      >
        {words.label}
      </Button>
      <Failure of={action} />
    </>
  )
}

export function ContinuePayment({ payment, words }: { payment: string; words: Words }) {
  const action = useAction(
    (input: { payment: string }) => trpc.trades.payInstruction.query({ payment: input.payment as never }),
    (next) => {
      const instruction = next as { kind: "page"; url: string } | { kind: "transfer" }
      if (instruction.kind === "page") globalThis.location.assign(instruction.url)
    },
  )
  return (
    <>
      <Button
        variant="primary"
        size="large"
        busy={action.pending && words.busy}
        onClick={() => action.run({ payment })}
      >
        {words.label}
      </Button>
      <Failure of={action} />
    </>
  )
}

type AskWords = Words & { title: string; lead: string }

/** A step that cannot be taken back asks once more. */
export function AskedStep({
  trade,
  step,
  words,
  why,
  danger,
}: {
  trade: string
  step: "accept" | "cancel"
  words: AskWords
  why?: string | null
  danger?: boolean
}) {
  const locale = useLocale()
  const action = useAction((input: { trade: string }, commandId) => {
    const on = { trade: input.trade as never, commandId }
    return step === "accept"
      ? trpc.trades.accept.mutate(on)
      : trpc.trades.cancel.mutate({ ...on, reason: "changedMind" })
  })
  return (
    <>
      <Dialog
        locale={locale}
        title={words.title}
        open={{ label: words.label, variant: danger ? "quiet" : "primary", ...(why ? { why } : {}) }}
        actions={(close) => (
          <Button
            variant={danger ? "danger" : "primary"}
            busy={action.pending && words.busy}
            onClick={() => {
              action.run({ trade })
              close()
            }}
          >
            {words.label}
          </Button>
        )}
      >
        <p>{words.lead}</p>
      </Dialog>
      <Failure of={action} />
    </>
  )
}

type DisputeWords = AskWords & {
  reason: string
  statement: string
  reasons: { value: string; label: string }[]
}

export function DisputeButton({ trade, words }: { trade: string; words: DisputeWords }) {
  const locale = useLocale()
  const form = useId()
  const action = useAction((input: { reason: string; statement: string }, commandId) =>
    trpc.trades.dispute.mutate({ ...input, trade: trade as never, commandId }),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    action.run({
      reason: String(data.get("reason")),
      statement: String(data.get("statement")).replace(/\s+/g, " "),
    })
  }
  return (
    <Dialog
      locale={locale}
      title={words.title}
      open={{ label: words.label }}
      actions={() => (
        <Button type="submit" form={form} variant="danger" busy={action.pending && words.busy}>
          {words.label}
        </Button>
      )}
    >
      <p>{words.lead}</p>
      <form id={form} onSubmit={submit} className="grid gap-4">
        <Select label={words.reason} name="reason" options={words.reasons} />
        <TextArea label={words.statement} name="statement" required maxLength={2000} rows={4} />
        <Failure of={action} />
      </form>
    </Dialog>
  )
}

function Failure({ of }: { of: { failure: { sentence: string; requestId: string | null } | null } }) {
  return of.failure ? <FormError requestId={of.failure.requestId}>{of.failure.sentence}</FormError> : null
}

/** Where a granted file is fetched. */
export const grantHref = (grant: string, name: string): string => doors.grantFile(grant, name)
