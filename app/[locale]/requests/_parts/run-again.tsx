"use client"

import { useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import type { Rerun } from "#contracts/match/rerun.ts"
import type { Round } from "#contracts/match.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Callout } from "../../../_ui/states.tsx"

type Words = Record<
  "rerun" | "rerunning" | "same" | "different" | "computed" | "download" | "inputsHash" | "resultHash",
  string
>

/** Fetches a round's stored inputs and runs the rules over them here; the rules are loaded only when asked for. */
export function RunAgain({ round, locale, words }: { round: string; locale: Locale; words: Words }) {
  const [answer, setAnswer] = useState<Rerun | null>(null)
  const fetchRound = async () =>
    (await trpc.requests.roundInputs.query({ round: round as never })) as unknown as Round
  const run = useAction(
    async (_input: { round: string }) => {
      const [{ rerun }, stored] = await Promise.all([import("#contracts/match/rerun.ts"), fetchRound()])
      return rerun(stored)
    },
    (found) => setAnswer(found),
  )
  const save = useAction(async (_input: { round: string }) => download(`${round}.json`, await fetchRound()))
  const failure = run.failure ?? save.failure
  return (
    <div className="grid gap-3" aria-live="polite">
      <div className="flex flex-wrap gap-2">
        <Button icon="scale" busy={run.pending && words.rerunning} onClick={() => run.run({ round })}>
          {words.rerun}
        </Button>
        <Button variant="quiet" icon="download" onClick={() => save.run({ round })}>
          {words.download}
        </Button>
      </div>
      {failure ? <FormError requestId={failure.requestId}>{failure.sentence}</FormError> : null}
      {answer ? (
        <Callout tone={answer.same ? "good" : "bad"} title={answer.same ? words.same : words.different}>
          <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 text-small">
            <dt>{words.inputsHash}</dt>
            <dd>
              <Hash value={answer.inputsHash} locale={locale} />
            </dd>
            <dt>{words.resultHash}</dt>
            <dd>
              <Hash value={answer.resultHash} locale={locale} />
            </dd>
          </dl>
        </Callout>
      ) : null}
    </div>
  )
}

function download(name: string, value: unknown): void {
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(value, null, 2)], { type: "application/json" }),
  )
  const link = document.createElement("a")
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
