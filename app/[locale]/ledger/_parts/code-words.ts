import { railWords, sideWords, tradeStateWords, word } from "#contracts/ledger/sentences/words.ts"
import type { Locale } from "#contracts/localized-text.ts"

const codes: Readonly<Record<string, Readonly<Record<string, Readonly<Record<Locale, string>>>>>> = {
  state: tradeStateWords,
  rail: railWords,
  side: sideWords,
}

/** What a code of a record means, where the records' sentences have a word for it. */
export function wordOfCode(name: string, code: string, locale: Locale): string | null {
  const known = codes[name]
  if (known) return Object.hasOwn(known, code) ? (known[code]?.[locale] ?? null) : null
  if (!["reason", "method", "purpose", "by", "rule"].includes(name)) return null
  const told = word(code, locale)
  return told === code ? null : told
}
