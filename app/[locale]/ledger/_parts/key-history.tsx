import type { RotationReason } from "#contracts/ledger/rotation-reason.ts"
import { rotationWords } from "#contracts/ledger/sentences/words.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { paths } from "../../../_lib/paths.ts"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { SectionHead } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Time } from "../../../_ui/values.tsx"

export type KeyedLog = {
  readonly vkey: string
  readonly formerKeys: readonly {
    readonly version: number
    readonly index: number
    readonly vkey: string
    readonly reason: RotationReason
    readonly until: string
  }[]
}

type Row = { readonly vkey: string; readonly former: KeyedLog["formerKeys"][number] | null }

/** The key that signs now and those before it: when each was given up, and why. Nothing while there was one only. */
export function KeyHistory({ log, locale }: { log: KeyedLog; locale: Locale }) {
  if (log.formerKeys.length === 0) return null
  const t = ledger[locale].keys
  const rows: Row[] = [
    { vkey: log.vkey, former: null },
    ...log.formerKeys.map((former) => ({ vkey: former.vkey, former })),
  ]
  return (
    <section id="keys">
      <SectionHead title={t.title} />
      <p className="mb-3 max-w-3xl text-ink-soft">{t.lead}</p>
      <Table
        caption={t.title}
        rows={rows}
        rowKey={(row) => row.vkey}
        columns={[
          {
            key: "key",
            label: t.key,
            heading: true,
            cell: (row) => <Hash value={row.vkey} locale={locale} head={10} tail={6} />,
          },
          {
            key: "state",
            label: t.state,
            wrap: true,
            cell: ({ former }) =>
              former === null ? (
                t.current
              ) : (
                <span className="flex flex-wrap gap-x-2">
                  {t.former(rotationWords[former.reason][locale])}
                  <span className="text-ink-faint">
                    <Time time={former.until} locale={locale} />
                  </span>
                </span>
              ),
          },
          {
            key: "record",
            label: t.record,
            wide: true,
            cell: ({ former }) =>
              former === null ? (
                ""
              ) : (
                <Link href={paths(locale).record(former.index)}>{ledger[locale].record(former.index)}</Link>
              ),
          },
        ]}
      />
    </section>
  )
}
