import type { Locale } from "#contracts/localized-text.ts"

export const defaultLocale: Locale = "zh"

/** The value of the `lang` attribute. */
export const languageTag: Readonly<Record<Locale, string>> = { zh: "zh-CN", en: "en" }

/** Written out, not read from the contract: that module brings zod, 31 KB gzipped, into every page's script. */
export const isLocale = (text: unknown): text is Locale => text === "zh" || text === "en"

export const otherLocale = (locale: Locale): Locale => (locale === "zh" ? "en" : "zh")

/** The cookie that remembers which language was read last; only the redirect of a bare path reads it. */
export const localeCookie = "quanheng-locale"

/** The request header in which proxy.ts passes the address's language on to what has no parameters. */
export const localeHeader = "x-locale"

/**
 * The first language of an Accept-Language header (RFC 9110 §12.5.4) that the market speaks, by weight and then
 * by order; Chinese where there is none.
 */
export function preferredLocale(acceptLanguage: string | null): Locale {
  let best: { locale: Locale; weight: number } | null = null
  for (const part of (acceptLanguage ?? "").split(",")) {
    const [tag = "", ...parameters] = part.trim().toLowerCase().split(";")
    const locale = tag.split("-")[0]
    const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean)
    const weight = quality === undefined ? 1 : Number(quality)
    if (isLocale(locale) && weight > 0 && weight > (best?.weight ?? 0)) best = { locale, weight }
  }
  return best?.locale ?? defaultLocale
}

/** The same page in another language: replaces the first segment, keeps the rest and the query. */
export function inLocale(pathAndQuery: string, locale: Locale): string {
  const [, first, rest = ""] = /^\/([^/?#]*)(.*)$/s.exec(pathAndQuery) ?? []
  return isLocale(first) ? `/${locale}${rest}` : `/${locale}${pathAndQuery === "/" ? "" : pathAndQuery}`
}
