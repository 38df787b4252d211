"use client"

import { type FormEvent, useRef, useState } from "react"
import { failureAt } from "../../../_lib/failure.ts"
import { paths } from "../../../_lib/paths.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"
import { Dialog } from "../../../_ui/dialog.tsx"
import { TextField } from "../../../_ui/fields.tsx"

type Words = { label: string; busy: string }

export function ChooseParty({ party, words }: { party: string; words: Words }) {
  const action = useAction((input: { party: string }) =>
    trpc.access.chooseParty.mutate({ party: input.party as never }),
  )
  return (
    <>
      <Button size="small" busy={action.pending && words.busy} onClick={() => action.run({ party })}>
        {words.label}
      </Button>
      <FormError requestId={action.failure?.requestId}>{action.failure?.sentence}</FormError>
    </>
  )
}

/** Ends one device's session. */
export function EndSession({ session, words, device }: { session: string; words: Words; device: string }) {
  const action = useAction((input: { session: string }) =>
    trpc.access.revokeSession.mutate({ session: input.session as never }),
  )
  return (
    <>
      <Button
        size="small"
        aria-label={`${words.label} ${device}`}
        busy={action.pending && words.busy}
        onClick={() => action.run({ session })}
      >
        {words.label}
      </Button>
      <FormError requestId={action.failure?.requestId}>{action.failure?.sentence}</FormError>
    </>
  )
}

export function SignOutEverywhere({ words }: { words: Words & { lead: string } }) {
  const locale = useLocale()
  const action = useAction(
    (_: null) => trpc.access.signOutEverywhere.mutate(),
    () => globalThis.location.assign(paths(locale).signIn()),
  )
  return (
    <>
      <Dialog
        locale={locale}
        title={words.label}
        open={{ label: words.label, variant: "danger", size: "small" }}
        actions={() => (
          <Button variant="danger" busy={action.pending && words.busy} onClick={() => action.run(null)}>
            {words.label}
          </Button>
        )}
      >
        <p>{words.lead}</p>
      </Dialog>
      <FormError requestId={action.failure?.requestId}>{action.failure?.sentence}</FormError>
    </>
  )
}

type PasswordWords = Words & { current: string; next: string; nextHint: string; done: string; wrong: string }

export function ChangePassword({ words, email }: { words: PasswordWords; email: string }) {
  const form = useRef<HTMLFormElement>(null)
  const [done, setDone] = useState(false)
  const action = useAction(
    (input: { current: string; next: string }) => trpc.access.changePassword.mutate(input),
    () => {
      form.current?.reset()
      setDone(true)
    },
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setDone(false)
    const data = new FormData(event.currentTarget)
    action.run({ current: String(data.get("current")), next: String(data.get("next")) })
  }
  const { failure } = action
  const wrong = failure?.code === "bad_credentials" ? words.wrong : null
  const weak = failureAt(failure, "next")
  return (
    <form ref={form} onSubmit={submit} className="grid max-w-md gap-4">
      {/* Password managers need to know whose password it is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <TextField
        label={words.current}
        name="current"
        type="password"
        autoComplete="current-password"
        maxLength={1000}
        error={wrong}
      />
      <TextField
        label={words.next}
        hint={words.nextHint}
        name="next"
        type="password"
        autoComplete="new-password"
        minLength={10}
        maxLength={1000}
        error={weak}
      />
      {failure && !wrong && !weak ? (
        <FormError requestId={failure.requestId}>{failure.sentence}</FormError>
      ) : null}
      <p role="status" className="text-good empty:hidden">
        {done && !failure ? words.done : ""}
      </p>
      <div>
        <Button type="submit" busy={action.pending && words.busy}>
          {words.label}
        </Button>
      </div>
    </form>
  )
}
