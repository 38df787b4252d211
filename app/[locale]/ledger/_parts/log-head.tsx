import type { Locale } from "#contracts/localized-text.ts"
import { formatCount } from "../../../_lib/format.ts"
import { explorer } from "../../../_lib/messages/explorer.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { shell } from "../../../_lib/messages/shell.ts"
import { doors, paths } from "../../../_lib/paths.ts"
import { Hash } from "../../../_ui/hash.tsx"
import { Link, linkLook } from "../../../_ui/link.tsx"
import { Stat, Stats } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Time } from "../../../_ui/values.tsx"

type Overview = {
  log: { origin: string; vkey: string } | null
  head: { size: number; root: string; at: string } | null
  waiting: number
}

/** The newest signed head of the log, and the key that checks it. */
export function LogHead({ overview, locale }: { overview: Overview; locale: Locale }) {
  const t = ledger[locale]
  const { log, head, waiting } = overview
  if (log === null || head === null)
    return (
      <EmptyState icon="chain" title={t.noHead}>
        {t.noHeadLead}
      </EmptyState>
    )
  return (
    <div className="grid gap-2">
      <Stats>
        <Stat
          label={t.stats.records}
          value={<Link href={paths(locale).checkpoint(head.size)}>{formatCount(head.size, locale)}</Link>}
          note={t.stats.recordsNote(waiting)}
        />
        <Stat
          label={t.stats.root}
          value={<Hash value={head.root} locale={locale} />}
          note={t.stats.rootNote}
        />
        <Stat
          label={t.stats.signed}
          value={
            <span className="text-lead [&>time]:whitespace-normal">
              <Time time={head.at} locale={locale} precision="second" />
            </span>
          }
          note={t.stats.signedNote}
        />
        <Stat
          label={t.stats.key}
          value={<Hash value={log.vkey} locale={locale} head={10} tail={6} />}
          note={t.stats.keyNote}
        />
      </Stats>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-small text-ink-faint">
        <span>
          {t.log} <code className="font-mono wrap-anywhere">{log.origin}</code>
        </span>
        <Link href={paths(locale).checkpoints()}>{explorer[locale].allHeads}</Link>
        <a className={linkLook} href={doors.checkpoint}>
          {shell[locale].checkpoint}
        </a>
        <a className={linkLook} href={doors.verifierKey}>
          {shell[locale].verifierKey}
        </a>
      </p>
    </div>
  )
}
