"use client"

import type { Locale } from "#contracts/localized-text.ts"
import { verify } from "../../../_lib/messages/verify.ts"
import { FormError } from "../../../_ui/choices.tsx"
import { classes } from "../../../_ui/classes.ts"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Icon, type IconName } from "../../../_ui/icons.tsx"
import { Stat, Stats } from "../../../_ui/panel.tsx"
import type { Outcome } from "../../../_verify/protocol.ts"
import { type Told, tellOutcome } from "../../../_verify/verdict.ts"

const looks: Record<Told["verdict"], { icon: IconName; head: string; sign: string }> = {
  intact: { icon: "check", head: "bg-good-soft", sign: "bg-good text-canvas" },
  unauthenticated: { icon: "warning", head: "bg-warn-soft", sign: "bg-warn text-canvas" },
  broken: { icon: "cross", head: "bg-bad-soft", sign: "bg-bad text-canvas" },
}

/** The verdict: first the sentence, then why, then what does not fit, then what was looked at. */
export function VerdictPanel({ outcome, locale }: { outcome: Outcome; locale: Locale }) {
  if (outcome.kind === "unusable") return <FormError>{verify[locale].unusable[outcome.what]}</FormError>
  const told = tellOutcome(outcome, locale)
  const { icon, head, sign } = looks[told.verdict]
  return (
    <section
      data-verdict={told.verdict}
      aria-labelledby="verdict"
      className="min-w-0 overflow-hidden rounded-panel border border-line bg-surface shadow-panel"
    >
      <header className={classes("flex gap-4 px-4 py-4 sm:px-5", head)}>
        <span className={classes("mt-0.5 grid size-8 shrink-0 place-items-center rounded-round", sign)}>
          <Icon name={icon} size={18} className="shrink-0" />
        </span>
        <div className="min-w-0">
          <h2 id="verdict" className="text-title font-semibold">
            {told.title}
          </h2>
          {told.tampering ? <p className="mt-1 font-medium wrap-anywhere">{told.tampering}</p> : null}
          {told.sentences.map((sentence) => (
            <p key={sentence} className="mt-1 wrap-anywhere text-ink-soft">
              {sentence}
            </p>
          ))}
        </div>
      </header>
      <div className="grid gap-5 p-4 sm:p-5">
        <Failures told={told} locale={locale} />
        {told.counts.length === 0 ? null : (
          <Stats>
            {told.counts.map(({ name, value }) => (
              <Stat key={name} label={name} value={value} />
            ))}
          </Stats>
        )}
        <DefinitionList
          items={told.facts.map(({ name, value, mono }) => ({
            key: name,
            term: name,
            value: mono ? <code className="font-mono text-small">{value}</code> : value,
          }))}
        />
        <p className="text-small text-ink-faint">{told.exit}</p>
      </div>
    </section>
  )
}

const shown = 20

function Failures({ told, locale }: { told: Told; locale: Locale }) {
  const t = verify[locale]
  if (told.failures.length === 0) return null
  const more = told.failureCount - Math.min(shown, told.failures.length)
  return (
    <div>
      <h3 className="mb-2 font-semibold">{t.failures(told.failureCount)}</h3>
      <ul className="divide-y divide-line rounded-panel border border-line">
        {told.failures.slice(0, shown).map(({ where, sentence, code }, order) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and two failures may read alike.
            key={order}
            className="grid gap-x-4 gap-y-0.5 px-3 py-2 sm:grid-cols-[minmax(7rem,12rem)_minmax(0,1fr)]"
          >
            <span className="font-medium wrap-anywhere">{where}</span>
            <span className="wrap-anywhere text-ink-soft">
              {sentence} <code className="font-mono text-micro text-ink-faint">{code}</code>
            </span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="mt-2 text-small text-ink-faint">{t.more(more)}</p> : null}
    </div>
  )
}
