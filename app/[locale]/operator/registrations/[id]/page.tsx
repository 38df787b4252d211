import type { Metadata } from "next"
import { readText } from "#contracts/localized-text.ts"
import { rejectionReasons } from "#contracts/registration.ts"
import { stripWords } from "#contracts/rights/papers.ts"
import { evidenceItems } from "../../../../_catalogue/evidence.tsx"
import { caller, load } from "../../../../_lib/caller.ts"
import { operator as words } from "../../../../_lib/messages/operator.ts"
import { registrationReview } from "../../../../_lib/messages/registration-review.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { StatusChip } from "../../../../_ui/chip.tsx"
import { DefinitionList } from "../../../../_ui/definition-list.tsx"
import { Hash } from "../../../../_ui/hash.tsx"
import { Link } from "../../../../_ui/link.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { PageHead, Panel, SectionHead } from "../../../../_ui/panel.tsx"
import { StateStrip } from "../../../../_ui/rights.tsx"
import { Callout } from "../../../../_ui/states.tsx"
import { Text, Time } from "../../../../_ui/values.tsx"
import { DrawnRows, MeasuredColumns } from "../../_parts/measured.tsx"
import { ApproveRegistration, SendBack } from "../../_parts/review-actions.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: registrationReview[localeOf((await params).locale)].approveTitle }
}

const tones = { submitted: "active", approved: "good", rejected: "warn" } as const

/** One registration with all that its review looks at: the strip, the evidence, what was measured, the rows drawn. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.registrations.page({ registration: id as never })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { registration, seller, manifest, profile, preview, strip } = found.ok
  const t = registrationReview[locale]
  const o = words[locale]
  const to = paths(locale)
  const answer = { busy: o.working, decided: o.decidedBy }
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: o.title, href: to.operator() },
          { label: o.queues.registrations, href: to.operatorQueue("registrations") },
          { label: readText(registration.title, locale).text },
        ]}
      />
      <PageHead
        title={<Text text={registration.title} locale={locale} />}
        chips={
          <StatusChip tone={tones[registration.state]}>{t.registrationStates[registration.state]}</StatusChip>
        }
        actions={
          registration.state === "submitted" ? (
            <>
              <SendBack
                of={{ registration: registration.id }}
                words={{
                  ...answer,
                  label: o.reject,
                  title: t.rejectRegistrationTitle,
                  lead: t.rejectRegistrationLead,
                  reason: o.reason,
                  note: o.note,
                  noteHint: o.noteHint,
                }}
                reasons={rejectionReasons.map((value) => ({ value, label: t.registrationReasons[value] }))}
              />
              <ApproveRegistration
                registration={registration.id}
                words={{ ...answer, label: t.approve, title: t.approveTitle, lead: t.approveLead }}
              />
            </>
          ) : null
        }
      />
      <div className="grid gap-6">
        {registration.rejection ? (
          <Callout tone="warn" title={t.registrationReasons[registration.rejection.reason]}>
            {registration.rejection.note}
          </Callout>
        ) : null}
        <section aria-labelledby="strip">
          <SectionHead id="strip" title={t.strip} />
          <StateStrip
            locale={locale}
            parts={strip.map(({ part, state, missing }) => ({
              key: part,
              name: stripWords[part][locale],
              ok: state === "ok",
              sentence: missing.map((paper) => paper[locale]).join(" "),
            }))}
          />
        </section>
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <Panel title={t.evidenceTitle}>
            <DefinitionList items={evidenceItems(registration.evidence, locale)} />
          </Panel>
          <Panel title={o.facts}>
            <DefinitionList
              compact
              items={[
                {
                  term: o.seller,
                  value: (
                    <>
                      <Link href={to.party(seller.id)}>
                        <Text text={seller.name} locale={locale} />
                      </Link>{" "}
                      <StatusChip tone={seller.state === "verified" ? "good" : "warn"}>
                        {seller.state === "verified" ? t.sellerVerified : t.sellerUnverified}
                      </StatusChip>
                    </>
                  ),
                },
                ...(registration.number ? [{ term: t.number, value: registration.number }] : []),
                { term: o.submitted, value: <Time time={registration.submittedAt} locale={locale} /> },
                ...(manifest
                  ? [{ term: t.file, value: manifest.files.map(({ name }) => name).join(", ") }]
                  : []),
                { term: t.versionHash, value: <Hash value={registration.versionHash} locale={locale} /> },
                { term: o.id, value: <Hash value={registration.id} locale={locale} head={10} /> },
              ]}
            />
          </Panel>
        </div>
        {profile ? <MeasuredColumns profile={profile} locale={locale} /> : <Callout>{t.notMeasured}</Callout>}
        {preview ? <DrawnRows preview={preview} locale={locale} /> : <Callout>{t.previewWaits}</Callout>}
      </div>
    </>
  )
}
