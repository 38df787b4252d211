import type { Metadata } from "next"
import type { Locale } from "#contracts/localized-text.ts"
import { unansweredEvidence } from "#contracts/product.ts"
import type { RightsEvidence } from "#contracts/registration.ts"
import { evidenceItems } from "../../../../../_catalogue/evidence.tsx"
import { evidence as words } from "../../../../../_lib/messages/evidence.ts"
import { kit } from "../../../../../_lib/messages/kit.ts"
import { registrationReview } from "../../../../../_lib/messages/registration-review.ts"
import { studio } from "../../../../../_lib/messages/studio.ts"
import { localeOf } from "../../../../../_lib/page.ts"
import { paths } from "../../../../../_lib/paths.ts"
import { Refused } from "../../../../../_shell/refused.tsx"
import { ButtonLink } from "../../../../../_ui/button.tsx"
import { DefinitionList } from "../../../../../_ui/definition-list.tsx"
import { Panel } from "../../../../../_ui/panel.tsx"
import { Callout } from "../../../../../_ui/states.tsx"
import { EvidenceForm } from "../../../_parts/evidence-form.tsx"
import type { FormWords } from "../../../_parts/evidence-words.ts"
import { GateAnswer } from "../../../_parts/gate-answer.tsx"
import { LiveStrip } from "../../../_parts/live-strip.tsx"
import { PreviewRows } from "../../../_parts/preview-rows.tsx"
import { ProductFrame, type ProductPage, productOf } from "../../../_parts/product-frame.tsx"
import { ReviewState } from "../../../_parts/review-state.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: studio[localeOf((await params).locale)].steps.registration }
}

/** The evidence of rights: questions until it is submitted, then what was registered and where its review is. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const found = await productOf(locale, id)
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const page = found.ok
  const open = page.registration === null || page.registration.state === "rejected"
  return (
    <ProductFrame page={page} locale={locale} step="registration">
      <div className="grid gap-6">
        {page.registration ? <ReviewState registration={page.registration} locale={locale} /> : null}
        {open ? <Questions page={page} locale={locale} /> : <Registered page={page} locale={locale} />}
      </div>
    </ProductFrame>
  )
}

type PartProps = { page: ProductPage; locale: Locale }

/** Before anything is answered, what the screening saw is the first answer about personal data. */
function firstEvidence({ product, version }: ProductPage): RightsEvidence {
  if (product.draft.evidence !== null) return product.draft.evidence
  const hinted = (version?.profile?.screening.length ?? 0) > 0
  return hinted
    ? { ...unansweredEvidence, personalData: { present: true, basis: null, impactAssessment: null } }
    : unansweredEvidence
}

function Questions({ page, locale }: PartProps) {
  const t = words[locale]
  const { draft, gate } = page.product
  const { version } = page
  const hints = [...new Set(version?.profile?.screening.map(({ column }) => column) ?? [])]
  const separator = locale === "zh" ? "、" : ", "
  return (
    <>
      <p className="max-w-3xl text-ink-soft">{t.lead}</p>
      <EvidenceForm
        product={page.product.id}
        version={page.product.version}
        locale={locale}
        title={draft.title}
        first={firstEvidence(page)}
        answered={draft.evidence !== null}
        fields={version?.profile?.columns.map(({ name }) => name) ?? []}
        now={page.now}
        words={formWords(locale, hints.length > 0 ? t.hinted(hints.join(separator)) : null)}
        why={version?.state === "measured" ? null : t.measureFirst}
        gate={
          <GateAnswer
            refusals={gate?.refusals ?? page.problems}
            states={page.strip}
            locale={locale}
            title={gate ? t.gate : t.problems}
            lead={gate ? t.gateLead : ""}
            tone={gate ? "bad" : "warn"}
          />
        }
      />
    </>
  )
}

function formWords(locale: Locale, hintedText: string | null): FormWords {
  const { hinted: _, approvedLead: __, ...plain } = words[locale]
  const { personalBasis: personalBases, mechanisms } = registrationReview[locale]
  return { ...plain, personalBases, mechanisms, hintedText, optional: kit[locale].optional }
}

function Registered({ page, locale }: PartProps) {
  const t = words[locale]
  const { registration, preview } = page
  if (registration === null) return null
  return (
    <>
      <LiveStrip states={page.strip} locale={locale} inOrder={t.inOrder} />
      <Panel title={t.stated}>
        <DefinitionList items={evidenceItems(registration.evidence, locale)} />
      </Panel>
      <PreviewRows preview={preview} locale={locale} />
      <Callout>{t.locked}</Callout>
      <div>
        <ButtonLink variant="primary" href={paths(locale).product(page.product.id, "rights")}>
          {studio[locale].next(studio[locale].steps.rights)}
        </ButtonLink>
      </div>
    </>
  )
}
