"use client"

import { useState } from "react"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"

type Opened = { type: string; opened: readonly { path: string; value: unknown }[] }

/** What the buyer wrote, kept from the operator until it is opened: the opening is certified before the answer comes. */
export function Statement({
  trade,
  words,
}: {
  trade: string
  words: { sealed: string; open: string; opening: string; missing: string }
}) {
  const [told, setTold] = useState<string | null>(null)
  const action = useAction(
    (input: { trade: string }, commandId) =>
      trpc.supervision.open.mutate({ commandId, subject: input.trade, purpose: "dispute" }),
    (records) => {
      const record = (records as readonly Opened[]).findLast(({ type }) => type.startsWith("trade.disputed@"))
      const value = record?.opened.find(({ path }) => path === "/body/statement")?.value
      setTold(typeof value === "string" ? value : words.missing)
    },
  )
  return (
    <div className="grid justify-items-start gap-3" aria-live="polite">
      {told === null ? (
        <>
          <p className="text-ink-soft">{words.sealed}</p>
          <Button icon="lock" busy={action.pending && words.opening} onClick={() => action.run({ trade })}>
            {words.open}
          </Button>
          {action.failure ? (
            <FormError requestId={action.failure.requestId}>{action.failure.sentence}</FormError>
          ) : null}
        </>
      ) : (
        <blockquote className="border-l-2 border-line-strong pl-3 whitespace-pre-wrap wrap-anywhere">
          {told}
        </blockquote>
      )}
    </div>
  )
}
