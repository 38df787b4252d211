import { notFound } from "next/navigation"
import type { Locale } from "#contracts/localized-text.ts"
import { isMissing, type Loaded } from "./caller.ts"
import { isLocale } from "./locale.ts"

/** The page's language, or the not-found page. */
export function localeOf(text: string): Locale {
  if (!isLocale(text)) notFound()
  return text
}

/** What was loaded; what is missing or another party's becomes the not-found page. Other refusals stay for the page to show. */
export function orNotFound<T>(loaded: Loaded<T>): Loaded<T> {
  if (loaded.refused?.code && isMissing(loaded.refused.code)) notFound()
  return loaded
}
