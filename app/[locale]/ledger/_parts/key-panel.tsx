import { rotationWords } from "#contracts/ledger/sentences/words.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { paths } from "../../../_lib/paths.ts"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Time } from "../../../_ui/values.tsx"
import type { KeyedLog } from "./key-history.tsx"

/** On a desk: the key that signs the log now, and since when; the one before first, then the others. */
export function KeyPanel({ log, locale }: { log: KeyedLog | null; locale: Locale }) {
  if (log === null) return null
  const t = ledger[locale].keys
  const to = paths(locale)
  return (
    <Panel title={t.title} actions={<Link href={to.ledger()}>{ledger[locale].title}</Link>}>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-3 text-small">
        <li>
          <Hash value={log.vkey} locale={locale} head={10} tail={6} />
          <p className="text-ink-soft">{t.current}</p>
        </li>
        {log.formerKeys.map(({ vkey, version, index, reason, until }) => (
          <li key={version}>
            <Hash value={vkey} locale={locale} head={10} tail={6} />
            <p className="text-ink-soft">{t.former(rotationWords[reason][locale])}</p>
            <p className="text-ink-faint">
              <Time time={until} locale={locale} /> ·{" "}
              <Link href={to.record(index)}>{ledger[locale].record(index)}</Link>
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
