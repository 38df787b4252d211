import type { Metadata } from "next"
import { withdrawalReasons } from "#contracts/listing.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { session } from "../../../../../_lib/caller.ts"
import { kit } from "../../../../../_lib/messages/kit.ts"
import { listingForm } from "../../../../../_lib/messages/listing-form.ts"
import { studio } from "../../../../../_lib/messages/studio.ts"
import { localeOf } from "../../../../../_lib/page.ts"
import { paths } from "../../../../../_lib/paths.ts"
import { Refused } from "../../../../../_shell/refused.tsx"
import { ButtonLink } from "../../../../../_ui/button.tsx"
import { KeepFresh } from "../../../../../_ui/keep-fresh.tsx"
import { Link } from "../../../../../_ui/link.tsx"
import { Callout } from "../../../../../_ui/states.tsx"
import { Time } from "../../../../../_ui/values.tsx"
import { GateAnswer } from "../../../_parts/gate-answer.tsx"
import { ListingEditor } from "../../../_parts/listing-editor.tsx"
import type { PlanWords } from "../../../_parts/plan-fields.tsx"
import { ProductFrame, type ProductPage, productOf } from "../../../_parts/product-frame.tsx"
import { WithdrawButton } from "../../../_parts/publication.tsx"
import { TemplateText } from "../../../_parts/template-text.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: studio[localeOf((await params).locale)].steps.listing }
}

/** What buyers read and pay, and the publication. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const found = await productOf(locale, id)
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const page = found.ok
  const verified = (await session())?.acting?.state === "verified"
  const { listing, product } = page
  const may = listing?.state !== "published" && !listing?.frozenBy
  return (
    <ProductFrame page={page} locale={locale} step="listing">
      <div className="grid gap-6">
        <State page={page} locale={locale} />
        <ListingEditor
          product={id}
          version={product.version}
          locale={locale}
          draft={product.draft}
          words={planWords(locale)}
          fees={page.fees}
          template={<TemplateText template="data-supply" locale={locale} />}
          publish={
            may
              ? {
                  why: whyNot(page, locale),
                  note: <Notes page={page} locale={locale} verified={verified} />,
                }
              : null
          }
        />
      </div>
    </ProductFrame>
  )
}

type PartProps = { page: ProductPage; locale: Locale }

/** The first thing that stands in the way of publishing, or null. */
function whyNot({ completeness, registration, preview }: ProductPage, locale: Locale): string | null {
  const t = listingForm[locale]
  const [missing] = completeness.missing
  if (missing) return t.notComplete(missing.words[locale])
  if (registration?.state !== "approved") return t.notApproved
  return preview === null ? t.notDrawn : null
}

function Notes({ page, locale, verified }: PartProps & { verified: boolean }) {
  const t = listingForm[locale]
  const waits = page.registration?.state === "approved" && page.preview === null
  return (
    <>
      {waits ? <KeepFresh everyMs={2000} /> : null}
      <GateAnswer
        refusals={page.problems}
        states={page.strip}
        locale={locale}
        title={t.refusedTitle}
        lead={t.refusedLead}
      />
      {verified ? null : (
        <Callout tone="warn">
          {t.notVerified} <Link href={paths(locale).ownParty()}>{t.seeVerification}</Link>
        </Callout>
      )}
    </>
  )
}

function State({ page, locale }: PartProps) {
  const { listing } = page
  if (listing === null) return null
  const t = listingForm[locale]
  const open = (
    <ButtonLink href={paths(locale).listing(listing.id)} icon="out">
      {t.public}
    </ButtonLink>
  )
  if (listing.frozenBy)
    return (
      <Callout tone="bad" title={t.frozenTitle} actions={open}>
        {t.frozenLead}
      </Callout>
    )
  if (listing.state === "withdrawn")
    return (
      <Callout title={t.withdrawnTitle} actions={open}>
        {t.withdrawnLead}
      </Callout>
    )
  return (
    <Callout
      tone="good"
      title={t.publishedTitle}
      actions={
        <>
          {open}
          <WithdrawButton
            listing={listing.id}
            words={{
              label: t.withdraw,
              busy: t.withdrawing,
              title: t.withdrawTitle,
              ask: t.withdrawAsk,
              reason: t.reason,
            }}
            reasons={withdrawalReasons
              .filter((value) => value !== "supervision")
              .map((value) => ({ value, label: t.reasons[value] }))}
          />
        </>
      }
    >
      <p>
        {t.publishedLead} {t.since} <Time time={listing.publishedAt} locale={locale} />
        {locale === "zh" ? "。" : "."}
      </p>
    </Callout>
  )
}

function planWords(locale: Locale): PlanWords {
  const { plan, notComplete: _, templateVersion: __, ...plain } = listingForm[locale]
  return {
    ...plain,
    optional: kit[locale].optional,
    planNames: Array.from({ length: 10 }, (_, i) => plan(i + 1)),
  }
}
