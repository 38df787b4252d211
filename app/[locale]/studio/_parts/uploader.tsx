"use client"

import { useId, useState } from "react"
import type { Id } from "#contracts/ids.ts"
import { formatBytes } from "../../../_lib/format.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"
import { classes } from "../../../_ui/classes.ts"
import { Icon } from "../../../_ui/icons.tsx"
import { Progress } from "../../../_ui/progress.tsx"
import { useUpload } from "./use-upload.ts"

export type UploadWords = Record<
  "choose" | "formats" | "uploading" | "cancel" | "cancelling" | "broken" | "resume" | "retrying" | "of",
  string
> & { other?: string }

const accept = ".csv,.tsv,.txt,.json,.jsonl,.ndjson,.parquet"

/** Takes a file by choice or by drop and sends it at once, with progress, cancel and a way on after a break. */
export function Uploader(props: {
  words: UploadWords
  dataset: string | null
  /** An open upload to go on with: only the same file fits. */
  open?: { upload: string; product: string; name: string; total: number }
}) {
  const { words, dataset, open } = props
  const locale = useLocale()
  const upload = useUpload()
  const [other, setOther] = useState(false)
  const { state } = upload
  const take = (file: File) => {
    const differs = open !== undefined && (file.name !== open.name || file.size !== open.total)
    setOther(differs)
    if (differs) return
    if (open) upload.resume({ upload: open.upload as Id<"upload">, product: open.product, file })
    else upload.start(file, dataset)
  }
  if (state.step === "cancelling") return <Progress label={words.cancelling} />
  if (state.step === "sending" || state.step === "broken") {
    const size = (bytes: number) => formatBytes(bytes, locale)
    return (
      <div className="grid gap-3">
        <Progress
          label={words.uploading.replace("{name}", state.name)}
          value={state.sent}
          max={Math.max(1, state.total)}
          note={words.of.replace("{sent}", size(state.sent)).replace("{total}", size(state.total))}
        />
        {state.step === "broken" ? <FormError>{words.broken}</FormError> : null}
        {state.step === "sending" && state.waiting ? (
          <p role="status" className="text-small text-warn">
            {words.retrying}
          </p>
        ) : null}
        <div className="flex gap-2">
          {state.step === "broken" ? (
            <Button variant="primary" onClick={() => upload.resume(null)}>
              {words.resume}
            </Button>
          ) : null}
          <Button onClick={upload.cancel}>{words.cancel}</Button>
        </div>
      </div>
    )
  }
  return (
    <div className="grid gap-3">
      <DropZone words={words} onFile={take} />
      {other ? <FormError>{words.other}</FormError> : null}
      {state.failure ? (
        <FormError requestId={state.failure.requestId}>{state.failure.sentence}</FormError>
      ) : null}
    </div>
  )
}

function DropZone({ words, onFile }: { words: UploadWords; onFile: (file: File) => void }) {
  const id = useId()
  const [over, setOver] = useState(false)
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const file = event.dataTransfer.files[0]
        if (file) onFile(file)
      }}
      className={classes(
        "grid cursor-pointer justify-items-center gap-2 rounded-panel border border-dashed px-6 py-12 text-center has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
        over ? "border-accent bg-accent-soft" : "border-line-strong hover:bg-sunken",
      )}
    >
      <Icon name="upload" size={28} className="text-ink-faint" />
      <span className="text-lead font-semibold">{words.choose}</span>
      <span id={`${id}-hint`} className="max-w-prose text-small text-ink-faint">
        {words.formats}
      </span>
      <input
        id={id}
        type="file"
        accept={accept}
        aria-describedby={`${id}-hint`}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ""
          if (file) onFile(file)
        }}
      />
    </label>
  )
}

/** Ends an upload that was left open. */
export function CancelUpload({ upload, words }: { upload: string; words: { label: string; busy: string } }) {
  const action = useAction((input: { upload: string }) =>
    trpc.products.cancelUpload.mutate({ upload: input.upload as never }),
  )
  return (
    <>
      <Button busy={action.pending && words.busy} onClick={() => action.run({ upload })}>
        {words.label}
      </Button>
      <FormError requestId={action.failure?.requestId}>{action.failure?.sentence}</FormError>
    </>
  )
}
