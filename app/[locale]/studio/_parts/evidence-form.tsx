"use client"

import { type FormEvent, type ReactNode, useState } from "react"
import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import type { DraftChanges } from "#contracts/product.ts"
import type { RightsEvidence } from "#contracts/registration.ts"
import { strip } from "#contracts/rights/papers.ts"
import type { Time } from "#contracts/time.ts"
import { failureAt } from "../../../_lib/failure.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"
import { LocalizedFields, readLocalized } from "../../../_ui/localized-fields.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { CrossBorderPart, ExternalPart, GradePart, OperationPart } from "./evidence-grade.tsx"
import { BasisPart, RightsPart, SourcePart } from "./evidence-source.tsx"
import type { FormWords } from "./evidence-words.ts"
import { LiveStrip } from "./live-strip.tsx"
import { readEvidence } from "./read-evidence.ts"
import { SubmitRegistration } from "./submit-registration.tsx"

const chosen = (data: FormData, name: string): string => String(data.get(name) ?? "")

type Held = { evidence: RightsEvidence; basis: string; by: Record<string, string>; changed: boolean }

const heldIn = (data: FormData): Held => ({
  evidence: readEvidence(data),
  basis: chosen(data, "basis.kind"),
  by: Object.fromEntries(
    ["holding", "use", "operation"].map((right) => [right, chosen(data, `rights.${right}.by`)]),
  ),
  changed: true,
})

/** The registration questions. The strip above them follows each answer by the gate's own checks. */
export function EvidenceForm(props: {
  product: string
  version: number
  locale: Locale
  title: LocalizedText | null
  first: RightsEvidence
  answered: boolean
  fields: readonly string[]
  now: Time
  words: FormWords
  /** Why it cannot be submitted even when saved, for example while the file is being measured. */
  why: string | null
  gate: ReactNode
}) {
  const { product, version, locale, title, first, words: t, now } = props
  const [held, setHeld] = useState<Held>({
    evidence: first,
    basis: first.basis.kind,
    by: {
      holding: first.rights.holding.by,
      use: first.rights.use.by,
      operation: first.rights.operation.by,
    },
    changed: !props.answered,
  })
  const action = useAction(
    (changes: DraftChanges, commandId) =>
      trpc.products.save.mutate({ commandId, product: product as never, version, changes }),
    () => setHeld((was) => ({ ...was, changed: false })),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const name = readLocalized(data, "title", locale, title)
    action.run({ ...(name === null ? {} : { title: name }), evidence: readEvidence(data) })
  }
  const { evidence } = held
  const part = { t, locale, first, now: evidence }
  const operated =
    held.basis === "authorised-operation" || evidence.source.obtained === "authorised-operation"
  return (
    <>
      <form
        onSubmit={submit}
        onChange={(event) => setHeld(heldIn(new FormData(event.currentTarget)))}
        // A field that gets the focus stops below the strip, which stays in sight.
        className="grid gap-6 lg:[&_:is(input,select,textarea,button)]:scroll-mt-64"
      >
        <section aria-label={t.strip} className="sticky top-14 z-10 max-lg:static">
          <LiveStrip
            states={strip(evidence, now)}
            locale={locale}
            inOrder={t.inOrder}
            anchor={(one) => `#${one}`}
          />
        </section>
        <Panel title={t.product}>
          <LocalizedFields
            legend={<span className="sr-only">{t.product}</span>}
            hint={t.productHint}
            error={failureAt(action.failure, "changes.title")}
            name="title"
            locale={locale}
            labels={{ zh: t.titleZh, en: t.titleEn }}
            optional={t.optional}
            value={title}
            maxLength={110}
          />
        </Panel>
        <Part id="source" title={t.source}>
          <SourcePart {...part} />
        </Part>
        <Part id="rights" title={t.rightsAndBasis}>
          <BasisPart {...part} kind={held.basis} />
          <RightsPart {...part} by={held.by} />
          {operated ? <OperationPart t={t} first={first} /> : null}
        </Part>
        <Part id="grade" title={t.grading}>
          <GradePart {...part} fields={props.fields} />
        </Part>
        <Part id="crossBorder" title={t.crossBorder}>
          <CrossBorderPart {...part} />
        </Part>
        <Part id="external" title={t.external}>
          <ExternalPart {...part} />
        </Part>
        {action.failure ? (
          <FormError requestId={action.failure.requestId}>{action.failure.sentence}</FormError>
        ) : null}
        <div className="flex items-center gap-3">
          <Button type="submit" variant="primary" busy={action.pending && t.saving}>
            {t.save}
          </Button>
          <span role="status" className="text-small text-good">
            {held.changed || action.failure ? "" : t.saved}
          </span>
        </div>
      </form>
      {props.gate}
      <Panel title={t.submitTitle} footer={t.submitLead}>
        <SubmitRegistration
          product={product}
          words={{ label: t.submit, busy: t.submitting }}
          why={props.why ?? (props.answered ? (held.changed ? t.saveFirst : null) : t.answerFirst)}
        />
      </Panel>
    </>
  )
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <div id={id} className="scroll-mt-56">
      <Panel title={title}>
        <div className="grid gap-5">{children}</div>
      </Panel>
    </div>
  )
}
