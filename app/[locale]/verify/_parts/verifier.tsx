"use client"

import { useEffect, useRef, useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { formatShare } from "../../../_lib/format.ts"
import { verify } from "../../../_lib/messages/verify.ts"
import { doors } from "../../../_lib/paths.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"
import { TextArea } from "../../../_ui/fields.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Progress } from "../../../_ui/progress.tsx"
import { readKeptHeads } from "../../../_verify/kept-head.ts"
import { KeptHeads } from "../../../_verify/kept-standing.tsx"
import type { GivenFile } from "../../../_verify/protocol.ts"
import { FileDrop } from "./file-drop.tsx"
import { KeptComparison } from "./kept-comparison.tsx"
import { useVerification } from "./use-verification.ts"
import { VerdictPanel } from "./verdict-panel.tsx"

type Props = {
  locale: Locale
  /** The record whose certificate is offered to try; null while the log has none. */
  sample: number | null
  fetchAtOnce: boolean
  /** The key that this site shows now: for a first look only. */
  siteKey: string | null
}

/** Files in, a verdict out; what happens between happens in a worker on this device. */
export function Verifier({ locale, sample, fetchAtOnce, siteKey }: Props) {
  const t = verify[locale]
  const { verification, start, cancel, forget } = useVerification(doors.verifierFile("worker.js"))
  const [files, setFiles] = useState<readonly GivenFile[]>([])
  const [key, setKey] = useState("")
  const [kept, setKept] = useState("")
  const [fetchFailed, setFetchFailed] = useState(false)
  const fetched = useRef(false)

  const take = (given: readonly GivenFile[]) => {
    setFiles(given)
    setFetchFailed(false)
    forget()
  }
  const takeSample = async () => {
    if (sample === null) return
    const answer = await fetch(doors.certificateJson(sample)).catch(() => null)
    if (!answer?.ok) return setFetchFailed(true)
    take([{ path: `certificate-${sample}.json`, file: await answer.blob() }])
  }
  useEffect(() => {
    if (!fetchAtOnce || fetched.current) return
    fetched.current = true
    void takeSample()
  })

  const run = (tamper: number | null) => {
    const keptHeads = tamper === null ? readKeptHeads().map(({ note }) => note) : []
    void start({ files, key, kept, keptHeads, tamper })
  }
  const running = verification.state === "running"
  const why = files.length === 0 ? t.unusable.nothing : null
  return (
    <>
      <Panel title={t.step1}>
        <FileDrop locale={locale} files={files} onFiles={take}>
          {sample === null ? null : (
            <Button size="small" variant="quiet" onClick={() => void takeSample()}>
              {t.sample(sample)}
            </Button>
          )}
        </FileDrop>
        {fetchFailed ? <FormError>{t.sampleFailed}</FormError> : null}
      </Panel>
      <Panel title={t.step2}>
        <div className="grid gap-4">
          <p className="text-ink-soft">{t.step2Lead}</p>
          <div className="grid gap-1.5">
            <TextArea
              label={t.key}
              hint={t.keyHint}
              optional={t.optional}
              placeholder={t.keyPlaceholder}
              rows={2}
              spellCheck={false}
              autoComplete="off"
              value={key}
              onChange={(event) => setKey(event.target.value)}
            />
            {siteKey === null ? null : (
              <p className="flex flex-wrap items-center gap-x-2 text-small text-ink-faint">
                <Button size="small" variant="quiet" onClick={() => setKey(siteKey)}>
                  {t.siteKey}
                </Button>
                {t.siteKeyHint}
              </p>
            )}
          </div>
          <details>
            <summary className="w-fit py-1 font-medium text-accent">{t.kept}</summary>
            <div className="mt-2">
              <TextArea
                label={t.keptLabel}
                hint={t.keptHint}
                optional={t.optional}
                rows={4}
                spellCheck={false}
                autoComplete="off"
                value={kept}
                onChange={(event) => setKept(event.target.value)}
              />
            </div>
          </details>
          {running ? null : <KeptHeads key={verification.state} locale={locale} />}
        </div>
      </Panel>
      {running ? (
        <Panel>
          <div className="grid gap-3">
            <Progress
              label={verification.copy ? t.workingCopy : t.working}
              value={verification.share}
              note={t.percent(formatShare(verification.share, locale))}
            />
            <div>
              <Button onClick={cancel}>{t.cancel}</Button>
            </div>
          </div>
        </Panel>
      ) : (
        <div className="grid gap-2">
          <div className="flex flex-wrap items-center gap-2">
            <Button variant="primary" size="large" icon="check" why={why} onClick={() => run(null)}>
              {t.start}
            </Button>
            {why ? null : (
              <Button size="large" icon="warning" onClick={() => run(Math.random())}>
                {t.tamper}
              </Button>
            )}
          </div>
          {why ? null : <p className="text-small text-ink-faint">{t.tamperHint}</p>}
        </div>
      )}
      <div aria-live="polite" className="grid gap-4 empty:hidden">
        {verification.state === "cancelled" ? <p>{t.cancelled}</p> : null}
        {verification.state === "crashed" ? <FormError>{t.crashed}</FormError> : null}
        {verification.state === "done" ? (
          <>
            <KeptComparison outcome={verification.outcome} locale={locale} />
            <VerdictPanel outcome={verification.outcome} locale={locale} />
          </>
        ) : null}
      </div>
    </>
  )
}
