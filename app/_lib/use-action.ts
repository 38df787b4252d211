"use client"

import { useParams, useRouter } from "next/navigation"
import { useCallback, useRef, useState, useTransition } from "react"
import type { Id } from "#contracts/ids.ts"
import { type Failure, readFailure } from "./failure.ts"
import { type Intents, makeIntents } from "./intent.ts"
import { useKeptFocus } from "./keep-focus.ts"
import { defaultLocale, isLocale } from "./locale.ts"

export type Action<Input> = {
  /** Starts the action; does nothing while it runs already. */
  run: (input: Input) => void
  pending: boolean
  /** Why the last run did not succeed; null before and after a success. */
  failure: Failure | null
}

/**
 * A mutation behind a button. The function gets the input and the command id of this intent; after a success the
 * page is read again from the server, then `done` may lead on to another one.
 *
 *     const accept = useAction((input: { tradeId: string }, commandId) => trpc.trades.accept.mutate({ ...input, commandId }))
 *     <Button busy={accept.pending && t.working} onClick={() => accept.run({ tradeId })}>{t.accept}</Button>
 *     <FormError requestId={accept.failure?.requestId}>{accept.failure?.sentence}</FormError>
 */
export function useAction<Input, Output>(
  call: (input: Input, commandId: Id<"command">) => Promise<Output>,
  done?: (output: Output) => void,
): Action<Input> {
  const router = useRouter()
  const locale = useLocale()
  const intents = useRef<Intents | null>(null)
  const running = useRef(false)
  const [working, setWorking] = useState(false)
  const [refreshing, startRefresh] = useTransition()
  const [failure, setFailure] = useState<Failure | null>(null)

  const run = useCallback(
    async (input: Input) => {
      if (running.current) return
      running.current = true
      intents.current ??= makeIntents()
      setWorking(true)
      setFailure(null)
      try {
        const output = await call(input, intents.current.idFor(input))
        intents.current.fulfilled()
        startRefresh(() => router.refresh())
        done?.(output)
      } catch (thrown) {
        setFailure(readFailure(thrown, locale))
      } finally {
        running.current = false
        setWorking(false)
      }
    },
    [call, done, locale, router],
  )
  const pending = working || refreshing
  useKeptFocus(pending)
  return { run, pending, failure }
}

/** The language of the page, for components in the browser that are not given it. */
export function useLocale() {
  const { locale } = useParams()
  return isLocale(locale) ? locale : defaultLocale
}
