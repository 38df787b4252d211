"use client"

import { type DragEvent, type ReactNode, useRef, useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { verify } from "../../../_lib/messages/verify.ts"
import { Button } from "../../../_ui/button.tsx"
import { classes } from "../../../_ui/classes.ts"
import { Icon } from "../../../_ui/icons.tsx"
import { chosenFiles, droppedFiles, nameOf } from "../../../_verify/chosen-files.ts"
import type { GivenFile } from "../../../_verify/protocol.ts"

type Props = {
  locale: Locale
  files: readonly GivenFile[]
  /** Replaced files; never empty. */
  onFiles: (files: readonly GivenFile[]) => void
  children?: ReactNode
}

/** Where files come in: dropped, or chosen by one of two buttons, for a file and for a folder. */
export function FileDrop({ locale, files, onFiles, children }: Props) {
  const t = verify[locale]
  const [over, setOver] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const take = (given: readonly GivenFile[]) => {
    if (given.length > 0) onFiles(given)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void droppedFiles(event.dataTransfer.items).then(take)
  }
  const input = (ref: typeof file, label: string, isFolder: boolean) => (
    <input
      ref={ref}
      type="file"
      aria-label={label}
      className="sr-only"
      tabIndex={-1}
      {...(isFolder ? { webkitdirectory: "" } : { multiple: true })}
      onChange={(event) => {
        if (event.target.files) take(chosenFiles(event.target.files))
        event.target.value = ""
      }}
    />
  )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the buttons inside are the first.
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={classes(
        "grid justify-items-center gap-3 rounded-panel border border-dashed px-4 py-6 text-center",
        over ? "border-accent bg-accent-soft" : "border-line-strong/60 bg-sunken/50",
      )}
    >
      <Icon name={files.length > 0 ? "file" : "upload"} size={24} className="text-ink-faint" />
      <p className={files.length > 0 ? "font-medium wrap-anywhere" : "text-ink-soft"}>
        {files.length > 0 ? t.given(nameOf(files).slice(0, 200), files.length) : t.drop}
      </p>
      <p className="text-small text-ink-faint">{t.dropRotations}</p>
      <div className="flex flex-wrap justify-center gap-2">
        {input(file, t.chooseFile, false)}
        {input(folder, t.chooseFolder, true)}
        <Button size="small" icon="file" onClick={() => file.current?.click()}>
          {t.chooseFile}
        </Button>
        <Button size="small" onClick={() => folder.current?.click()}>
          {t.chooseFolder}
        </Button>
        {children}
      </div>
    </div>
  )
}
