"use client"

import { useRouter } from "next/navigation"
import { type FormEvent, useRef, useState } from "react"
import { type Id, isId, makeId } from "#contracts/ids.ts"
import { type FilterKind, filterKinds } from "#contracts/ledger/filter.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { ExportSubject } from "#contracts/supervision.ts"
import type { RequestExport } from "#server/ledger/export/commands.ts"
import { failureAt } from "../../../_lib/failure.ts"
import { exportWords } from "../../../_lib/messages/export-words.ts"
import { paths } from "../../../_lib/paths.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"
import { Select, TextField } from "../../../_ui/fields.tsx"
import { lineOf } from "../../../_ui/form-dialog.tsx"
import { dayBegins, dayEnds } from "./zone-day.ts"

type Range = "all" | "positions" | "times" | FilterKind
type Order = { from: string | null; to: string | null; subject: ExportSubject | null; reason: string }

const supervisionRanges: readonly Range[] = ["all", "positions", "times", ...filterKinds]
const ownRanges: readonly Range[] = ["party", "trade", "listing"]
const isSubject = (range: Range): range is FilterKind => filterKinds.some((kind) => kind === range)

/** Asks for an export. Its id is made once for one intent, so that a second click asks for no second bundle. */
export function ExportForm(props: {
  size: number
  /** The party that asks for its own records; null for supervision and the operator. */
  own: Id<"party"> | null
  /** What is asked for at first. */
  chosen: ExportSubject | null
}) {
  const { size, own, chosen } = props
  const locale = useLocale()
  const router = useRouter()
  const t = exportWords[locale]
  const [range, setRange] = useState<Range>(chosen?.kind ?? (own ? "party" : "all"))
  const [isWrong, setWrong] = useState(false)
  const intent = useRef<{ order: string; id: Id<"export"> } | null>(null)
  const action = useAction(
    async (order: Order) => {
      const text = JSON.stringify(order)
      if (intent.current?.order !== text) intent.current = { order: text, id: makeExportId() }
      const { id } = intent.current
      await trpc.ledger.requestExport.mutate({ ...order, id } as RequestExport)
      return id
    },
    (id) => router.push(own ? paths(locale).ownExport(id) : paths(locale).exportRun(id)),
  )
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const reason = lineOf(fields, "reason")
    if (!isSubject(range)) {
      const ends = endsOf(range, lineOf(fields, "from"), lineOf(fields, "to"), locale)
      return action.run({ ...ends, subject: null, reason })
    }
    const id = own && range === "party" ? own : lineOf(fields, "subject")
    setWrong(!isId(range, id))
    if (isId(range, id)) action.run({ from: null, to: null, subject: { kind: range, id }, reason })
  }
  return (
    <form onSubmit={send} className="grid gap-4">
      <Select
        label={t.range}
        hint={own && range === "party" ? t.ourTradesHint : t.rangeHints[range]}
        value={range}
        onChange={(event) => setRange(event.target.value as Range)}
        options={(own ? ownRanges : supervisionRanges).map((value) => ({
          value,
          label: own && value === "party" ? t.ourTrades : t.ranges[value],
        }))}
      />
      {isSubject(range) && !(own && range === "party") ? (
        <TextField
          key={range}
          label={t.subjectIds[range]}
          name="subject"
          maxLength={40}
          autoComplete="off"
          defaultValue={chosen?.kind === range ? chosen.id : ""}
          error={isWrong ? t.subjectWrong : failureAt(action.failure, "subject")}
        />
      ) : null}
      {range === "all" || isSubject(range) ? null : (
        <div className="grid grid-cols-2 gap-3" key={range}>
          {range === "positions" ? (
            <>
              <TextField
                type="number"
                label={t.from}
                name="from"
                min={0}
                max={size}
                step={1}
                defaultValue={0}
              />
              <TextField type="number" label={t.to} name="to" min={0} step={1} defaultValue={size} />
            </>
          ) : (
            <>
              <TextField type="date" label={t.from} name="from" />
              <TextField type="date" label={t.to} name="to" />
            </>
          )}
        </div>
      )}
      <TextField
        label={t.exportReason}
        hint={t.exportReasonHint}
        name="reason"
        maxLength={500}
        autoComplete="off"
        error={failureAt(action.failure, "reason")}
      />
      {action.failure ? (
        <FormError requestId={action.failure.requestId}>{action.failure.sentence}</FormError>
      ) : null}
      <Button type="submit" variant="primary" busy={action.pending && t.requesting}>
        {t.requestExport}
      </Button>
    </form>
  )
}

/** Both ends as an order names them: positions or times, half-open; null is an end of the log. */
function endsOf(range: Range, from: string, to: string, locale: Locale): Pick<Order, "from" | "to"> {
  if (range === "all") return { from: null, to: null }
  if (range === "positions") return { from: from || null, to: to || null }
  return { from: from ? dayBegins(from, locale) : null, to: to ? dayEnds(to, locale) : null }
}

const makeExportId = (): Id<"export"> =>
  makeId("export", Date.now(), crypto.getRandomValues(new Uint8Array(10)))
