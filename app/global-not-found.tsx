import type { Metadata } from "next"
import { cookies, headers } from "next/headers"
import { isLocale, languageTag, localeCookie, preferredLocale } from "./_lib/locale.ts"
import { shell } from "./_lib/messages/shell.ts"
import { NotFoundPage } from "./_shell/not-found-page.tsx"
import { fontClasses } from "./_ui/fonts.ts"
import "./globals.css"

async function readerLocale() {
  const remembered = (await cookies()).get(localeCookie)?.value
  return isLocale(remembered) ? remembered : preferredLocale((await headers()).get("accept-language"))
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: shell[await readerLocale()].notFound }
}

/** For addresses outside both languages; the others are answered inside the frame. */
export default async function GlobalNotFound() {
  const locale = await readerLocale()
  return (
    <html lang={languageTag[locale]} className={fontClasses}>
      <body>
        <main>
          <NotFoundPage locale={locale} />
        </main>
      </body>
    </html>
  )
}
