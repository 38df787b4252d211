import { Fragment, type ReactNode } from "react"

export type Definition = { term: ReactNode; value: ReactNode; key?: string }

/** Names and values in two columns; on a phone the name stands over its value. */
export function DefinitionList({ items, compact }: { items: readonly Definition[]; compact?: boolean }) {
  return (
    <dl
      className={
        compact
          ? "grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-small"
          : "grid gap-y-2 sm:grid-cols-[minmax(7rem,11rem)_minmax(0,1fr)] sm:gap-x-6"
      }
    >
      {items.map((item, order) => (
        <Fragment key={item.key ?? order}>
          <dt className="text-ink-faint">{item.term}</dt>
          <dd className="min-w-0 wrap-anywhere max-sm:mb-1">{item.value}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
