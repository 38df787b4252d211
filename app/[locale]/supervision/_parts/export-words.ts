import { isId } from "#contracts/ids.ts"
import { filterKinds } from "#contracts/ledger/filter.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { ExportSubject } from "#contracts/supervision.ts"
import type { ExportRun } from "#server/ledger/export/run-store.ts"
import { formatCount } from "../../../_lib/format.ts"
import { formatTime } from "../../../_lib/format-time.ts"
import { exportWords } from "../../../_lib/messages/export-words.ts"
import type { Tone } from "../../../_ui/chip.tsx"

export const exportTone: Record<ExportRun["state"], Tone> = { waiting: "active", done: "good", failed: "bad" }

/** What it holds all records of, or the range as it was written, both ends told; as it was asked for while it is not. */
export function rangeWords({ record, order }: Pick<ExportRun, "record" | "order">, locale: Locale): string {
  const t = exportWords[locale]
  if (order.subject?.kind === "party" && order.subject.id === order.party) return t.ourTrades
  if (order.subject) return t.subjectText[order.subject.kind](order.subject.id.slice(-6))
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

export type ExportQuery = { before?: string; trade?: string; listing?: string; party?: string }

/** What a link to the page asks for at first: `?trade=trd_…`. */
export function chosenOf(query: ExportQuery): ExportSubject | null {
  for (const kind of filterKinds) {
    const id = query[kind]
    if (isId(kind, id)) return { kind, id }
  }
  return null
}
