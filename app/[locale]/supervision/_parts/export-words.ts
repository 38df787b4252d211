import type { Locale } from "#contracts/localized-text.ts"
import type { ExportRun } from "#server/ledger/export/run-store.ts"
import { formatCount } from "../../../_lib/format.ts"
import { formatTime } from "../../../_lib/format-time.ts"
import { supervision } from "../../../_lib/messages/supervision.ts"
import type { Tone } from "../../../_ui/chip.tsx"

export const exportTone: Record<ExportRun["state"], Tone> = { waiting: "active", done: "good", failed: "bad" }

/** The range as it was written, both ends told; as it was asked for while it is not. */
export function rangeWords({ record, order }: ExportRun, locale: Locale): string {
  const t = supervision[locale]
  if (record)
    return record.from === record.to
      ? t.rangeEmpty
      : t.rangeText(formatCount(record.from, locale), formatCount(record.to - 1, locale))
  const end = (text: string | null, none: string) =>
    text === null ? none : text.includes("-") ? formatTime(text, locale) : text
  return order.from === null && order.to === null
    ? t.ranges.all
    : t.rangeText(end(order.from, t.beginning), end(order.to, t.latest))
}
