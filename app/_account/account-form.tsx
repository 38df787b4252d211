"use client"

import type { FormEvent } from "react"
import { trpc } from "../_lib/trpc-client.ts"
import { useAction } from "../_lib/use-action.ts"
import { Button } from "../_ui/button.tsx"
import { Checkbox, FormError } from "../_ui/choices.tsx"
import { TextField } from "../_ui/fields.tsx"

type Words = {
  submit: string
  working: string
  name: string
  email: string
  password: string
  hint: string
  remember: string
}
type Input = { name: string; email: string; password: string; remember: boolean }

/** Signs in or up, then goes on. The page is loaded anew, because everything on it depends on who reads it. */
export function AccountForm({
  kind,
  next,
  words,
}: {
  kind: "signIn" | "signUp"
  next: string
  words: Words
}) {
  const action = useAction<Input, unknown>(
    ({ name, email, password, remember }) =>
      kind === "signIn"
        ? trpc.access.signIn.mutate({ email, password, remember })
        : trpc.access.signUp.mutate({ name, email, password }),
    () => globalThis.location.assign(next),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (name: string) => String(data.get(name) ?? "")
    action.run({
      name: text("name"),
      email: text("email"),
      password: text("password"),
      remember: data.has("remember"),
    })
  }
  const up = kind === "signUp"
  return (
    <form onSubmit={submit} className="grid gap-4">
      {up ? <TextField label={words.name} name="name" autoComplete="name" required maxLength={80} /> : null}
      <TextField
        label={words.email}
        name="email"
        type="email"
        autoComplete="email"
        required
        maxLength={254}
      />
      <TextField
        label={words.password}
        hint={up ? words.hint : undefined}
        name="password"
        type="password"
        autoComplete={up ? "new-password" : "current-password"}
        required
        minLength={up ? 10 : undefined}
        maxLength={1000}
      />
      {up ? null : <Checkbox label={words.remember} name="remember" defaultChecked />}
      {action.failure ? (
        <FormError requestId={action.failure.requestId}>{action.failure.sentence}</FormError>
      ) : null}
      <Button type="submit" variant="primary" size="large" busy={action.pending && words.working}>
        {words.submit}
      </Button>
    </form>
  )
}
