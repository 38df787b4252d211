import { troubleSentence } from "#contracts/ledger/witness-trouble.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { Time as Instant } from "#contracts/time.ts"
import type { ShownWitness } from "#server/ledger/witnesses/queries.ts"
import { formatCount } from "../../../_lib/format.ts"
import { formatAgo } from "../../../_lib/format-time.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { paths } from "../../../_lib/paths.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { SectionHead } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Time } from "../../../_ui/values.tsx"

type Props = { witnesses: readonly ShownWitness[]; now: Instant; locale: Locale }

/** Who else watches this log, and what each has signed of the checkpoint above. */
export function WitnessTable({ witnesses, now, locale }: Props) {
  const t = ledger[locale].witnesses
  return (
    <section>
      <SectionHead title={t.title} />
      <p className="mb-3 max-w-3xl text-ink-soft">{witnesses.length === 0 ? t.none : t.lead}</p>
      {witnesses.length === 0 ? null : (
        <Table
          caption={t.title}
          rows={witnesses}
          rowKey={(row) => row.vkey}
          columns={[
            { key: "name", label: t.name, heading: true, cell: (row) => row.name },
            {
              key: "state",
              label: t.state,
              wrap: true,
              cell: (row) => <State witness={row} now={now} locale={locale} />,
            },
            {
              key: "last",
              label: t.last,
              cell: ({ last }) =>
                last === null ? (
                  "—"
                ) : (
                  <Link href={paths(locale).checkpoint(last)}>{formatCount(last, locale)}</Link>
                ),
            },
            {
              key: "key",
              label: t.key,
              wide: true,
              cell: (row) => <Hash value={row.vkey} locale={locale} head={10} tail={6} />,
            },
          ]}
        />
      )}
    </section>
  )
}

type StateProps = { witness: ShownWitness; now: Instant; locale: Locale }

function State({ witness: { cosignedAt, trouble }, now, locale }: StateProps) {
  const t = ledger[locale].witnesses
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {cosignedAt === null ? (
        <StatusChip tone={trouble === null ? "active" : "warn"}>{t.notYet}</StatusChip>
      ) : (
        <>
          <StatusChip tone="good">{t.cosigned}</StatusChip>
          <Time time={cosignedAt} locale={locale} precision="second" />
          <span className="text-small text-ink-faint">{formatAgo(cosignedAt, now, locale)}</span>
        </>
      )}
      {trouble === null ? null : (
        <span className="text-small text-ink-soft">{troubleSentence(trouble)[locale]}</span>
      )}
    </span>
  )
}
