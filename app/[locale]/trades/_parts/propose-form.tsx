"use client"

import { type FormEvent, type ReactNode, useRef, useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import type { RightsPolicy, WantedUse } from "#contracts/rights.ts"
import { paths } from "../../../_lib/paths.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"
import { lineOf } from "../../../_ui/form-dialog.tsx"
import { Callout } from "../../../_ui/states.tsx"
import { readUse } from "../../../_use/read-use.ts"

type Words = Record<"propose" | "proposing" | "permitted" | "denied" | "deniedNext" | "noAction", string>
/** What the policy says to a use; `sentence` names the rule that decided. */
export type Verdict = { permitted: boolean; sentence: string }

type FormProps = {
  locale: Locale
  listing: string
  plan: string
  policy: RightsPolicy
  /** Countries of both sides: a delivery across a border is itself a transfer abroad. */
  countries: { seller: string; buyer: string }
  now: string
  /** The verdict on what is ticked when the page arrives. */
  first: Verdict
  words: Words
  /** The fields, made on the server. */
  children: ReactNode
}

/** Asks what the data are for and says at once whether the rights allow it, by the very rule the server decides with. */
export function ProposeForm(props: FormProps) {
  const { locale, listing, plan, words } = props
  const [verdict, setVerdict] = useState<Verdict | null>(props.first)
  const asked = useRef(0)
  const action = useAction(
    (input: { use: WantedUse; locale: Locale; purchaseOrder?: string }, commandId) =>
      trpc.trades.propose.mutate({ ...input, listing: listing as never, plan: plan as never, commandId }),
    (made) => globalThis.location.assign(paths(locale).trade((made as { trade: string }).trade)),
  )
  const judge = async (form: HTMLFormElement) => {
    const turn = ++asked.current
    const use = readUse(new FormData(form))
    const found = use && (await judgeUse(props, use))
    if (turn === asked.current) setVerdict(found)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const use = readUse(fields)
    const order = lineOf(fields, "purchaseOrder")
    if (use)
      action.run({
        use,
        locale: fields.get("language") === "zh" ? "zh" : "en",
        ...(order === "" ? {} : { purchaseOrder: order }),
      })
  }
  return (
    <form onSubmit={submit} onChange={(event) => judge(event.currentTarget)} className="grid min-w-0 gap-6">
      {props.children}
      <div aria-live="polite">
        {verdict ? (
          <Callout
            tone={verdict.permitted ? "good" : "bad"}
            title={verdict.permitted ? words.permitted : words.denied}
          >
            {verdict.permitted ? null : `${verdict.sentence} ${words.deniedNext}`}
          </Callout>
        ) : (
          <Callout tone="warn" title={words.noAction} />
        )}
      </div>
      {action.failure ? (
        <FormError requestId={action.failure.requestId}>{action.failure.sentence}</FormError>
      ) : null}
      <div>
        <Button
          type="submit"
          variant="primary"
          size="large"
          why={verdict === null ? words.noAction : verdict.permitted ? null : verdict.sentence}
          busy={action.pending && words.proposing}
        >
          {words.propose}
        </Button>
      </div>
    </form>
  )
}

/** The rules come only when a choice is changed: they bring the whole vocabulary of rights. */
async function judgeUse({ policy, countries, now, locale }: FormProps, use: WantedUse): Promise<Verdict> {
  const [{ acrossBorder, evaluate }, { explain }] = await Promise.all([
    import("#contracts/rights/evaluate.ts"),
    import("#contracts/rights/sentences.ts"),
  ])
  const found = evaluate(policy, acrossBorder(use, countries.seller, countries.buyer), now)
  return { permitted: found.decision === "permit", sentence: explain(found, locale) }
}
