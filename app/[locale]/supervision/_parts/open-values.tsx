"use client"

import { usePathname, useRouter } from "next/navigation"
import { useState } from "react"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Select } from "../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../_ui/form-dialog.tsx"

type Words = { label: string; busy: string; title: string; lead: string; purpose: string }

/** Opens what is confidential of a thing, for a purpose; the page is then shown under the opening's own address. */
export function OpenValues({
  subject,
  purposes,
  words,
}: {
  subject: string
  purposes: readonly { value: string; label: string }[]
  words: Words
}) {
  const locale = useLocale()
  const router = useRouter()
  const pathname = usePathname()
  const [opened, setOpened] = useState(false)
  const action = useAction(
    async (input: { purpose: string }, commandId) => {
      await trpc.supervision.open.mutate({ subject, purpose: input.purpose as never, commandId })
      return commandId
    },
    (opening) => {
      setOpened(true)
      router.replace(`${pathname}?opened=${opening}`, { scroll: false })
    },
  )
  if (opened) return null
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      open={{ label: words.label, variant: "primary" }}
      lead={<p>{words.lead}</p>}
      submit={{ label: words.label, busy: words.busy }}
      action={action}
      read={(fields) => ({ purpose: lineOf(fields, "purpose") })}
    >
      <Select label={words.purpose} name="purpose" options={purposes} />
    </FormDialog>
  )
}
