"use client"

import { usePathname, useSearchParams } from "next/navigation"
import type { Locale } from "#contracts/localized-text.ts"
import { inLocale, languageTag, otherLocale } from "../_lib/locale.ts"
import { Icon } from "../_ui/icons.tsx"

type LanguageLinkProps = { locale: Locale; text: string; label: string }

/** The same page, the same filters, in the other language. A whole load, so that `lang` and every text change at once. */
export function LanguageLink({ locale, text, label }: LanguageLinkProps) {
  const query = useSearchParams().toString()
  const other = otherLocale(locale)
  const here = `${usePathname()}${query === "" ? "" : `?${query}`}`
  return (
    <a
      href={inLocale(here, other)}
      hrefLang={languageTag[other]}
      lang={languageTag[other]}
      title={label}
      className="inline-flex h-8 items-center gap-1.5 rounded-control px-2 whitespace-nowrap text-ink-soft hover:bg-sunken hover:text-ink"
    >
      <Icon name="globe" size={15} />
      {text}
    </a>
  )
}
