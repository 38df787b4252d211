"use client"

import { usePathname } from "next/navigation"
import { defaultLocale, isLocale } from "../_lib/locale.ts"
import { kit } from "../_lib/messages/kit.ts"
import { shell } from "../_lib/messages/shell.ts"
import { paths } from "../_lib/paths.ts"
import { Button } from "../_ui/button.tsx"
import { PageState } from "../_ui/states.tsx"

export type ErrorPageProps = { error: unknown; retry: () => void }

/** The language from the address: an error page gets no parameters. */
export function usePathLocale() {
  const first = usePathname()?.split("/")[1]
  return isLocale(first) ? first : defaultLocale
}

/** A page that broke. `digest` is what the server's log names, so it is the id to ask about. */
export function ErrorPage({ error, retry }: ErrorPageProps) {
  const locale = usePathLocale()
  const t = shell[locale]
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null
  return (
    <PageState
      title={t.error}
      actions={
        <>
          <Button variant="primary" onClick={() => retry()}>
            {t.retry}
          </Button>
          <a
            href={paths(locale).home()}
            className="inline-flex h-9 items-center rounded-control px-3 text-ink-soft hover:bg-sunken"
          >
            {t.goHome}
          </a>
        </>
      }
    >
      <p>{t.errorWhy}</p>
      {digest ? (
        <p className="mt-2 text-small text-ink-faint">
          {kit[locale].requestId} <code className="font-mono">{digest}</code>
        </p>
      ) : null}
    </PageState>
  )
}
