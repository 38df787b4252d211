import type { ReactNode } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { labelWords, type Label as TermLabel } from "#contracts/rights/labels.ts"
import { kit } from "../_lib/messages/kit.ts"
import { classes } from "./classes.ts"
import { Hint } from "./hint.tsx"
import { Icon, type IconName } from "./icons.tsx"

/** `conditions` hold for this one term; they stand under it. */
export type RightsTerm = {
  key: string
  text: ReactNode
  label: TermLabel
  conditions?: readonly { text: string; label: TermLabel }[]
}

type RightsProps = {
  locale: Locale
  may: readonly RightsTerm[]
  mayNot: readonly RightsTerm[]
  must: readonly RightsTerm[]
  /** The level of the three headings on the page. */
  level?: 2 | 3
}

const columns = [
  { key: "may", icon: "check", look: "text-good" },
  { key: "mayNot", icon: "cross", look: "text-bad" },
  { key: "must", icon: "scale", look: "text-accent" },
] as const satisfies readonly { key: "may" | "mayNot" | "must"; icon: IconName; look: string }[]

/** What may, may not and must be done with the data, each sentence with how far the platform can hold it. */
export function MayMayNotMust({ locale, level = 3, ...terms }: RightsProps) {
  const t = kit[locale]
  const Heading = level === 2 ? "h2" : "h3"
  return (
    <div className="grid gap-px overflow-hidden rounded-panel border border-line bg-line md:grid-cols-3">
      {columns.map(({ key, icon, look }) => (
        <section key={key} className="bg-surface px-4 py-3">
          <Heading className={classes("mb-2 flex items-center gap-1.5 font-semibold", look)}>
            <Icon name={icon} />
            {t[key]}
          </Heading>
          {terms[key].length === 0 ? <p className="text-ink-faint">{t.nothingHere}</p> : null}
          <ul className="grid gap-2">
            {terms[key].map((term) => (
              <li key={term.key}>
                <Term term={term} locale={locale} />
                {term.conditions?.length ? (
                  <ul className="mt-1 ml-1 grid gap-1 border-l border-line pl-3 text-small text-ink-soft">
                    {term.conditions.map((one) => (
                      <li key={one.text}>
                        <Term term={one} locale={locale} />
                      </li>
                    ))}
                  </ul>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Term({ term, locale }: { term: Pick<RightsTerm, "text" | "label">; locale: Locale }) {
  return (
    <div className="flex items-baseline justify-between gap-3">
      <span>{term.text}</span>
      <TermChip label={term.label} locale={locale} />
    </div>
  )
}

const labelIcons = { enforced: "lock", logged: "chain", legal: "file" } as const

function TermChip({ label, locale }: { label: TermLabel; locale: Locale }) {
  return (
    <Hint content={labelWords[label].meaning[locale]}>
      <span className="inline-flex items-center gap-1 text-micro whitespace-nowrap text-ink-faint">
        <Icon name={labelIcons[label]} size={11} />
        {labelWords[label][locale]}
      </span>
    </Hint>
  )
}

export type StripPart = { key: string; name: string; ok: boolean; sentence: ReactNode; href?: string }

/** The four states of a registration: source, rights, grade, cross-border. Green, or naming the missing paper. */
export function StateStrip({ parts, locale }: { parts: readonly StripPart[]; locale: Locale }) {
  const t = kit[locale]
  return (
    <ul className="grid gap-px overflow-hidden rounded-panel border border-line bg-line sm:grid-cols-2 xl:grid-cols-4">
      {parts.map((part) => (
        <li key={part.key} className="flex gap-2.5 bg-surface px-4 py-3">
          <span
            className={classes(
              "mt-0.5 grid size-5 shrink-0 place-items-center rounded-round",
              part.ok ? "bg-good-soft text-good" : "bg-warn-soft text-warn",
            )}
          >
            <Icon name={part.ok ? "check" : "warning"} size={12} className="shrink-0" />
          </span>
          <span className="min-w-0">
            <span className="font-semibold">{part.name}</span>
            <span className={classes("ml-2 text-small", part.ok ? "text-good" : "text-warn")}>
              {part.ok ? t.ok : t.missing}
            </span>
            <span className="block text-small text-ink-soft">
              {part.href ? (
                <a href={part.href} className="underline underline-offset-3">
                  {part.sentence}
                </a>
              ) : (
                part.sentence
              )}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
