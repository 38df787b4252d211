import { z } from "zod"

export const locales = ["zh", "en"] as const
export type Locale = (typeof locales)[number]

/** Text that people read, in one or both languages, with the language it was written in. */
export type LocalizedText = { original: Locale; zh?: string; en?: string }

/** A text of at least one language, the original among them; trimmed, bounded by `max` characters each. */
export const localizedText = (max: number) =>
  z
    .strictObject({
      original: z.enum(locales),
      zh: z.string().trim().min(1).max(max).exactOptional(),
      en: z.string().trim().min(1).max(max).exactOptional(),
    })
    .refine((text) => text[text.original] !== undefined, { message: "the original language has no text" })

/** The text in the reader's language where there is one, else the original, with the language it is in. */
export function readText(text: LocalizedText, locale: Locale): { text: string; lang: Locale } {
  const own = text[locale]
  if (own !== undefined) return { text: own, lang: locale }
  return { text: text[text.original] ?? "", lang: text.original }
}
