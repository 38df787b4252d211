import type { ErasureState } from "#contracts/erasure.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { HeldBy } from "#contracts/retention.ts"
import type { NamedErasure } from "#server/erasure/store.ts"
import { formatTime } from "../_lib/format-time.ts"
import { erasure as words } from "../_lib/messages/erasure.ts"
import { paths } from "../_lib/paths.ts"
import { StatusChip, type Tone } from "../_ui/chip.tsx"
import { Link } from "../_ui/link.tsx"

const tones: Record<ErasureState, Tone> = {
  requested: "active",
  held: "warn",
  approved: "active",
  done: "good",
  refused: "neutral",
}

export function ErasureChip({ state, locale }: { state: ErasureState; locale: Locale }) {
  return <StatusChip tone={tones[state]}>{words[locale].states[state]}</StatusChip>
}

export const heldSentence = (by: HeldBy, until: string | null, locale: Locale): string => {
  const t = words[locale]
  return t.whenHeld(t.rules[by], until === null ? null : formatTime(until, locale))
}

/** Of what: an account, or a field of an organisation. */
export function whatErased({ kind, field }: Pick<NamedErasure, "kind" | "field">, locale: Locale): string {
  const t = words[locale]
  return kind === "account" || field === null ? t.kinds[kind] : t.fields[field]
}

/** Why it is where it is: the rule that holds it, the reason it was refused for, the record that erased it. */
export function ErasureWhy({ row, locale }: { row: NamedErasure; locale: Locale }) {
  const t = words[locale]
  if (row.state === "held" && row.heldBy) return heldSentence(row.heldBy, row.heldUntil, locale)
  if (row.refusal) return `${t.refusals[row.refusal.reason]} · ${row.refusal.note}`
  if (row.record !== null)
    return (
      <Link href={paths(locale).record(row.record)}>
        {t.record} {row.record}
      </Link>
    )
  return "—"
}
