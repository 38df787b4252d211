import type { Metadata } from "next"
import { notFound, redirect } from "next/navigation"
import { type Locale, locales, readText } from "#contracts/localized-text.ts"
import { isZero } from "#contracts/money.ts"
import { acrossBorder, evaluate } from "#contracts/rights/evaluate.ts"
import { explain, mayMayNotMust } from "#contracts/rights/sentences.ts"
import { withPlan } from "#contracts/rights.ts"
import { type Taxed, taxOn } from "#contracts/tax.ts"
import { hourMs } from "#contracts/time.ts"
import { type OfferedPlan, PlanTerms } from "../../../_catalogue/plan-terms.tsx"
import { caller, load } from "../../../_lib/caller.ts"
import { formatDuration } from "../../../_lib/format-time.ts"
import { catalogue } from "../../../_lib/messages/catalogue.ts"
import { charges } from "../../../_lib/messages/charges.ts"
import { kit } from "../../../_lib/messages/kit.ts"
import { propose as words } from "../../../_lib/messages/propose.ts"
import { localeOf, orNotFound } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { ButtonLink } from "../../../_ui/button.tsx"
import { RadioGroup } from "../../../_ui/choices.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { TextField } from "../../../_ui/fields.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Breadcrumbs } from "../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel, SectionHead } from "../../../_ui/panel.tsx"
import { MayMayNotMust } from "../../../_ui/rights.tsx"
import { Callout, EmptyState } from "../../../_ui/states.tsx"
import { Money, Text } from "../../../_ui/values.tsx"
import { UseFields } from "../../../_use/use-fields.tsx"
import { type ListingPage, loadListing } from "../../listings/_parts/load-listing.ts"
import { whyNot } from "../../listings/_parts/price-box.tsx"
import { taxRows } from "../_parts/price-rows.tsx"
import { ProposeForm } from "../_parts/propose-form.tsx"

type Query = { listing?: string; plan?: string }
type Props = { params: Promise<{ locale: string }>; searchParams: Promise<Query> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].title }
}

/** From a plan to a trade: what the data are for, what the rights say to that, and the agreement's language. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const query = await searchParams
  const found = await loadListing(query.listing ?? "", locale)
  if (!found.ok) return notFound()
  const page = found.ok
  const plan = page.plans.find(({ id }) => id === query.plan) ?? page.plans[0]
  if (!plan) return notFound()
  const to = paths(locale)
  const api = await caller(locale)
  const own = orNotFound(await load(locale, () => api.parties.own()))
  if (own.refused?.code === "not_signed_in") redirect(to.signIn(to.newTrade(page.listing.id, plan.id)))
  if (!own.ok) return <Refused failure={own.refused} locale={locale} />
  const t = words[locale]
  const buyer = own.ok.party
  const why = whyNot(page, plan, { party: buyer.id, roles: buyer.roles }, locale)
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: catalogue[locale].title, href: to.search() },
          { label: readText(page.listing.title, locale).text, href: to.listing(page.listing.id) },
          { label: t.title },
        ]}
      />
      <PageHead
        title={t.title}
        chips={<Text text={page.listing.title} locale={locale} />}
        lead={<span className="text-base">{t.lead}</span>}
      />
      <Columns sideFirst side={<Terms page={page} plan={plan} buyer={buyer} locale={locale} />}>
        {why === null ? (
          <Questions page={page} plan={plan} buyer={buyer} locale={locale} />
        ) : (
          <EmptyState
            icon="stop"
            title={t.cannot}
            actions={<ButtonLink href={to.listing(page.listing.id)}>{t.back}</ButtonLink>}
          >
            {why}
          </EmptyState>
        )}
      </Columns>
    </>
  )
}

type Offer = { page: ListingPage; plan: OfferedPlan; locale: Locale }
type Buyer = { id: string; country: string; state: string }

function Questions({ page, plan, buyer, locale }: Offer & { buyer: Buyer }) {
  const t = words[locale]
  const policy = withPlan(page.listing.policy, !isZero(plan.price))
  const countries = { seller: page.seller.country, buyer: buyer.country }
  const first = evaluate(
    policy,
    acrossBorder({ actions: ["use"] }, countries.seller, countries.buyer),
    page.now,
  )
  return (
    <>
      {buyer.state === "verified" ? null : (
        <Callout
          tone="warn"
          title={t.notVerified}
          actions={<Link href={paths(locale).account()}>{t.verify}</Link>}
        >
          {t.notVerifiedLead}
        </Callout>
      )}
      <ProposeForm
        locale={locale}
        listing={page.listing.id}
        plan={plan.id}
        policy={policy}
        countries={countries}
        now={page.now}
        first={{ permitted: first.decision === "permit", sentence: explain(first, locale) }}
        words={{
          propose: t.propose,
          proposing: t.proposing,
          permitted: t.permitted,
          denied: t.denied,
          deniedNext: t.deniedNext,
          noAction: t.noAction,
        }}
      >
        <Panel
          title={t.useTitle}
          footer={
            countries.seller === countries.buyer ? undefined : t.abroad(countries.seller, countries.buyer)
          }
        >
          <UseFields locale={locale} />
        </Panel>
        <Panel title={charges[locale].orderTitle}>
          <TextField
            label={charges[locale].purchaseOrder}
            hint={charges[locale].purchaseOrderHint}
            name="purchaseOrder"
            autoComplete="off"
            maxLength={40}
            optional={kit[locale].optional}
          />
        </Panel>
        <Panel title={t.languageTitle}>
          <RadioGroup
            name="language"
            legend={t.language}
            hint={t.languageHint}
            defaultValue={locale}
            choices={locales.map((value) => ({ value, label: t.languages[value] }))}
          />
        </Panel>
      </ProposeForm>
      <section aria-labelledby="rights">
        <SectionHead id="rights" title={t.rightsTitle} />
        <MayMayNotMust locale={locale} {...mayMayNotMust(policy, locale)} />
      </section>
    </>
  )
}

/** What of the price is tax for this buyer, and what there is to pay. */
function Stated({ page, plan, buyer, locale }: Offer & { buyer: Taxed }) {
  const rows = taxRows(taxOn(plan.price, plan.tax, page.seller, buyer), locale)
  return rows.length === 0 ? null : (
    <div className="mb-3">
      <DefinitionList compact items={rows} />
    </div>
  )
}

function Terms({ page, plan, buyer, locale }: Offer & { buyer: Taxed }) {
  const t = words[locale]
  const to = paths(locale)
  const others = page.plans.filter(({ id }) => id !== plan.id)
  const steps = [
    plan.approval ? t.steps.approval : t.steps.standing,
    isZero(plan.price) ? t.steps.free : t.steps.pay,
    t.steps.accept(formatDuration(plan.acceptanceHours * hourMs, locale)),
  ]
  const price = (one: OfferedPlan) =>
    isZero(one.price) ? catalogue[locale].free : <Money amount={one.price} locale={locale} />
  return (
    <>
      <Panel title={t.plan}>
        <p className="mb-2 text-heading font-semibold">{price(plan)}</p>
        <Stated page={page} plan={plan} buyer={buyer} locale={locale} />
        <PlanTerms plan={plan} locale={locale} />
        {others.length > 0 ? (
          <p className="mt-3 flex flex-wrap gap-x-3 text-small">
            <span className="text-ink-faint">{t.otherPlan}</span>
            {others.map((one) => (
              <Link key={one.id} href={to.newTrade(page.listing.id, one.id)}>
                {price(one)}
              </Link>
            ))}
          </p>
        ) : null}
      </Panel>
      <Panel title={t.next}>
        <ol className="grid list-decimal gap-1.5 pl-4 text-small text-ink-soft marker:text-ink-faint">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Panel>
    </>
  )
}
