import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import type { Freeze, FreezeState } from "#contracts/supervision.ts"
import { freezeWords } from "../../../_lib/messages/freeze-words.ts"
import { paths } from "../../../_lib/paths.ts"
import { StatusChip, type Tone } from "../../../_ui/chip.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Callout, EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Text, Time } from "../../../_ui/values.tsx"

export const freezeTone: Record<FreezeState, Tone> = { active: "warn", lifted: "good", expired: "neutral" }

type Named = Freeze & { name: LocalizedText | null }

/** Freezes: on what, why, on which document, until when. */
export function FreezesTable({
  freezes,
  which,
  locale,
}: {
  freezes: readonly Named[]
  which: "active" | "ended"
  locale: Locale
}) {
  const t = freezeWords[locale]
  const to = paths(locale)
  return (
    <Table
      caption={which === "active" ? t.activeList : t.endedList}
      rows={freezes}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t.noFreezes[which]}>{t.noFreezesLead[which]}</EmptyState>}
      columns={[
        {
          key: "target",
          label: t.freezeColumns.target,
          heading: true,
          wrap: true,
          cell: (row) => (
            <>
              <Link href={to.freeze(row.id)}>
                {row.name ? (
                  <Text text={row.name} locale={locale} />
                ) : (
                  <Hash value={row.target} locale={locale} head={8} tail={6} bare />
                )}
              </Link>
              <p className="text-small font-normal text-ink-faint sm:hidden">
                {t.scopes[row.scope]}
                <br />
                {t.expires} <Time time={row.expires} locale={locale} />
              </p>
            </>
          ),
        },
        { key: "scope", label: t.freezeColumns.scope, wide: true, cell: ({ scope }) => t.scopes[scope] },
        { key: "reason", label: t.freezeColumns.reason, wide: true, cell: ({ reason }) => t.reasons[reason] },
        { key: "document", label: t.freezeColumns.document, wide: true, cell: ({ document }) => document },
        {
          key: "imposed",
          label: t.freezeColumns.imposed,
          wide: true,
          cell: ({ imposedAt }) => <Time time={imposedAt} locale={locale} />,
        },
        {
          key: "expires",
          label: t.freezeColumns.expires,
          wide: true,
          cell: ({ expires }) => <Time time={expires} locale={locale} />,
        },
        {
          key: "state",
          label: t.freezeColumns.state,
          cell: ({ state }) => <StatusChip tone={freezeTone[state]}>{t.freezeStates[state]}</StatusChip>,
        },
      ]}
    />
  )
}

/** What holds a thing now, for its page. */
export function FrozenNow({ freezes, locale }: { freezes: readonly Freeze[]; locale: Locale }) {
  const t = freezeWords[locale]
  const to = paths(locale)
  if (freezes.length === 0) return null
  return (
    <Callout tone="warn" title={t.frozenNow}>
      <p>{t.frozenNowLead}</p>
      <ul className="mt-1 grid gap-1">
        {freezes.map((freeze) => (
          <li key={freeze.id}>
            <Link href={to.freeze(freeze.id)}>{freeze.document}</Link> · {t.scopes[freeze.scope]} ·{" "}
            {t.reasons[freeze.reason]} · {t.expires} <Time time={freeze.expires} locale={locale} />
          </li>
        ))}
      </ul>
    </Callout>
  )
}
