"use client"

import type { Locale } from "#contracts/localized-text.ts"
import { recordCheck } from "../_lib/messages/record-check.ts"
import { Button } from "../_ui/button.tsx"
import { Finding } from "./finding.tsx"
import { type CheckedRecord, useCheck } from "./use-check.ts"

export type { CheckedRecord } from "./use-check.ts"

/** A button beside records that checks them on this device; what it found takes its place. */
export function VerifyRecords({ records, locale }: { records: readonly CheckedRecord[]; locale: Locale }) {
  const { state, verify } = useCheck({ records })
  const t = recordCheck[locale]
  const [only] = records
  if (state.at === "found")
    return (
      <Finding
        found={state.found}
        keyUsed={state.key}
        standing={state.standing}
        locale={locale}
        onServedKey={(vkey) => void verify({ vkey, from: "site" })}
      />
    )
  const busy =
    records.length > 1 && state.at === "working" ? t.progress(state.done, records.length) : t.checking
  return (
    <span className="inline-flex flex-wrap items-center gap-2" aria-live="polite">
      <Button
        size="small"
        variant={records.length > 1 ? "secondary" : "quiet"}
        icon="check"
        busy={state.at === "working" && busy}
        aria-label={only && records.length === 1 ? `${t.one}: ${t.record(only.index)}` : undefined}
        onClick={() => void verify()}
      >
        {records.length > 1 ? t.many(records.length) : t.one}
      </Button>
      {state.at === "unreachable" ? <span className="text-bad">{t.unreachable}</span> : null}
      {state.at === "badKey" ? <span className="text-bad">{t.badKey}</span> : null}
    </span>
  )
}
