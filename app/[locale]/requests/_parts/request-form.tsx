"use client"

import { useRouter } from "next/navigation"
import { type FormEvent, type ReactNode, useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { type Currency, parseMoney } from "#contracts/money.ts"
import type { RequestInput } from "#contracts/request.ts"
import { failureAt } from "../../../_lib/failure.ts"
import { paths } from "../../../_lib/paths.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { Checkbox, Fieldset, FormError } from "../../../_ui/choices.tsx"
import { type Option, Select, TextArea, TextField } from "../../../_ui/fields.tsx"
import { lineOf } from "../../../_ui/form-dialog.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { readUse } from "../../../_use/read-use.ts"

type Words = Record<
  | "what"
  | "words"
  | "wordsHint"
  | "formats"
  | "formatsHint"
  | "domain"
  | "terms"
  | "cap"
  | "capHint"
  | "optional"
  | "currency"
  | "amountUnreadable"
  | "deadline"
  | "deadlineHint"
  | "deadlineUnreadable"
  | "noAction"
  | "post"
  | "posting",
  string
>

type FormProps = {
  locale: Locale
  words: Words
  currencies: readonly string[]
  formats: readonly Option[]
  domains: readonly Option[]
  days: { first: string; usual: string; last: string }
  /** The fields of the wanted use, made on the server. */
  children: ReactNode
}

type Problem = "cap" | "deadline" | "use"

/** When the day ends in the zone in which pages of this language tell time. */
const endOfDay: Record<Locale, (day: string) => string> = {
  zh: (day) => `${day}T23:59:59.999+08:00`,
  en: (day) => `${day}T23:59:59.999Z`,
}

/** What a buyer needs, asked on one page. It leads on to the request, which can be matched at once. */
export function RequestForm({ locale, words, currencies, formats, domains, days, children }: FormProps) {
  const router = useRouter()
  const [problem, setProblem] = useState<Problem | null>(null)
  const action = useAction(
    (input: RequestInput, commandId) => trpc.requests.post.mutate({ ...input, commandId }),
    (posted) => router.push(paths(locale).request((posted as { request: string }).request)),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const read = readRequest(new FormData(event.currentTarget), locale)
    setProblem(typeof read === "string" ? read : null)
    if (typeof read !== "string") action.run(read)
  }
  const { failure } = action
  const deadlineError = problem === "deadline" ? words.deadlineUnreadable : failureAt(failure, "deadline")
  return (
    <form onSubmit={submit} className="grid max-w-3xl gap-6">
      <Panel title={words.what}>
        <div className="grid gap-5">
          <TextArea
            label={words.words}
            hint={words.wordsHint}
            name="words"
            minLength={2}
            maxLength={500}
            rows={3}
            error={failureAt(failure, "words")}
          />
          <div className="grid gap-5 sm:grid-cols-2">
            <Select label={words.domain} name="domain" optional=" " options={domains} />
            <Fieldset legend={words.formats} hint={words.formatsHint}>
              <div className="flex flex-wrap gap-x-5">
                {formats.map(({ value, label }) => (
                  <Checkbox key={value} name="format" value={value} label={label} />
                ))}
              </div>
            </Fieldset>
          </div>
        </div>
      </Panel>
      {children}
      <Panel title={words.terms}>
        <div className="grid gap-5 sm:grid-cols-2">
          <div className="grid grid-cols-[minmax(0,1fr)_6rem] items-end gap-3">
            <TextField
              label={words.cap}
              hint={words.capHint}
              optional={words.optional}
              name="cap"
              inputMode="decimal"
              autoComplete="off"
              error={problem === "cap" ? words.amountUnreadable : null}
            />
            <Select
              label={words.currency}
              name="currency"
              options={currencies.map((value) => ({ value, label: value }))}
            />
          </div>
          <TextField
            label={words.deadline}
            hint={words.deadlineHint}
            name="deadline"
            type="date"
            min={days.first}
            max={days.last}
            defaultValue={days.usual}
            error={deadlineError}
          />
        </div>
      </Panel>
      {problem === "use" ? <FormError>{words.noAction}</FormError> : null}
      {failure && failure.at !== "deadline" && failure.at !== "words" ? (
        <FormError requestId={failure.requestId}>{failure.sentence}</FormError>
      ) : null}
      <div>
        <Button type="submit" variant="primary" size="large" busy={action.pending && words.posting}>
          {words.post}
        </Button>
      </div>
    </form>
  )
}

/** The request that was typed, or which part of it cannot be read. */
function readRequest(fields: FormData, locale: Locale): RequestInput | Problem {
  const use = readUse(fields)
  if (use === null) return "use"
  const typed = lineOf(fields, "cap")
  const cap = typed === "" ? null : parseMoney(typed, lineOf(fields, "currency") as Currency)
  if (typed !== "" && cap === null) return "cap"
  const deadline = new Date(endOfDay[locale](lineOf(fields, "deadline")))
  if (Number.isNaN(deadline.getTime())) return "deadline"
  return {
    words: lineOf(fields, "words"),
    locale,
    use,
    formats: fields.getAll("format").map(String) as RequestInput["formats"],
    domain: (lineOf(fields, "domain") || null) as RequestInput["domain"],
    cap,
    deadline: deadline.toISOString(),
  }
}
