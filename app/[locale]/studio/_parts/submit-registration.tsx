"use client"

import { useRouter } from "next/navigation"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"

/** Asks the rights gate and the operator; what the gate refuses is then read from the product. */
export function SubmitRegistration(props: {
  product: string
  words: { label: string; busy: string }
  why: string | null
}) {
  const { product, words, why } = props
  const router = useRouter()
  const action = useAction((input: { product: string }, commandId) =>
    trpc.registrations.submit
      .mutate({ commandId, product: input.product as never })
      .catch((refused: unknown) => {
        // Every rule that the gate found broken is on the product now, not only the first one thrown here.
        router.refresh()
        throw refused
      }),
  )
  return (
    <div className="grid justify-items-start gap-3">
      <Button
        variant="primary"
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
