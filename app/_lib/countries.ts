import { countries } from "#contracts/country.ts"
import type { Locale } from "#contracts/localized-text.ts"

/** What CLDR leaves shorter than it is written in official Chinese. */
const official: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  zh: { CN: "中国内地", HK: "中国香港", MO: "中国澳门", TW: "中国台湾" },
  en: { CN: "China (mainland)", HK: "Hong Kong, China", MO: "Macao, China", TW: "Taiwan, China" },
}

export function countryName(code: string, locale: Locale): string {
  return official[locale][code] ?? new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code
}

/** Every country and region as a choice: the mainland first, then by name. */
export function countryOptions(locale: Locale): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: "region" })
  const order = new Intl.Collator(locale)
  const others = countries
    .filter((code) => code !== "CN")
    .map((value) => ({ value, label: official[locale][value] ?? names.of(value) ?? value }))
    .sort((a, b) => order.compare(a.label, b.label))
  return [{ value: "CN", label: countryName("CN", locale) }, ...others]
}
