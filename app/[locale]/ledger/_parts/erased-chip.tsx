import type { Locale } from "#contracts/localized-text.ts"
import { formatTime } from "../../../_lib/format-time.ts"
import { erasure } from "../../../_lib/messages/erasure.ts"
import { paths } from "../../../_lib/paths.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Link } from "../../../_ui/link.tsx"

/** A confidential value that an erasure took: when, and by which record (null: it waits for its seal). */
export type ErasedValue = { readonly path: string; readonly at: string; readonly record: number | null }

export function ErasedChip({ value: { at, record }, locale }: { value: ErasedValue; locale: Locale }) {
  const t = erasure[locale]
  return (
    <>
      <StatusChip tone="neutral">{t.erasedOn(formatTime(at, locale))}</StatusChip>
      {record === null ? null : (
        <Link href={paths(locale).record(record)} className="text-small">
          {t.byRecord(record)}
        </Link>
      )}
    </>
  )
}
