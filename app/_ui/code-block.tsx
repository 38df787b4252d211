import type { Locale } from "#contracts/localized-text.ts"
import { CopyButton } from "./copy-button.tsx"

type CodeProps = {
  code: string
  locale: Locale
  title?: string /** Breaks long lines instead of scrolling. */
  wrap?: boolean
}

/** Lines to read or to paste. */
export function CodeBlock({ code, locale, title, wrap }: CodeProps) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-panel border border-line bg-sunken">
      <figcaption className="flex h-8 items-center justify-between gap-2 border-b border-line pr-1 pl-3 text-small text-ink-faint">
        <span className="truncate">{title}</span>
        <CopyButton text={code} locale={locale} />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1).
        tabIndex={0}
        className={
          wrap
            ? "p-3 font-mono text-small wrap-anywhere whitespace-pre-wrap"
            : "relative overflow-x-auto p-3 font-mono text-small"
        }
      >
        <code>{code}</code>
      </pre>
    </figure>
  )
}
