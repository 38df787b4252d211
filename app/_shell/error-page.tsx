"use client"

import { usePathname } from "next/navigation"
import { defaultLocale, isLocale } from "../_lib/locale.ts"
import { browser } from "../_lib/messages/browser.ts"
import { Mark } from "../_ui/logo.tsx"

export type ErrorPageProps = { error: unknown; retry: () => void }

/** The language from the address: an error page gets no parameters. */
export function usePathLocale() {
  const first = usePathname()?.split("/")[1]
  return isLocale(first) ? first : defaultLocale
}

/** A page that broke. It is sent with every page, so it is built of little. `digest` is what the server's log names, so it is the id to ask about. */
export function ErrorPage({ error, retry }: ErrorPageProps) {
  const locale = usePathLocale()
  const t = browser[locale]
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null
  return (
    <div className="mx-auto grid max-w-lg justify-items-center gap-3 px-4 py-20 text-center">
      <Mark size={40} />
      <h1 className="mt-2 text-heading font-semibold">{t.error}</h1>
      <p className="text-ink-soft">{t.errorWhy}</p>
      {digest ? (
        <p className="text-small text-ink-faint">
          {t.requestId} <code className="font-mono">{digest}</code>
        </p>
      ) : null}
      <div className="mt-3 flex gap-2">
        <button
          type="button"
          onClick={() => retry()}
          className="h-9 rounded-control bg-accent px-3.5 font-medium text-on-accent hover:bg-accent-strong"
        >
          {t.retry}
        </button>
        <a
          href={`/${locale}`}
          className="inline-flex h-9 items-center rounded-control px-3.5 text-ink-soft hover:bg-sunken hover:text-ink"
        >
          {t.goHome}
        </a>
      </div>
    </div>
  )
}
