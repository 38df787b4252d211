"use client"

import { useRouter } from "next/navigation"
import { useState } from "react"
import { currencies } from "#contracts/money.ts"
import { readDoorError } from "../../../../_lib/failure.ts"
import type { BankFileWords } from "../../../../_lib/messages/bank-files.ts"
import { doors, paths } from "../../../../_lib/paths.ts"
import { useAction, useLocale } from "../../../../_lib/use-action.ts"
import { Select, TextField } from "../../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../../_ui/form-dialog.tsx"

type Words = Pick<
  BankFileWords,
  "upload" | "uploadTitle" | "uploadLead" | "uploading" | "file" | "noFile" | "currency"
>

/** Sends a statement as it is, and leads to its lines. */
export function UploadForm({ words }: { words: Words }) {
  const locale = useLocale()
  const router = useRouter()
  const [missing, setMissing] = useState(false)
  const action = useAction(
    async ({ file, currency }: { file: File; currency: string }) => {
      const headers = { "x-locale": locale, "Content-Type": "application/octet-stream" }
      const answer = await fetch(doors.bankFiles({ currency }), { method: "POST", headers, body: file })
      const text = await answer.text()
      if (!answer.ok) throw readDoorError(text)
      return JSON.parse(text) as { file: string; added: number }
    },
    ({ file, added }) =>
      router.push(paths(locale).bankFile(file, added === 0 ? { known: 1, show: "all" } : {})),
  )
  const read = (fields: FormData) => {
    const file = fields.get("file")
    const chosen = file instanceof File && file.name !== ""
    setMissing(!chosen)
    return chosen ? { file, currency: lineOf(fields, "currency") } : null
  }
  return (
    <FormDialog
      locale={locale}
      title={words.uploadTitle}
      lead={<p>{words.uploadLead}</p>}
      open={{ label: words.upload, variant: "primary" }}
      submit={{ label: words.upload, busy: words.uploading }}
      action={action}
      read={read}
    >
      <TextField
        label={words.file}
        name="file"
        type="file"
        accept=".csv,.txt,.xml,text/csv,text/xml,application/xml"
        required={false}
        error={missing ? words.noFile : null}
      />
      <Select
        label={words.currency}
        name="currency"
        defaultValue="CNY"
        options={Object.keys(currencies).map((value) => ({ value, label: value }))}
      />
    </FormDialog>
  )
}
