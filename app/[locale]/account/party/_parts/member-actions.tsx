"use client"

import { type FormEvent, useId, useRef } from "react"
import type { MemberRole } from "#contracts/actor.ts"
import { trpc } from "../../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../../_lib/use-action.ts"
import { Button } from "../../../../_ui/button.tsx"
import { FormError, RadioGroup } from "../../../../_ui/choices.tsx"
import { Dialog } from "../../../../_ui/dialog.tsx"
import { TextField } from "../../../../_ui/fields.tsx"

export type RoleChoices = readonly { value: MemberRole; label: string; hint: string }[]
type Words = { label: string; busy: string }

/** One dialog for a role: with an e-mail it adds a member, with a user it changes theirs. */
export function SeatDialog(props: {
  words: Words & { open: string; lead?: string; email: string; role: string; unknown: string }
  roles: RoleChoices
  member?: { user: string; role: MemberRole; name: string }
  why: string | null
}) {
  const { words, roles, member, why } = props
  const locale = useLocale()
  const form = useId()
  const shut = useRef<() => void>(() => {})
  const action = useAction(
    (input: { email: string; role: MemberRole }, commandId): Promise<unknown> =>
      member
        ? trpc.parties.changeMember.mutate({ commandId, user: member.user as never, role: input.role })
        : trpc.parties.addMember.mutate({ commandId, ...input }),
    () => shut.current(),
  )
  const submit = (event: FormEvent<HTMLFormElement>, close: () => void) => {
    event.preventDefault()
    shut.current = close
    const data = new FormData(event.currentTarget)
    action.run({ email: String(data.get("email") ?? ""), role: String(data.get("role")) as MemberRole })
  }
  const unknown = action.failure?.code === "not_found" && !member ? words.unknown : null
  return (
    <Dialog
      locale={locale}
      title={words.label}
      open={{ label: words.open, size: "small", why }}
      actions={() => (
        <Button type="submit" form={form} variant="primary" busy={action.pending && words.busy}>
          {words.label}
        </Button>
      )}
    >
      {(close) => (
        <form id={form} onSubmit={(event) => submit(event, close)} className="grid gap-4">
          {words.lead ? <p className="text-ink-soft">{words.lead}</p> : null}
          {member ? null : (
            <TextField
              label={words.email}
              name="email"
              type="email"
              autoComplete="off"
              maxLength={254}
              error={unknown}
            />
          )}
          <RadioGroup
            name="role"
            legend={words.role}
            choices={roles}
            defaultValue={member?.role ?? "requester"}
          />
          {action.failure && !unknown ? (
            <FormError requestId={action.failure.requestId}>{action.failure.sentence}</FormError>
          ) : null}
        </form>
      )}
    </Dialog>
  )
}

export function RemoveMember(props: { user: string; words: Words & { lead: string }; why: string | null }) {
  const { user, words, why } = props
  const locale = useLocale()
  const action = useAction((input: { user: string }, commandId) =>
    trpc.parties.removeMember.mutate({ commandId, user: input.user as never }),
  )
  return (
    <>
      <Dialog
        locale={locale}
        title={words.label}
        open={{ label: words.label, size: "small", variant: "quiet", why }}
        actions={(close) => (
          <Button
            variant="danger"
            busy={action.pending && words.busy}
            onClick={() => {
              action.run({ user })
              close()
            }}
          >
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
