import { test } from "@playwright/test"
import type { Locale } from "#contracts/localized-text.ts"

const leftOut = (() => undefined) as unknown as typeof test

/**
 * What everybody comes to first goes in both languages: the public pages, and the pages of the operator's desk. Every
 * other journey goes in one, for what it does is the same code in both and the types let no sentence be missing in one
 * of them; those of a file take turns, so that the buyer and each office are seen in both. With QUANHENG_LARGE all go in
 * both, and with them what people do seldom (e2e/seldom): `npm run test:journeys`.
 */
export const inTurns = (its: Locale): readonly Locale[] => (process.env.QUANHENG_LARGE ? ["zh", "en"] : [its])

/** In a file that has journeys in either language. */
export const testInTurns = (its: Locale, locale: Locale): typeof test =>
  inTurns(its).includes(locale) ? test : leftOut
