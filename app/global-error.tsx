"use client"

import { languageTag } from "./_lib/locale.ts"
import { browser } from "./_lib/messages/browser.ts"
import { ErrorPage, type ErrorPageProps, usePathLocale } from "./_shell/error-page.tsx"
import { fontClasses } from "./_ui/fonts.ts"
import "./globals.css"

/** When the frame itself broke: the same page without it. */
export default function GlobalError(props: ErrorPageProps) {
  const locale = usePathLocale()
  return (
    <html lang={languageTag[locale]} className={fontClasses}>
      <body>
        <title>{browser[locale].error}</title>
        <main>
          <ErrorPage {...props} />
        </main>
      </body>
    </html>
  )
}
