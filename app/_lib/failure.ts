import type { Locale } from "#contracts/localized-text.ts"
import type { Refusal } from "#contracts/refusal.ts"
import { browser } from "./messages/browser.ts"

/** A "no" or a breakdown as a page shows it: a sentence in the reader's language and an id to ask about. */
export type Failure = {
  sentence: string
  /** The refusal's code, or null when no answer came at all. */
  code: string | null
  /** The input member that was refused, as `price.minor`. */
  at: string | null
  /** Plain facts beside the code: which row, how many. */
  detail: Refusal["detail"] | null
  requestId: string | null
  /** True when the same call may succeed by itself later. */
  transient: boolean
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null)

/**
 * Reads what a tRPC call threw. Errors of the market carry `data` as server/routers/trpc.ts formats it; anything
 * else means that no answer arrived, and then nobody knows whether the action happened.
 */
export function readFailure(thrown: unknown, locale: Locale): Failure {
  const data = typeof thrown === "object" && thrown !== null && "data" in thrown ? thrown.data : null
  if (typeof data !== "object" || data === null || !("code" in data)) {
    return {
      sentence: browser[locale].offline,
      code: null,
      at: null,
      detail: null,
      requestId: null,
      transient: true,
    }
  }
  const member = (name: string): unknown => (data as Record<string, unknown>)[name]
  return {
    sentence: (thrown instanceof Error && text(thrown.message)) || browser[locale].offline,
    code: text(data.code),
    at: text(member("at")),
    detail: (member("detail") as Refusal["detail"] | undefined) ?? null,
    requestId: text(member("requestId")),
    transient: member("transient") === true,
  }
}

/** The sentence for the field that was refused; null for every other field. */
export const failureAt = (failure: Failure | null, field: string): string | null =>
  failure !== null && failure.at === field ? failure.sentence : null

/**
 * The doors answer `{"error":{…}}`, with the same members that tRPC's errors carry: the same as an error, or null where
 * the answer was none of a door's.
 */
export function readDoorError(text: string): Error | null {
  try {
    const { error } = JSON.parse(text) as { error: { message: string } }
    return Object.assign(new Error(error.message), { data: error })
  } catch {
    return null
  }
}
