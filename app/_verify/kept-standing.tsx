"use client"

import { useEffect, useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { formatTime } from "../_lib/format-time.ts"
import { recordCheck } from "../_lib/messages/record-check.ts"
import { Button } from "../_ui/button.tsx"
import { CodeBlock } from "../_ui/code-block.tsx"
import { Callout } from "../_ui/states.tsx"
import { forgetHead, type KeptHead, notedHead, readKeptHeads } from "./kept-head.ts"
import type { Standing } from "./standing.ts"

type Props = {
  standing: Standing
  locale: Locale
  /** Asks this site for the proof that is missing. */
  onCompare?: () => void
}

/** How what was verified stands to the checkpoint that this browser kept: a sentence, or an alarm with both. */
export function KeptStanding({ standing, locale, onCompare }: Props) {
  const t = recordCheck[locale]
  if (standing.state === "contradicts") return <Contradiction standing={standing} locale={locale} />
  return (
    <div className="grid justify-items-start gap-2" data-standing={standing.state}>
      <p>{sentenceOf(standing, locale)}</p>
      {standing.state === "unasked" && onCompare ? (
        <Button size="small" onClick={onCompare}>
          {t.compareHead}
        </Button>
      ) : null}
    </div>
  )
}

type Compared = Exclude<Standing, { state: "first" }>

function Contradiction({ standing: { note, kept }, locale }: { standing: Compared; locale: Locale }) {
  const t = recordCheck[locale]
  const [before, now] = [notedHead(kept.note), notedHead(note)]
  return (
    <div data-standing="contradicts">
      <Callout tone="bad" title={t.headContradicts}>
        <div className="mt-1 grid gap-3">
          <p>{t.headContradictsLead(before.size, now.size, formatTime(kept.since, locale))}</p>
          <CodeBlock locale={locale} title={t.keptNote} wrap code={kept.note} />
          <CodeBlock locale={locale} title={t.shownNote} wrap code={note} />
          <KeptHeads locale={locale} only={before.origin} />
        </div>
      </Callout>
    </div>
  )
}

function sentenceOf(standing: Standing, locale: Locale): string {
  const t = recordCheck[locale]
  const { size } = notedHead(standing.note)
  if (standing.state === "first") return t.headFirst(size)
  const { size: before } = notedHead(standing.kept.note)
  const since = formatTime(standing.kept.since, locale)
  if (standing.state === "same") return t.headSame(size, since)
  if (standing.state === "grown") return t.headGrown(before, size, since)
  if (standing.state === "older") return t.headOlder(size, before, since)
  return standing.state === "unasked" ? t.headUnasked(before, since) : t.headUnreachable(before, since)
}

/** The checkpoints that this browser keeps, each with a way to forget it; nothing where it keeps none. */
export function KeptHeads({ locale, only }: { locale: Locale; only?: string }) {
  const t = recordCheck[locale]
  const [heads, setHeads] = useState<readonly KeptHead[]>([])
  useEffect(() => setHeads(readKeptHeads()), [])
  const shown = heads.filter(({ note }) => only === undefined || notedHead(note).origin === only)
  const forget = (origin: string) => {
    forgetHead(origin)
    setHeads(readKeptHeads())
  }
  if (shown.length === 0) return null
  return (
    <ul className="grid gap-1 text-small text-ink-soft">
      {shown.map(({ note, since }) => {
        const { origin, size } = notedHead(note)
        return (
          <li key={origin} className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span>
              {t.headKept(size, formatTime(since, locale))}
              {only === undefined ? <code className="block font-mono wrap-anywhere">{origin}</code> : null}
            </span>
            <Button size="small" variant="quiet" onClick={() => forget(origin)}>
              {t.forgetHead}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
