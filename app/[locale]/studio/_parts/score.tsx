import type { Locale } from "#contracts/localized-text.ts"
import { studio } from "../../../_lib/messages/studio.ts"

/** How much of a product is there: a bar and the same in figures. */
export function Score({ done, of, locale }: { done: number; of: number; locale: Locale }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 text-small">
      <svg viewBox="0 0 80 6" width={80} height={6} aria-hidden="true" focusable="false" className="shrink-0">
        <rect width={80} height={6} rx={3} className="fill-line" />
        <rect
          width={(80 * done) / of}
          height={6}
          rx={3}
          className={done === of ? "fill-good" : "fill-accent"}
        />
      </svg>
      <span className="whitespace-nowrap text-ink-soft">{studio[locale].complete(done, of)}</span>
    </span>
  )
}
