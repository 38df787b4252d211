"use client"

import type { Failure } from "#contracts/ledger/failure.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { formatTime } from "../_lib/format-time.ts"
import { recordCheck } from "../_lib/messages/record-check.ts"
import { Button } from "../_ui/button.tsx"
import { Callout } from "../_ui/states.tsx"
import type { KeyInUse } from "./kept-key.ts"
import { KeptStanding } from "./kept-standing.tsx"
import type { HeadCheck, RecordCheck } from "./protocol.ts"
import type { Standing } from "./standing.ts"
import type { Found } from "./use-check.ts"

type Props = {
  found: Found
  keyUsed: KeyInUse
  standing: Standing | null
  locale: Locale
  /** Keeps the key that the site serves now, by the reader's decision. */
  onServedKey: (vkey: string) => void
}

/** What a check found: a changed key first, since then nothing else can be believed; then the verdict. */
export function Finding({ found, keyUsed, standing, locale, onServedKey }: Props) {
  const t = recordCheck[locale]
  const told = "head" in found ? tellHead(found.head, locale) : tellRecords(found.records, locale)
  const good = told.wrong.length === 0
  if (standing?.state === "contradicts")
    return (
      <div role="status" className="grid w-full gap-3 text-base" data-check="bad">
        <KeptStanding standing={standing} locale={locale} />
      </div>
    )
  return (
    <div role="status" className="grid w-full gap-3 text-base" data-check={good ? "good" : "bad"}>
      {keyUsed.served === null ? null : (
        <Callout
          tone="bad"
          title={t.otherKey}
          actions={
            <Button size="small" onClick={() => onServedKey(keyUsed.served ?? "")}>
              {t.takeServed}
            </Button>
          }
        >
          <p>{t.otherKeyLead(formatTime(keyUsed.since, locale))}</p>
          <KeyLine label={t.keptKey} vkey={keyUsed.vkey} />
          <KeyLine label={t.servedKey} vkey={keyUsed.served} />
        </Callout>
      )}
      <Callout
        tone={good ? (keyUsed.first ? "warn" : "good") : "bad"}
        title={good ? (keyUsed.first ? t.goodFirst : t.good) : t.bad}
      >
        {good ? (
          <p>{told.sentence}</p>
        ) : (
          <ul>
            {told.wrong.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        <p>{keySentence(keyUsed, locale)}</p>
        {keyUsed.turned ? <p>{t.keyTurned}</p> : null}
        {keyUsed.first ? <KeyLine label={t.servedKey} vkey={keyUsed.vkey} /> : null}
        {standing === null ? null : <KeptStanding standing={standing} locale={locale} />}
      </Callout>
    </div>
  )
}

function KeyLine({ label, vkey }: { label: string; vkey: string }) {
  return (
    <p className="mt-1 text-small">
      {label} <code className="font-mono wrap-anywhere">{vkey}</code>
    </p>
  )
}

/** Where the key came from that the check went by. */
export function keySentence({ since, from, first }: KeyInUse, locale: Locale): string {
  const t = recordCheck[locale]
  if (first) return t.keyFirst
  return t.keyFrom[from](formatTime(since, locale))
}

type Told = { readonly sentence: string; readonly wrong: readonly string[] }

function tellRecords(checks: readonly RecordCheck[], locale: Locale): Told {
  const t = recordCheck[locale]
  const size = Math.max(...checks.map((check) => check.size ?? 0))
  const values = checks.reduce((sum, { fits }) => sum + fits, 0)
  const [first] = checks
  const sentence =
    checks.length === 1 && first ? t.goodOne(first.index, size) : t.goodMany(checks.length, size)
  const wrong = checks.flatMap(({ index, failures, misfits, differs }) => {
    const why = [
      ...failures.map((one) => one[locale]),
      ...misfits.map(t.misfit),
      ...(differs ? [t.differs] : []),
    ]
    return why.length === 0 ? [] : [t.broken(index, why)]
  })
  return { sentence: values > 0 ? `${sentence} ${t.values(values)}` : sentence, wrong }
}

function tellHead({ size, from, failures }: HeadCheck, locale: Locale): Told {
  const t = recordCheck[locale]
  return {
    sentence: from === null ? t.goodHead(size) : t.goodGrowth(from, size),
    wrong: failures.map((one: Failure) => one[locale]),
  }
}
