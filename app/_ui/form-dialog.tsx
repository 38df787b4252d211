"use client"

import { type FormEvent, type ReactNode, useEffect, useId, useRef } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import type { Action } from "../_lib/use-action.ts"
import { Button, type ButtonVariant } from "./button.tsx"
import { FormError } from "./choices.tsx"
import { type Definition, DefinitionList } from "./definition-list.tsx"
import { Dialog } from "./dialog.tsx"

type FormDialogProps<Input> = {
  locale: Locale
  title: string
  open: { label: string; variant?: ButtonVariant; why?: string | null }
  /** What follows from it, before anything is asked. */
  lead: ReactNode
  /** What it is about, where several such stand beside each other: who, how much, by which number. */
  about?: readonly Definition[] | undefined
  submit: { label: string; busy: string; variant?: ButtonVariant }
  action: Action<Input>
  /** What the fields say, or null when they cannot be sent; the form then says why itself. */
  read: (fields: FormData) => Input | null
  children?: ReactNode
}

/** A decision that is asked for once more, with what it needs to be told. A refusal is shown where it was made. */
export function FormDialog<Input>(props: FormDialogProps<Input>) {
  const { locale, title, open, lead, about, submit, action, read, children } = props
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const input = read(new FormData(event.currentTarget))
    if (input !== null) action.run(input)
  }
  return (
    <Dialog
      locale={locale}
      title={title}
      open={open}
      actions={() => (
        <Button
          type="submit"
          form={id}
          variant={submit.variant ?? "primary"}
          busy={action.pending && submit.busy}
        >
          {submit.label}
        </Button>
      )}
    >
      {(close) => (
        <>
          <div className="grid gap-2 text-ink-soft">{lead}</div>
          {about && about.length > 0 ? (
            <div className="rounded-control bg-sunken px-3 py-2.5">
              <DefinitionList compact items={about} />
            </div>
          ) : null}
          <form ref={form} id={id} onSubmit={send} className="grid gap-4 empty:hidden">
            {children}
            {action.failure ? (
              <FormError requestId={action.failure.requestId}>{action.failure.sentence}</FormError>
            ) : null}
          </form>
          <WhenDone
            action={action}
            done={() => {
              form.current?.reset()
              close()
            }}
          />
        </>
      )}
    </Dialog>
  )
}

/** Ends the question once it was answered: one that stays open is answered twice. */
function WhenDone<Input>({ action, done }: { action: Action<Input>; done: () => void }) {
  const { pending, failure } = action
  const ran = useRef(false)
  useEffect(() => {
    if (ran.current && !pending && failure === null) done()
    ran.current = pending
  }, [pending, failure, done])
  return null
}

/** What was typed in a field that may hold one line: without line breaks and doubled spaces. */
export const lineOf = (fields: FormData, name: string): string =>
  String(fields.get(name) ?? "")
    .replace(/\s+/g, " ")
    .trim()

/** What is about to be decided, and in whose name. */
export const Lead = ({ words }: { words: { lead: string; decided: string } }) => (
  <>
    <p>{words.lead}</p>
    <p className="text-small">{words.decided}</p>
  </>
)
