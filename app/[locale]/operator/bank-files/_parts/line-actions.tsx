"use client"

import { useRouter } from "next/navigation"
import { useState } from "react"
import { type AsideReason, asideReasons, type MatchTarget } from "#contracts/bank-file.ts"
import type { Id } from "#contracts/ids.ts"
import type { BankFileWords } from "../../../../_lib/messages/bank-files.ts"
import { trpc } from "../../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../../_lib/use-action.ts"
import { Select, TextField } from "../../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../../_ui/form-dialog.tsx"
import { Callout } from "../../../../_ui/states.tsx"

type Line = Id<"bankLine">

/** One click for all that was shown as matched, with what each was matched with. */
export function ConfirmMatched(props: {
  lines: readonly { line: Line; target: MatchTarget }[]
  words: { label: string; title: string; lead: string; decidedBy: string; busy: string }
  told: { done: readonly [one: string, many: string]; left: readonly [one: string, many: string] }
}) {
  const { lines, words, told } = props
  const locale = useLocale()
  const [answer, setAnswer] = useState<{ confirmed: number; left: readonly string[] } | null>(null)
  const action = useAction(
    (input: { lines: typeof lines }, commandId) =>
      trpc.bankFiles.confirm.mutate({ commandId, lines: [...input.lines] }),
    setAnswer,
  )
  const say = ([one, many]: readonly [string, string], count: number) =>
    count === 1 ? one : many.replace("{n}", String(count))
  return (
    <div className="grid gap-3">
      {lines.length === 0 ? null : (
        <div>
          <FormDialog
            locale={locale}
            title={words.title}
            lead={
              <>
                <p>{words.lead}</p>
                <p className="text-small">{words.decidedBy}</p>
              </>
            }
            open={{ label: words.label, variant: "primary" }}
            submit={words}
            action={action}
            read={() => ({ lines })}
          />
        </div>
      )}
      <div role="status">
        {answer === null ? null : (
          <Callout tone={answer.left.length === 0 ? "good" : "warn"} title={say(told.done, answer.confirmed)}>
            {answer.left.length === 0 ? null : (
              <>
                <p>{say(told.left, answer.left.length)}</p>
                <ul className="list-disc pl-5">
                  {[...new Set(answer.left)].map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ul>
              </>
            )}
          </Callout>
        )}
      </div>
    </div>
  )
}

type Asking = Pick<BankFileWords, "decidedBy">

/** What a person says a line is. */
export function MatchWith(props: {
  line: Line
  target: MatchTarget
  words: Asking & Pick<BankFileWords, "choose" | "chooseTitle" | "chooseLead" | "confirming">
}) {
  const { line, target, words } = props
  const locale = useLocale()
  const action = useAction((input: { target: MatchTarget }, commandId) =>
    trpc.bankFiles.matchByHand.mutate({ commandId, line, ...input }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.chooseTitle}
      lead={
        <>
          <p>{words.chooseLead}</p>
          <p className="text-small">{words.decidedBy}</p>
        </>
      }
      open={{ label: words.choose }}
      submit={{ label: words.choose, busy: words.confirming }}
      action={action}
      read={() => ({ target })}
    />
  )
}

export function SetAside(props: {
  line: Line
  /** Where to go when it is done. */
  back: string
  words: Pick<
    BankFileWords,
    "setAside" | "setAsideLead" | "setAsideBusy" | "reason" | "reasons" | "note" | "noteHint"
  >
}) {
  const { line, back, words } = props
  const locale = useLocale()
  const router = useRouter()
  const action = useAction(
    (input: { reason: AsideReason; note: string }, commandId) =>
      trpc.bankFiles.setAside.mutate({ commandId, line, ...input }),
    () => router.push(back),
  )
  const read = (fields: FormData) => {
    const reason = asideReasons.find((one) => one === lineOf(fields, "reason"))
    return reason ? { reason, note: lineOf(fields, "note") } : null
  }
  return (
    <FormDialog
      locale={locale}
      title={words.setAside}
      lead={<p>{words.setAsideLead}</p>}
      open={{ label: words.setAside }}
      submit={{ label: words.setAside, busy: words.setAsideBusy }}
      action={action}
      read={read}
    >
      <Select
        label={words.reason}
        name="reason"
        options={asideReasons.map((value) => ({ value, label: words.reasons[value] }))}
      />
      <TextField label={words.note} hint={words.noteHint} name="note" maxLength={300} autoComplete="off" />
    </FormDialog>
  )
}

export function TakeBack({
  line,
  words,
}: {
  line: Line
  words: Pick<BankFileWords, "takeBack" | "takeBackLead" | "takeBackBusy">
}) {
  const locale = useLocale()
  const action = useAction((_: object, commandId) => trpc.bankFiles.takeBack.mutate({ commandId, line }))
  return (
    <FormDialog
      locale={locale}
      title={words.takeBack}
      lead={<p>{words.takeBackLead}</p>}
      open={{ label: words.takeBack }}
      submit={{ label: words.takeBack, busy: words.takeBackBusy }}
      action={action}
      read={() => ({})}
    />
  )
}
