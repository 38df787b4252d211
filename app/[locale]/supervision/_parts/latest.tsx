import type { Locale } from "#contracts/localized-text.ts"
import type { Freeze } from "#contracts/supervision.ts"
import type { ExportRun } from "#server/ledger/export/run-store.ts"
import type { NamedFreeze } from "#server/supervision/queries.ts"
import { exportWords } from "../../../_lib/messages/export-words.ts"
import { freezeWords } from "../../../_lib/messages/freeze-words.ts"
import { supervision } from "../../../_lib/messages/supervision.ts"
import { paths } from "../../../_lib/paths.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Text, Time } from "../../../_ui/values.tsx"
import { exportTone, rangeWords } from "./export-words.ts"

const shownHere = 5

/** The freezes that hold now, the newest first, beside the overview. */
export function LatestFreezes({ freezes, locale }: { freezes: readonly NamedFreeze[]; locale: Locale }) {
  const t = supervision[locale]
  const f = freezeWords[locale]
  const to = paths(locale)
  return (
    <Panel title={t.activeFreezes} actions={<Link href={to.freezes()}>{t.seeAll}</Link>}>
      {freezes.length === 0 ? <p className="text-small text-ink-faint">{t.noActiveFreezes}</p> : null}
      <ul className="grid gap-3">
        {freezes.slice(0, shownHere).map((freeze) => (
          <li key={freeze.id} className="text-small">
            <p className="flex items-baseline justify-between gap-3">
              <Link href={to.freeze(freeze.id)}>
                <Target freeze={freeze} locale={locale} />
              </Link>
              <span className="whitespace-nowrap text-ink-faint">{f.scopes[freeze.scope]}</span>
            </p>
            <p className="text-ink-soft">
              {f.reasons[freeze.reason]} · {freeze.document}
            </p>
            <p className="text-ink-faint">
              {f.expires} <Time time={freeze.expires} locale={locale} />
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

export function Target({
  freeze,
  locale,
}: {
  freeze: Pick<Freeze, "target"> & Pick<NamedFreeze, "name">
  locale: Locale
}) {
  return freeze.name ? (
    <Text text={freeze.name} locale={locale} />
  ) : (
    <Hash value={freeze.target} locale={locale} head={8} tail={6} bare />
  )
}

/** What this office took home last. */
export function LatestExports({ runs, locale }: { runs: readonly ExportRun[]; locale: Locale }) {
  const t = supervision[locale]
  const x = exportWords[locale]
  const to = paths(locale)
  return (
    <Panel title={t.latestExports} actions={<Link href={to.exports()}>{t.seeAll}</Link>}>
      {runs.length === 0 ? <p className="text-small text-ink-faint">{t.noExportsYet}</p> : null}
      <ul className="grid gap-3">
        {runs.slice(0, shownHere).map((run) => (
          <li key={run.id} className="text-small">
            <p className="flex items-baseline justify-between gap-3">
              <Link href={to.exportRun(run.id)}>{rangeWords(run, locale)}</Link>
              <StatusChip tone={exportTone[run.state]}>{x.exportStates[run.state]}</StatusChip>
            </p>
            <p className="text-ink-faint">
              <Time time={run.createdAt} locale={locale} />
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
