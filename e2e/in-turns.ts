import { test } from "@playwright/test"
import type { Locale } from "#contracts/localized-text.ts"

const leftOut = (() => undefined) as unknown as typeof test

/**
 * The journeys of the seller, the buyer, the operator and the regulator go in both languages, and so do the pages
 * that everybody comes to first. A journey that shows a rule more than words (who is refused, what a balance does, how
 * a proof is checked) goes in one, for the rule is the same code in both and the types let no sentence be missing in
 * one of them; those of a file take turns. With QUANHENG_LARGE all go in both: `QUANHENG_LARGE=1 npx playwright test`.
 */
export const inTurns = (its: Locale): readonly Locale[] => (process.env.QUANHENG_LARGE ? ["zh", "en"] : [its])

/** In a file whose other journeys go in both. */
export const testInTurns = (its: Locale, locale: Locale): typeof test =>
  inTurns(its).includes(locale) ? test : leftOut
