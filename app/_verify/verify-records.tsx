"use client"

import { useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { formatTime } from "../_lib/format-time.ts"
import { recordCheck } from "../_lib/messages/record-check.ts"
import { doors } from "../_lib/paths.ts"
import { Button } from "../_ui/button.tsx"
import { Callout } from "../_ui/states.tsx"
import { keptKey } from "./kept-key.ts"
import type { OpenedValue, RecordCheck } from "./record-check.ts"

export type CheckedRecord = { index: number; opened: readonly OpenedValue[] }

type State =
  | { at: "start" | "unreachable" }
  | { at: "working"; done: number }
  | { at: "found"; checks: RecordCheck[]; since: string }

/**
 * Fetches the certificates of records and checks them on this device against the key that this browser keeps. The
 * verifier itself is fetched with the first click.
 */
export function VerifyRecords({ records, locale }: { records: readonly CheckedRecord[]; locale: Locale }) {
  const [state, setState] = useState<State>({ at: "start" })
  const t = recordCheck[locale]
  const [only] = records

  const verify = async () => {
    setState({ at: "working", done: 0 })
    try {
      const [{ checkRecord }, served] = await Promise.all([
        import("./record-check.ts"),
        textOf(doors.verifierKey),
      ])
      const { vkey, since } = keptKey(served)
      const checks: RecordCheck[] = []
      for (const { index, opened } of records) {
        checks.push(checkRecord(index, await textOf(doors.proof(index)), vkey, opened))
        setState({ at: "working", done: checks.length })
      }
      setState({ at: "found", checks, since })
    } catch {
      setState({ at: "unreachable" })
    }
  }

  if (state.at === "found") return <Finding {...state} locale={locale} />
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
        onClick={verify}
      >
        {records.length > 1 ? t.many(records.length) : t.one}
      </Button>
      {state.at === "unreachable" ? <span className="text-bad">{t.unreachable}</span> : null}
    </span>
  )
}

async function textOf(door: string): Promise<string> {
  const answer = await fetch(door, { cache: "no-cache" })
  if (!answer.ok) throw new Error(`${door}: ${answer.status}`)
  return answer.text()
}

function Finding({ checks, since, locale }: { checks: RecordCheck[]; since: string; locale: Locale }) {
  const t = recordCheck[locale]
  const wrong = checks.filter(({ failures, misfits }) => failures.length + misfits.length > 0)
  const size = Math.max(...checks.map((check) => check.size ?? 0))
  const values = checks.reduce((sum, { fits }) => sum + fits, 0)
  const [first] = checks
  return (
    <div role="status" className="w-full text-base">
      {wrong.length > 0 ? (
        <Callout tone="bad" title={t.bad}>
          <ul>
            {wrong.map(({ index, failures, misfits }) => (
              <li key={index}>
                {t.broken(index, [...failures.map((one) => one[locale]), ...misfits.map(t.misfit)])}
              </li>
            ))}
          </ul>
        </Callout>
      ) : (
        <Callout tone="good" title={t.good}>
          {checks.length === 1 && first ? t.goodOne(first.index, size) : t.goodMany(checks.length, size)}{" "}
          {values > 0 ? `${t.values(values)} ` : ""}
          {t.key(formatTime(since, locale))}
        </Callout>
      )}
    </div>
  )
}
