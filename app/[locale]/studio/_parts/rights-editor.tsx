"use client"

import "../../../_lib/strict-zod.ts"
import { type FormEvent, useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import type { PolicyInput } from "#contracts/product.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import { fitsBasis, type LegalBasis } from "#contracts/rights/basis.ts"
import { contradictions } from "#contracts/rights/contradictions.ts"
import type { RightsForm } from "#contracts/rights/form.ts"
import type { LicenceId } from "#contracts/rights/licences.ts"
import { toOdrl } from "#contracts/rights/odrl-write.ts"
import { policyOf } from "#contracts/rights/policy-of.ts"
import { mayMayNotMust } from "#contracts/rights/sentences.ts"
import type { RightsPolicy } from "#contracts/rights.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction } from "../../../_lib/use-action.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError, RadioGroup } from "../../../_ui/choices.tsx"
import { CodeBlock } from "../../../_ui/code-block.tsx"
import { TextArea } from "../../../_ui/fields.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { MayMayNotMust } from "../../../_ui/rights.tsx"
import { GateAnswer } from "./gate-answer.tsx"
import { readRights } from "./read-rights.ts"
import { LicenceQuestions, type RightsFormWords, SixQuestions } from "./rights-questions.tsx"

const ways = ["answers", "licence", "odrl"] as const
export type Way = (typeof ways)[number]

/** What the form begins with. */
export type FirstRights = {
  way: Way
  answers: RightsForm
  licence: { licence: LicenceId; credit: string }
  policy: RightsPolicy | null
}

type Meant = { policy: RightsPolicy | null; refusals: Refusal[] }

function meaningOf(input: PolicyInput | null): Meant {
  const policy = input === null ? null : policyOf(input)
  if (policy === null) return { policy, refusals: [] }
  if (isRefusal(policy)) return { policy: null, refusals: [policy] }
  return { policy, refusals: contradictions(policy) }
}

/** Questions on one side; on the other what they mean, in plain words and in ODRL, as they are answered. */
export function RightsEditor(props: {
  product: string
  version: number
  party: string
  locale: Locale
  first: FirstRights
  saved: boolean
  basis: LegalBasis | null
  priced: boolean
  words: RightsFormWords
}) {
  const { product, version, party, locale, first, words: t } = props
  const ids = { type: "Offer", id: `urn:quanheng:${product}`, assigner: `urn:quanheng:${party}` } as const
  const [way, setWay] = useState(first.way)
  const [meant, setMeant] = useState<Meant>({
    policy: first.policy ?? meaningOf(firstInput(first)).policy,
    refusals: [],
  })
  const [changed, setChanged] = useState(!props.saved)
  const action = useAction(
    (policy: PolicyInput, commandId) =>
      trpc.products.save.mutate({ commandId, product: product as never, version, changes: { policy } }),
    () => setChanged(false),
  )
  const look = (event: FormEvent<HTMLFormElement>) => {
    const data = new FormData(event.currentTarget)
    setWay(String(data.get("way")) as Way)
    setMeant(meaningOf(readRights(data)))
    setChanged(true)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const input = readRights(new FormData(event.currentTarget))
    if (input) action.run(input)
  }
  const { policy, refusals } = meant
  const beyond = policy && props.basis ? fitsBasis(props.basis, policy, props.priced) : []
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <form onSubmit={submit} onChange={look} className="grid gap-6">
        <Panel title={t.way}>
          <RadioGroup
            name="way"
            legend={<span className="sr-only">{t.way}</span>}
            defaultValue={first.way}
            choices={ways.map((value) => ({ value, label: t.ways[value], hint: t.wayHints[value] }))}
          />
        </Panel>
        <Panel title={t.ways[way]}>
          <div className="grid gap-6">
            {way === "answers" ? <SixQuestions t={t} locale={locale} first={first.answers} /> : null}
            {way === "licence" ? <LicenceQuestions t={t} locale={locale} first={first.licence} /> : null}
            {way === "odrl" ? (
              <TextArea
                label={t.odrl}
                hint={t.odrlHint}
                name="odrl"
                rows={16}
                spellCheck={false}
                defaultValue={policy ? JSON.stringify(toOdrl(policy, ids), null, 2) : ""}
                error={policy === null && refusals.length === 0 ? t.notJson : null}
              />
            ) : null}
          </div>
        </Panel>
        <GateAnswer refusals={refusals} states={[]} locale={locale} title={t.conflict} />
        {action.failure ? (
          <FormError requestId={action.failure.requestId}>{action.failure.sentence}</FormError>
        ) : null}
        <div className="flex items-center gap-3">
          <Button type="submit" variant="primary" busy={action.pending && t.saving}>
            {t.save}
          </Button>
          <span role="status" className="text-small text-good">
            {changed || action.failure ? "" : t.saved}
          </span>
        </div>
      </form>
      <div className="grid min-w-0 gap-6 xl:sticky xl:top-20">
        <Panel title={t.preview} footer={t.previewLead} flush>
          {policy ? <MayMayNotMust locale={locale} {...mayMayNotMust(policy, locale)} /> : null}
        </Panel>
        <GateAnswer
          refusals={beyond}
          states={[]}
          locale={locale}
          title={t.beyond}
          lead={t.beyondLead}
          tone="warn"
        />
        {policy ? (
          <CodeBlock locale={locale} title={t.json} code={JSON.stringify(toOdrl(policy, ids), null, 2)} />
        ) : null}
      </div>
    </div>
  )
}

const firstInput = ({ way, answers, licence }: FirstRights): PolicyInput | null => {
  if (way === "answers") return { by: "answers", answers }
  return way === "licence" && licence.credit !== "" ? { by: "licence", ...licence } : null
}
