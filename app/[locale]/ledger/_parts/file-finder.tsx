"use client"

import { useRouter } from "next/navigation"
import { type DragEvent, useEffect, useRef, useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { explorer } from "../../../_lib/messages/explorer.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { doors, paths } from "../../../_lib/paths.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"
import { classes } from "../../../_ui/classes.ts"
import { Icon } from "../../../_ui/icons.tsx"
import { Progress } from "../../../_ui/progress.tsx"
import { type Session, startTask } from "../../../_verify/session.ts"

type State =
  | { readonly at: "start" | "failed" }
  | { readonly at: "hashing"; readonly name: string; readonly share: number }

/**
 * Finds the records of a file that the reader has, dropped or chosen: its SHA-256 is computed in a worker on this
 * device, a part at a time, and only the hash is looked up.
 */
export function FileFinder({ locale }: { locale: Locale }) {
  const router = useRouter()
  const input = useRef<HTMLInputElement>(null)
  const session = useRef<Session<string> | null>(null)
  const [state, setState] = useState<State>({ at: "start" })
  const [over, setOver] = useState(false)
  const t = ledger[locale]
  const e = explorer[locale]
  useEffect(() => () => session.current?.cancel(), [])

  const find = async (file: File | undefined) => {
    if (!file || session.current) return
    setState({ at: "hashing", name: file.name, share: 0 })
    const running = startTask(
      () => new Worker(doors.verifierFile("worker.js")),
      "hash",
      { file },
      (share) => setState({ at: "hashing", name: file.name, share }),
    )
    session.current = running
    try {
      const hash = await running.outcome
      if (hash !== null) router.push(paths(locale).ledger({ file: hash }))
      setState({ at: "start" })
    } catch {
      setState({ at: "failed" })
    }
    session.current = null
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void find(event.dataTransfer.files[0])
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is the first.
    <div
      data-drop="file"
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={classes(
        "mt-3 grid gap-2 rounded-panel border border-dashed px-4 py-3",
        over ? "border-accent bg-accent-soft" : "border-line-strong/60 bg-sunken/50",
      )}
    >
      <input
        ref={input}
        type="file"
        aria-label={t.chooseFile}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          void find(event.target.files?.[0])
          event.target.value = ""
        }}
      />
      {state.at === "hashing" ? (
        <>
          <Progress
            label={<span className="wrap-anywhere">{e.hashing(state.name.slice(0, 120))}</span>}
            value={state.share}
            note={e.hashed(String(Math.floor(state.share * 100)))}
          />
          <div>
            <Button size="small" onClick={() => session.current?.cancel()}>
              {t.stop}
            </Button>
          </div>
        </>
      ) : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Icon name="file" size={18} className="shrink-0 text-ink-faint max-sm:hidden" />
          <p className="min-w-0 flex-1 basis-60 text-small text-ink-soft">{over ? e.dropHere : e.dropFile}</p>
          <Button size="small" onClick={() => input.current?.click()}>
            {t.chooseFile}
          </Button>
        </div>
      )}
      <noscript>
        <p className="text-small text-ink-faint">{e.dropNoScript}</p>
      </noscript>
      {state.at === "failed" ? <FormError>{t.hashingFailed}</FormError> : null}
    </div>
  )
}
