import type { Metadata } from "next"
import { countryName } from "#contracts/country.ts"
import { partyClasses } from "#contracts/fees.ts"
import { readIdentifier } from "#contracts/identifier.ts"
import { readText } from "#contracts/localized-text.ts"
import { rejectionReasons, verificationMethods } from "#contracts/party.ts"
import { isRefusal, sentence } from "#contracts/refusal.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { formatTime } from "../../../../_lib/format-time.ts"
import { charges } from "../../../../_lib/messages/charges.ts"
import { operator as words } from "../../../../_lib/messages/operator.ts"
import { partyTone, party as partyWords } from "../../../../_lib/messages/party.ts"
import { partyReview } from "../../../../_lib/messages/party-review.ts"
import { shell } from "../../../../_lib/messages/shell.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { ClaimChip, StatusChip } from "../../../../_ui/chip.tsx"
import { DefinitionList } from "../../../../_ui/definition-list.tsx"
import { Hash } from "../../../../_ui/hash.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { PageHead, Panel } from "../../../../_ui/panel.tsx"
import { Callout } from "../../../../_ui/states.tsx"
import { Text, Time } from "../../../../_ui/values.tsx"
import { ClassifyForm } from "../../_parts/classify-form.tsx"
import { SendBack, VerifyParty } from "../../_parts/review-actions.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: partyReview[localeOf((await params).locale)].verifyTitle }
}

/** One party to verify: what it says of itself, what can be computed from it, and the two answers. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.parties.forReview({ party: id as never })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const party = found.ok
  const t = partyReview[locale]
  const o = words[locale]
  const p = partyWords[locale]
  const to = paths(locale)
  const check = readIdentifier(party.country, party.identifier)
  const answer = { busy: o.working, decided: o.decidedBy }
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: o.title, href: to.operator() },
          { label: o.queues.parties, href: to.operatorQueue("parties") },
          { label: readText(party.name, locale).text },
        ]}
      />
      <PageHead
        title={<Text text={party.name} locale={locale} />}
        chips={
          <>
            <StatusChip tone={partyTone[party.state]}>{p.states[party.state]}</StatusChip>
            {party.frozenBy ? <StatusChip tone="bad">{o.frozen}</StatusChip> : null}
          </>
        }
        actions={
          party.state === "submitted" ? (
            <>
              <SendBack
                of={{ party: party.id, version: party.version }}
                words={{
                  ...answer,
                  label: o.reject,
                  title: t.rejectPartyTitle,
                  lead: t.rejectPartyLead,
                  reason: o.reason,
                  note: o.note,
                  noteHint: o.noteHint,
                }}
                reasons={rejectionReasons.map((value) => ({ value, label: p.rejections[value] }))}
              />
              <VerifyParty
                party={party.id}
                version={party.version}
                words={{
                  ...answer,
                  label: t.verify,
                  title: t.verifyTitle,
                  lead: t.verifyLead,
                  method: t.method,
                  evidence: t.evidence,
                  evidenceHint: t.evidenceHint,
                }}
                methods={verificationMethods.map((value) => ({ value, label: p.methods[value] }))}
              />
            </>
          ) : null
        }
      />
      <div className="grid gap-6">
        {party.verification ? (
          <Callout tone="good" title={t.partyVerified}>
            {t.verifiedHow(p.methods[party.verification.method], formatTime(party.verification.at, locale))}
            <p>{party.verification.evidence}</p>
          </Callout>
        ) : null}
        <Panel title={o.facts}>
          <DefinitionList
            items={[
              {
                term: t.identifierKinds[party.identifierKind],
                value: (
                  <span className="inline-flex flex-wrap items-center gap-2">
                    <code className="font-mono">{party.identifier}</code>
                    <ClaimChip claim="declared" locale={locale} />
                  </span>
                ),
              },
              {
                term: t.check,
                value: (
                  <>
                    <span className="inline-flex flex-wrap items-center gap-2">
                      {isRefusal(check) ? (
                        <StatusChip tone="bad">
                          {t.checkFails}
                          {sentence(check, locale)}
                        </StatusChip>
                      ) : (
                        <StatusChip tone="good">{t.checks[check.kind]}</StatusChip>
                      )}
                    </span>
                    <p className="mt-1 text-small text-ink-faint">{t.checkNote}</p>
                  </>
                ),
              },
              { term: t.country, value: countryName(party.country, locale) },
              { term: t.authorisedPerson, value: party.authorisedPerson },
              {
                term: t.roles,
                value: party.roles.map((role) => shell[locale].roles[role]).join(" · "),
              },
              { term: t.bankAccount, value: party.bankAccount ?? t.noBankAccount },
              {
                term: charges[locale].class,
                value: (
                  <span className="inline-flex flex-wrap items-center gap-2">
                    {charges[locale].classes[party.class ?? "standard"]}
                    {party.roles.includes("seller") ? (
                      <ClassifyForm
                        key={party.version}
                        locale={locale}
                        party={{ id: party.id, version: party.version, class: party.class ?? "standard" }}
                        classes={partyClasses.map((value) => ({
                          value,
                          label: charges[locale].classes[value],
                        }))}
                        words={{
                          open: charges[locale].setClass,
                          lead: charges[locale].classLead,
                          label: charges[locale].class,
                          save: charges[locale].save,
                          busy: charges[locale].saving,
                        }}
                      />
                    ) : null}
                  </span>
                ),
              },
              { term: o.submitted, value: <Time time={party.updatedAt} locale={locale} /> },
              { term: o.id, value: <Hash value={party.id} locale={locale} head={10} /> },
            ]}
          />
        </Panel>
      </div>
    </>
  )
}
