import type { ReactNode } from "react"
import { classes } from "./classes.ts"

/** The head of a page: its one h1, a sentence, and what can be done here. */
export function PageHead(props: {
  title: ReactNode
  lead?: ReactNode
  chips?: ReactNode
  actions?: ReactNode
}) {
  const { title, lead, chips, actions } = props
  return (
    <div className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 max-w-3xl">
        <h1 className="text-heading font-semibold wrap-anywhere">{title}</h1>
        {chips ? <div className="mt-2 flex flex-wrap gap-1.5">{chips}</div> : null}
        {lead ? <div className="mt-2 text-lead text-ink-soft">{lead}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  )
}

type PanelProps = {
  title?: ReactNode
  /** The heading's level on the page; h2 unless told. */
  level?: 2 | 3
  actions?: ReactNode
  footer?: ReactNode
  /** Without padding, for a table or a list that brings its own. */
  flush?: boolean
  children: ReactNode
}

/** A box for one thing, with an optional head and foot. */
export function Panel({ title, level = 2, actions, footer, flush, children }: PanelProps) {
  const Heading = level === 2 ? "h2" : "h3"
  return (
    <section className="min-w-0 overflow-hidden rounded-panel border border-line bg-surface shadow-panel">
      {title || actions ? (
        <header className="flex min-h-11 flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-2">
          {title ? <Heading className="font-semibold">{title}</Heading> : <span />}
          {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
        </header>
      ) : null}
      <div className={flush ? undefined : "p-4"}>{children}</div>
      {footer ? (
        <footer className="border-t border-line bg-sunken px-4 py-2.5 text-small">{footer}</footer>
      ) : null}
    </section>
  )
}

/** A heading inside a page that stands outside any panel. */
export function SectionHead({ title, actions, id }: { title: ReactNode; actions?: ReactNode; id?: string }) {
  return (
    <div className="mb-3 flex flex-wrap items-baseline justify-between gap-3">
      <h2 id={id} className="text-lead font-semibold">
        {title}
      </h2>
      {actions ? <div className="text-small">{actions}</div> : null}
    </div>
  )
}

/** Side column of facts or actions beside the main one; below 1024 px it comes after it. */
export function Columns({
  children,
  side,
  sideFirst,
}: {
  children: ReactNode
  side: ReactNode
  sideFirst?: boolean
}) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="grid min-w-0 gap-6">{children}</div>
      <aside className={classes("grid min-w-0 gap-4 lg:sticky lg:top-20", sideFirst && "max-lg:order-first")}>
        {side}
      </aside>
    </div>
  )
}

/** One figure with its name and what it says about itself. A row of them goes into `<Stats>`. */
export function Stat({ label, value, note }: { label: ReactNode; value: ReactNode; note?: ReactNode }) {
  return (
    <div className="px-4 py-3 outline outline-line">
      <dt className="text-small text-ink-faint">{label}</dt>
      <dd className="mt-0.5 text-title font-semibold">{value}</dd>
      {note ? <dd className="mt-0.5 text-small text-ink-faint">{note}</dd> : null}
    </div>
  )
}

export function Stats({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))] gap-px overflow-hidden rounded-panel border border-line bg-surface">
      {children}
    </dl>
  )
}
