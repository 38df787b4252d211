import type { Locale } from "#contracts/localized-text.ts"
import { CopyButton } from "./copy-button.tsx"

type HashProps = {
  value: string
  locale: Locale
  /** Characters kept at the start and the end; `full` shows all, broken over lines. */
  head?: number
  tail?: number
  full?: boolean
  /** Leave the copy button out where there are many, as in a table. */
  bare?: boolean
}

/**
 * A hash or an id. The middle is hidden from the eye only: the whole text stays in the page, so selecting,
 * finding and screen readers get all of it.
 */
export function Hash({ value, locale, head = 8, tail = 6, full, bare }: HashProps) {
  const whole = full || value.length <= head + tail + 2
  return (
    <span className="inline-flex max-w-full items-center gap-0.5 align-middle">
      <code className="font-mono text-small wrap-anywhere" title={whole ? undefined : value}>
        {whole ? (
          value
        ) : (
          <>
            {value.slice(0, head)}
            <span className="inline-block w-0 overflow-hidden align-bottom whitespace-nowrap">
              {value.slice(head, -tail)}
            </span>
            <span aria-hidden="true" className="text-ink-faint select-none">
              …
            </span>
            {value.slice(-tail)}
          </>
        )}
      </code>
      {bare ? null : <CopyButton text={value} locale={locale} />}
    </span>
  )
}
