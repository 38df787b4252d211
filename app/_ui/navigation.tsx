import type { Locale } from "#contracts/localized-text.ts"
import { kit } from "../_lib/messages/kit.ts"
import { ButtonLink } from "./button.tsx"
import { classes } from "./classes.ts"
import { Icon } from "./icons.tsx"
import { Link, QuietLink } from "./link.tsx"

export type Tab = { key: string; label: string; href: string; count?: string }

/** Tabs are routes: links, the current one marked. They scroll sideways on a phone, from the current one on. */
export function Tabs({ label, tabs, current }: { label: string; tabs: readonly Tab[]; current: string }) {
  return (
    <nav
      aria-label={label}
      className="relative mb-6 overflow-x-auto border-b border-line [scrollbar-width:none]"
    >
      <ul className="flex min-w-max gap-1">
        {tabs.map((tab) => (
          <li key={tab.key} className={tab.key === current ? "[scroll-initial-target:nearest]" : undefined}>
            <Link
              href={tab.href}
              aria-current={tab.key === current ? "page" : undefined}
              className={classes(
                "flex h-10 items-center gap-1.5 border-b-2 px-3 -outline-offset-2",
                tab.key === current
                  ? "border-accent font-medium text-ink"
                  : "border-transparent text-ink-soft hover:border-line-strong hover:text-ink",
              )}
            >
              {tab.label}
              {tab.count ? <span className="text-small font-normal text-ink-faint">{tab.count}</span> : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export type Crumb = { label: string; href?: string }

/** The way here; the last crumb is this page and no link. */
export function Breadcrumbs({ crumbs, locale }: { crumbs: readonly Crumb[]; locale: Locale }) {
  return (
    <nav aria-label={kit[locale].breadcrumbs} className="mb-2 text-small">
      <ol className="flex flex-wrap items-center gap-x-1.5 text-ink-faint">
        {crumbs.map((crumb, order) => (
          <li key={crumb.label} className="flex min-w-0 items-center gap-1.5">
            {order > 0 ? <Icon name="right" size={10} className="shrink-0" /> : null}
            {crumb.href ? (
              <QuietLink href={crumb.href} className="py-0.5 text-ink-faint">
                {crumb.label}
              </QuietLink>
            ) : (
              <span aria-current="page" className="truncate">
                {crumb.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

type PagerProps = {
  locale: Locale
  previous?: string | null
  next?: string | null
  summary?: string
  label?: string
}

/**
 * Keyset pages: an address for each side, or none at an end. Nothing is shown when there is one page only. `label` names
 * it where a page has several.
 */
export function Pager({ locale, previous, next, summary, label }: PagerProps) {
  const t = kit[locale]
  if (!previous && !next && !summary) return null
  return (
    <nav
      aria-label={label ? `${t.pages}: ${label}` : t.pages}
      className="mt-4 flex items-center justify-between gap-3 text-small"
    >
      <span className="text-ink-faint">{summary}</span>
      <span className="flex gap-2">
        {previous ? (
          <ButtonLink size="small" href={previous} rel="prev" icon="left">
            {t.previous}
          </ButtonLink>
        ) : null}
        {next ? (
          <ButtonLink size="small" href={next} rel="next">
            {t.next}
            <Icon name="right" />
          </ButtonLink>
        ) : null}
      </span>
    </nav>
  )
}
