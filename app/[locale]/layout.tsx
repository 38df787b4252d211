import type { Metadata, Viewport } from "next"
import { cookies } from "next/headers"
import { notFound } from "next/navigation"
import type { ReactNode } from "react"
import { shellSession } from "../_lib/caller.ts"
import { isLocale, languageTag } from "../_lib/locale.ts"
import { shell } from "../_lib/messages/shell.ts"
import { readTheme, themeCookie } from "../_lib/theme.ts"
import { Footer } from "../_shell/footer.tsx"
import { Header } from "../_shell/header.tsx"
import { fontClasses } from "../_ui/fonts.ts"
import { HoverHints } from "../_ui/hover-hints.tsx"
import "../globals.css"

type Props = { children: ReactNode; params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = shell[locale]
  return { title: { default: t.title, template: `%s · ${t.name}` }, description: t.description }
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#191c1a" },
  ],
}

/** The frame of every page. It reads cookies, so pages are made for each request and carry that request's nonce. */
export default async function Layout({ children, params }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  const theme = readTheme((await cookies()).get(themeCookie)?.value)
  return (
    <html
      lang={languageTag[locale]}
      className={fontClasses}
      {...(theme === "system" ? {} : { "data-theme": theme })}
    >
      <body className="flex min-h-dvh flex-col">
        <a
          href="#main"
          className="sr-only z-20 rounded-control bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          {shell[locale].skip}
        </a>
        <Header locale={locale} theme={theme} session={await shellSession()} />
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-7xl grow px-4 py-8 outline-none sm:px-6"
        >
          {children}
        </main>
        <Footer locale={locale} />
        <HoverHints />
      </body>
    </html>
  )
}
