import { headers } from "next/headers"
import { defaultLocale, isLocale, localeHeader } from "../_lib/locale.ts"
import { NotFoundPage } from "../_shell/not-found-page.tsx"

/** A "not found" is given no parameters, so the language comes from the header that proxy.ts sets. */
export default async function NotFound() {
  const locale = (await headers()).get(localeHeader)
  return <NotFoundPage locale={isLocale(locale) ? locale : defaultLocale} />
}
