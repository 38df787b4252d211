"use client"

import { type FormEvent, useState } from "react"
import type { DocumentReference } from "#contracts/rights/document.ts"
import { Fieldset } from "../../../_ui/choices.tsx"
import { TextField } from "../../../_ui/fields.tsx"

export type PaperWords = Record<
  "paperTitle" | "paperIssuer" | "paperNumber" | "paperUrl" | "paperHint" | "optional",
  string
>

/** A paper's title, issuer and where to find it. Once one of them is written, title and number or address are needed. */
export function PaperFields(props: {
  legend: string
  name: string
  words: PaperWords
  value: DocumentReference | null
}) {
  const { legend, name, words, value } = props
  const [begun, setBegun] = useState(value !== null)
  const [linked, setLinked] = useState(value?.url != null)
  const look = (event: FormEvent<HTMLDivElement>) => {
    const fields = [...event.currentTarget.querySelectorAll("input")]
    setBegun(fields.some((field) => field.value.trim() !== ""))
    setLinked(fields.some((field) => field.type === "url" && field.value.trim() !== ""))
  }
  const optional = begun ? {} : { optional: words.optional }
  return (
    <Fieldset legend={legend} hint={words.paperHint}>
      <div className="grid gap-3 sm:grid-cols-2" onInput={look}>
        <TextField
          label={words.paperTitle}
          name={`${name}.title`}
          maxLength={200}
          defaultValue={value?.title ?? ""}
          {...optional}
        />
        <TextField
          label={words.paperIssuer}
          name={`${name}.issuer`}
          maxLength={200}
          defaultValue={value?.issuer ?? ""}
          optional={words.optional}
        />
        <TextField
          label={words.paperNumber}
          name={`${name}.number`}
          maxLength={100}
          defaultValue={value?.number ?? ""}
          {...(begun && !linked ? {} : { optional: words.optional })}
        />
        <TextField
          label={words.paperUrl}
          name={`${name}.url`}
          type="url"
          maxLength={2000}
          defaultValue={value?.url ?? ""}
          optional={words.optional}
        />
      </div>
    </Fieldset>
  )
}
