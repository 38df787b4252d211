import type { Locale } from "#contracts/localized-text.ts"
import type { Refusal } from "#contracts/refusal.ts"
import type { StripState } from "#contracts/rights/papers.ts"
import { gateSentence } from "../../../_lib/messages/gate-words.ts"
import { Callout } from "../../../_ui/states.tsx"

/** What the rights gate refuses, one line for each broken rule with its code. */
export function GateAnswer(props: {
  refusals: readonly Refusal[]
  states: readonly StripState[]
  locale: Locale
  title: string
  lead?: string
  tone?: "bad" | "warn"
}) {
  const { refusals, states, locale, title, lead, tone = "bad" } = props
  if (refusals.length === 0) return null
  return (
    <Callout tone={tone} title={title}>
      {lead ? <p>{lead}</p> : null}
      <ul className="mt-1 grid list-disc gap-1 pl-5">
        {refusals.map((refusal) => (
          <li key={`${refusal.refused} ${refusal.at} ${JSON.stringify(refusal.detail ?? null)}`}>
            {gateSentence(refusal, states, locale)}{" "}
            <code className="font-mono text-micro">{refusal.refused}</code>
          </li>
        ))}
      </ul>
    </Callout>
  )
}
