"use client"

import { useRouter } from "next/navigation"
import { paths } from "../../../_lib/paths.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { type Option, Select, TextArea, TextField } from "../../../_ui/fields.tsx"
import { FormDialog, Lead, lineOf } from "../../../_ui/form-dialog.tsx"

/** The two answers to what waits for a review. Each says what follows before it is given. */
type Words = { label: string; busy: string; title: string; lead: string; decided: string }

const asked = (words: Words) => <Lead words={words} />

export function VerifyParty({
  party,
  version,
  words,
  methods,
}: {
  party: string
  version: number
  words: Words & { method: string; evidence: string; evidenceHint: string }
  methods: readonly Option[]
}) {
  const locale = useLocale()
  const action = useAction((input: { method: string; evidence: string }, commandId) =>
    trpc.parties.verify.mutate({
      method: input.method as never,
      evidence: input.evidence,
      party: party as never,
      version,
      commandId,
    }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={asked(words)}
      open={{ label: words.label, variant: "primary" }}
      submit={words}
      action={action}
      read={(fields) => ({ method: lineOf(fields, "method"), evidence: lineOf(fields, "evidence") })}
    >
      <Select label={words.method} name="method" options={methods} />
      <TextField label={words.evidence} hint={words.evidenceHint} name="evidence" maxLength={500} />
    </FormDialog>
  )
}

export function ApproveRegistration({ registration, words }: { registration: string; words: Words }) {
  const locale = useLocale()
  const action = useAction((input: { registration: string }, commandId) =>
    trpc.registrations.approve.mutate({ registration: input.registration as never, commandId }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={asked(words)}
      open={{ label: words.label, variant: "primary" }}
      submit={words}
      action={action}
      read={() => ({ registration })}
    />
  )
}

/** Sends a party or a registration back with a reason, and leads on to what waits next. */
export function SendBack({
  of,
  words,
  reasons,
}: {
  of: { party: string; version: number } | { registration: string }
  words: Words & { reason: string; note: string; noteHint: string }
  reasons: readonly Option[]
}) {
  const locale = useLocale()
  const router = useRouter()
  const action = useAction(
    (input: { reason: string; note: string }, commandId) => {
      const told = { reason: input.reason as never, note: input.note, commandId }
      return "party" in of
        ? trpc.parties.reject.mutate({ ...told, party: of.party as never, version: of.version })
        : trpc.registrations.reject.mutate({ ...told, registration: of.registration as never })
    },
    () => router.push(paths(locale).operatorQueue("party" in of ? "parties" : "registrations")),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={asked(words)}
      open={{ label: words.label }}
      submit={{ ...words, variant: "danger" }}
      action={action}
      read={(fields) => ({ reason: lineOf(fields, "reason"), note: lineOf(fields, "note") })}
    >
      <Select label={words.reason} name="reason" options={reasons} />
      <TextArea label={words.note} hint={words.noteHint} name="note" maxLength={1000} rows={3} />
    </FormDialog>
  )
}
