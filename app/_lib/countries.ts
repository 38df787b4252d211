import { countries, countryName } from "#contracts/country.ts"
import type { Locale } from "#contracts/localized-text.ts"

/** Every country and region as a choice: the mainland first, then by name. */
export function countryOptions(locale: Locale): { value: string; label: string }[] {
  const order = new Intl.Collator(locale)
  const others = countries
    .filter((code) => code !== "CN")
    .map((value) => ({ value, label: countryName(value, locale) }))
    .sort((a, b) => order.compare(a.label, b.label))
  return [{ value: "CN", label: countryName("CN", locale) }, ...others]
}
