import { notFound } from "next/navigation"
import type { Locale } from "#contracts/localized-text.ts"
import { isMissing, type Loaded } from "./caller.ts"
import { isLocale } from "./locale.ts"

/** The page's language, or the not-found page. */
export function localeOf(text: string): Locale {
  if (!isLocale(text)) notFound()
  return text
}

/**
 * What was loaded of the thing that the address names; what is missing, another party's, or named by what cannot be
 * an id becomes the not-found page. Other refusals stay for the page to show.
 */
export function orNotFound<T>(loaded: Loaded<T>): Loaded<T> {
  const code = loaded.refused?.code
  if (code && (isMissing(code) || code === "invalid_input")) notFound()
  return loaded
}
