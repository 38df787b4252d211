"use client"

import { type FormEvent, useId, useState } from "react"
import type { PartyRole } from "#contracts/actor.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { openRoles, type Party, type RegisterParty } from "#contracts/party.ts"
import { type Failure, failureAt } from "../../../../_lib/failure.ts"
import { paths } from "../../../../_lib/paths.ts"
import { trpc } from "../../../../_lib/trpc-client.ts"
import { useAction } from "../../../../_lib/use-action.ts"
import { Button } from "../../../../_ui/button.tsx"
import { Checkbox, Fieldset, FormError } from "../../../../_ui/choices.tsx"
import { Dialog } from "../../../../_ui/dialog.tsx"
import { type Option, TextField } from "../../../../_ui/fields.tsx"
import { IdentityFields, type IdentityWords, readIdentity } from "./identity-fields.tsx"

type Words = { label: string; busy: string }
type Identity = Omit<RegisterParty, "commandId" | "roles">

const fields = ["name", "country", "identifier", "authorisedPerson"]

/** What stands at no field of the form stands under it. */
function Rest({ failure, at = fields }: { failure: Failure | null; at?: readonly string[] }) {
  if (failure === null || at.includes(failure.at ?? "")) return null
  return <FormError requestId={failure.requestId}>{failure.sentence}</FormError>
}

type RegisterWords = IdentityWords &
  Words & {
    roles: string
    rolesHint: string
    eachRole: readonly { value: string; label: string; hint: string }[]
  }

/** Registers a party and goes on as acting for it. */
export function RegisterForm({
  locale,
  words,
  countries,
}: {
  locale: Locale
  words: RegisterWords
  countries: readonly Option[]
}) {
  const action = useAction(
    async (input: Identity & { roles: PartyRole[] }, commandId) => {
      const made = await trpc.parties.register.mutate({ ...input, commandId } as RegisterParty)
      await trpc.access.chooseParty.mutate({ party: (made as { party: string }).party as never })
    },
    () => globalThis.location.assign(paths(locale).ownParty()),
  )
  const [roles, setRoles] = useState<readonly string[]>([])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const identity = readIdentity(new FormData(event.currentTarget), locale, null)
    if (identity) action.run({ ...identity, roles: openRoles.filter((role) => roles.includes(role)) })
  }
  return (
    <form onSubmit={submit} className="grid gap-5">
      <IdentityFields
        locale={locale}
        words={words}
        countries={countries}
        value={null}
        failure={action.failure}
      />
      <Fieldset legend={words.roles} hint={words.rolesHint} error={failureAt(action.failure, "roles")}>
        {words.eachRole.map(({ value, label, hint }) => (
          <Checkbox
            key={value}
            label={label}
            hint={hint}
            checked={roles.includes(value)}
            required={roles.length === 0}
            onChange={(event) =>
              setRoles((now) => (event.target.checked ? [...now, value] : now.filter((one) => one !== value)))
            }
          />
        ))}
      </Fieldset>
      <Rest failure={action.failure} at={[...fields, "roles"]} />
      <div>
        <Button type="submit" variant="primary" size="large" busy={action.pending && words.busy}>
          {words.label}
        </Button>
      </div>
    </form>
  )
}

/** Puts right who the party is, before it is submitted. */
export function CorrectForm(props: {
  locale: Locale
  words: IdentityWords & Words & { title: string; open: string }
  countries: readonly Option[]
  party: Pick<Party, "name" | "country" | "identifier" | "authorisedPerson">
  why: string | null
}) {
  const { locale, words, countries, party, why } = props
  const form = useId()
  const [shut, setShut] = useState<(() => void) | null>(null)
  const action = useAction(
    (input: Identity, commandId) => trpc.parties.correct.mutate({ ...input, commandId } as never),
    () => shut?.(),
  )
  const submit = (event: FormEvent<HTMLFormElement>, close: () => void) => {
    event.preventDefault()
    setShut(() => close)
    const identity = readIdentity(new FormData(event.currentTarget), locale, party.name)
    if (identity) action.run(identity)
  }
  return (
    <Dialog
      locale={locale}
      title={words.title}
      open={{ label: words.open, size: "small", why }}
      actions={() => (
        <Button type="submit" form={form} variant="primary" busy={action.pending && words.busy}>
          {words.label}
        </Button>
      )}
    >
      {(close) => (
        <form id={form} onSubmit={(event) => submit(event, close)} className="grid gap-4">
          <IdentityFields
            locale={locale}
            words={words}
            countries={countries}
            value={party}
            failure={action.failure}
          />
          <Rest failure={action.failure} />
        </form>
      )}
    </Dialog>
  )
}

export function SubmitParty({ words, why }: { words: Words; why: string | null }) {
  const action = useAction((_: null, commandId) => trpc.parties.submit.mutate({ commandId }))
  return (
    <>
      <Button
        variant="primary"
        why={why}
        busy={action.pending && words.busy}
        onClick={() => action.run(null)}
      >
        {words.label}
      </Button>
      <Rest failure={action.failure} at={[]} />
    </>
  )
}

/** Leads to the payment provider's own page. */
export function OpenPayee({ words, why }: { words: Words; why: string | null }) {
  const action = useAction(
    (_: null) => trpc.parties.onboardPayee.mutate(),
    ({ url }) => globalThis.location.assign(url),
  )
  return (
    <>
      <Button why={why} busy={action.pending && words.busy} onClick={() => action.run(null)}>
        {words.label}
      </Button>
      <Rest failure={action.failure} at={[]} />
    </>
  )
}

export function BankForm(props: {
  words: Words & { field: string; hint: string; optional: string; done: string }
  value: string | null
  why: string | null
}) {
  const { words, value, why } = props
  const [done, setDone] = useState(false)
  const action = useAction(
    (input: { bankAccount: string | null }, commandId) =>
      trpc.parties.updatePayee.mutate({ ...input, commandId }),
    () => setDone(true),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setDone(false)
    const text = String(new FormData(event.currentTarget).get("bankAccount") ?? "").trim()
    action.run({ bankAccount: text === "" ? null : text })
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <TextField
        label={words.field}
        hint={words.hint}
        optional={words.optional}
        name="bankAccount"
        autoComplete="off"
        maxLength={200}
        defaultValue={value ?? ""}
        disabled={why !== null}
        error={failureAt(action.failure, "bankAccount")}
      />
      <Rest failure={action.failure} at={["bankAccount"]} />
      <div className="flex items-center gap-3">
        <Button type="submit" why={why} busy={action.pending && words.busy}>
          {words.label}
        </Button>
        <span role="status" className="text-small text-good">
          {done && !action.failure ? words.done : ""}
        </span>
      </div>
    </form>
  )
}
