import type { Locale } from "#contracts/localized-text.ts"
import type { Party } from "#contracts/party.ts"
import { party as words } from "../../../../_lib/messages/party.ts"
import { DefinitionList } from "../../../../_ui/definition-list.tsx"
import { Callout } from "../../../../_ui/states.tsx"
import { Time } from "../../../../_ui/values.tsx"
import { SubmitParty } from "./party-forms.tsx"

/** Where the party stands with its verification, and what happens next. */
export function VerificationState(props: { party: Party; locale: Locale; why: string | null }) {
  const { party, locale, why } = props
  const t = words[locale]
  const submit = <SubmitParty words={{ label: t.submit, busy: t.submitting }} why={why} />
  if (party.state === "submitted")
    return (
      <Callout title={t.waitingTitle}>
        <p>{t.waitingLead}</p>
      </Callout>
    )
  if (party.state === "verified" && party.verification)
    return (
      <Callout tone="good" title={t.verifiedTitle}>
        <p>{t.verifiedLead(t.methods[party.verification.method])}</p>
        <p className="mt-1 text-small">
          {t.verifiedAt} <Time time={party.verification.at} locale={locale} />
        </p>
      </Callout>
    )
  if (party.rejection)
    return (
      <Callout tone="bad" title={t.rejectedTitle} actions={submit}>
        <p>{t.rejectedLead}</p>
        <div className="mt-2">
          <DefinitionList
            compact
            items={[
              { term: t.reason, value: t.rejections[party.rejection.reason] },
              { term: t.note, value: party.rejection.note },
            ]}
          />
        </div>
      </Callout>
    )
  return (
    <Callout tone="warn" title={t.toSubmit} actions={submit}>
      <p>{t.toSubmitLead}</p>
    </Callout>
  )
}
