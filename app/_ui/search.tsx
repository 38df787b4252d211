import type { Locale } from "#contracts/localized-text.ts"
import { kit } from "../_lib/messages/kit.ts"
import { classes } from "./classes.ts"
import { Icon } from "./icons.tsx"
import { Link } from "./link.tsx"

type SearchBoxProps = {
  locale: Locale
  /** Where the question goes, as `?q=…`. */
  action: string
  label: string
  placeholder?: string
  defaultValue?: string
  name?: string
  size?: "small" | "large"
  /** Filters that stay as they are while the words change. */
  keep?: readonly { name: string; value: string }[]
}

/** One box, a plain GET form: it works without JavaScript and its answer has an address. */
export function SearchBox(props: SearchBoxProps) {
  const { locale, action, label, placeholder, defaultValue, name = "q", size = "small", keep = [] } = props
  const large = size === "large"
  return (
    <search>
      <form action={action} method="get" className="relative flex">
        {keep.map((field) => (
          <input key={`${field.name}=${field.value}`} type="hidden" name={field.name} value={field.value} />
        ))}
        <Icon
          name="search"
          size={large ? 18 : 15}
          className={classes(
            "pointer-events-none absolute text-ink-faint",
            large ? "top-4 left-4" : "top-2.5 left-3",
          )}
        />
        <input
          type="search"
          name={name}
          aria-label={label}
          placeholder={placeholder ?? label}
          defaultValue={defaultValue}
          className={classes(
            "min-w-0 grow rounded-control border border-line-strong bg-surface text-ink placeholder:text-ink-faint",
            large ? "h-12.5 pr-28 pl-11 text-lead shadow-panel" : "h-9 pr-3 pl-9 max-sm:text-lead",
          )}
        />
        <button
          type="submit"
          className={
            large
              ? "absolute top-1.5 right-1.5 h-9.5 rounded-control bg-accent px-5 font-medium text-on-accent hover:bg-accent-strong"
              : "sr-only"
          }
        >
          {kit[locale].search}
        </button>
      </form>
    </search>
  )
}

export type Facet = { key: string; label: string; href: string; count?: string; selected: boolean }

/** One group of filters as links: each is the address with it put on or taken off. */
export function FacetList({ title, facets }: { title: string; facets: readonly Facet[] }) {
  return (
    <section className="grid content-start gap-1">
      <h2 className="text-small font-semibold text-ink-soft">{title}</h2>
      <ul className="grid">
        {facets.map((facet) => (
          <li key={facet.key}>
            <Link
              href={facet.href}
              scroll={false}
              aria-current={facet.selected ? "true" : undefined}
              className={classes(
                "-mx-2 flex min-h-7 items-center gap-2 rounded-control px-2",
                facet.selected
                  ? "bg-accent-soft font-medium text-accent-strong"
                  : "text-ink-soft hover:bg-sunken hover:text-ink",
              )}
            >
              <span
                aria-hidden="true"
                className={classes(
                  "grid size-3.5 shrink-0 place-items-center rounded-[3px] border",
                  facet.selected ? "border-accent bg-accent text-on-accent" : "border-line-strong bg-surface",
                )}
              >
                {facet.selected ? <Icon name="check" size={10} className="shrink-0" /> : null}
              </span>
              <span className="min-w-0 grow truncate">{facet.label}</span>
              {facet.count ? (
                <span className="text-small font-normal text-ink-faint">{facet.count}</span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The filters in force, each with a way to take it off. */
export function ActiveFilters(props: {
  locale: Locale
  filters: readonly { key: string; label: string; href: string }[]
  clear: string
}) {
  if (props.filters.length === 0) return null
  const t = kit[props.locale]
  return (
    <ul className="flex flex-wrap items-center gap-1.5">
      {props.filters.map((filter) => (
        <li key={filter.key}>
          <Link
            href={filter.href}
            className="inline-flex h-7 items-center gap-1.5 rounded-control border border-line bg-surface px-2 text-small hover:border-line-strong"
          >
            {filter.label}
            <Icon name="cross" size={10} className="shrink-0 text-ink-faint" />
            <span className="sr-only">{t.clear}</span>
          </Link>
        </li>
      ))}
      <li>
        <Link
          href={props.clear}
          className="inline-flex h-7 items-center px-1 text-small text-ink-faint hover:text-ink"
        >
          {t.clear}
        </Link>
      </li>
    </ul>
  )
}
