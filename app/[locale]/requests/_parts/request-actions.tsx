"use client"

import { useRouter } from "next/navigation"
import { paths } from "../../../_lib/paths.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"
import { FormDialog } from "../../../_ui/form-dialog.tsx"

type Words = { label: string; busy: string }
type AskWords = Words & { title: string; lead: string }

/** Ranks what is listed now. */
export function MatchButton({ request, words, first }: { request: string; words: Words; first: boolean }) {
  const router = useRouter()
  const locale = useLocale()
  const action = useAction(
    (input: { request: string }, commandId) =>
      trpc.requests.match.mutate({ request: input.request as never, commandId }),
    // An earlier round may be open; the new one is shown without it.
    () => router.replace(paths(locale).request(request)),
  )
  return (
    <div className="grid gap-2">
      <Button
        variant={first ? "primary" : "secondary"}
        busy={action.pending && words.busy}
        onClick={() => action.run({ request })}
      >
        {words.label}
      </Button>
      {action.failure ? (
        <FormError requestId={action.failure.requestId}>{action.failure.sentence}</FormError>
      ) : null}
    </div>
  )
}

export function CloseRequest({ request, words }: { request: string; words: AskWords }) {
  const locale = useLocale()
  const action = useAction((input: { request: string }, commandId) =>
    trpc.requests.close.mutate({ request: input.request as never, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<p>{words.lead}</p>}
      open={{ label: words.label, variant: "quiet" }}
      submit={{ ...words, variant: "danger" }}
      action={action}
      read={() => ({ request })}
    />
  )
}

/** Takes a ranked listing and leads on to the trade that it proposes. */
export function TakeMatch({
  round,
  listing,
  words,
  subject,
  primary,
}: {
  round: string
  listing: string
  words: AskWords
  /** What is taken, at which price: stands in the question. */
  subject: string
  primary: boolean
}) {
  const locale = useLocale()
  const router = useRouter()
  const action = useAction(
    (input: { listing: string }, commandId) =>
      trpc.requests.take.mutate({
        round: round as never,
        listing: input.listing as never,
        locale,
        commandId,
      }),
    (taken) => router.push(paths(locale).trade((taken as { trade: string }).trade)),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={
        <>
          <p className="font-medium text-ink">{subject}</p>
          <p>{words.lead}</p>
        </>
      }
      open={{ label: words.label, variant: primary ? "primary" : "secondary" }}
      submit={words}
      action={action}
      read={() => ({ listing })}
    />
  )
}
