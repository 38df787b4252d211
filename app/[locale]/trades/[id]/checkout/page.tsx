import type { Metadata } from "next"
import { readText } from "#contracts/localized-text.ts"
import { isZero } from "#contracts/money.ts"
import { mayMayNotMust } from "#contracts/rights/sentences.ts"
import { withPlan } from "#contracts/rights.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { formatMoney } from "../../../../_lib/format.ts"
import { formatDuration } from "../../../../_lib/format-time.ts"
import { trade as words } from "../../../../_lib/messages/trade.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { DefinitionList } from "../../../../_ui/definition-list.tsx"
import { Hash } from "../../../../_ui/hash.tsx"
import { Link } from "../../../../_ui/link.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel } from "../../../../_ui/panel.tsx"
import { MayMayNotMust } from "../../../../_ui/rights.tsx"
import { Callout } from "../../../../_ui/states.tsx"
import { Money, Text } from "../../../../_ui/values.tsx"
import { PayChoices } from "../../_parts/pay-choices.tsx"
import { taxRows } from "../../_parts/price-rows.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].payTitle }
}

/** The one page before paying: what may be done, what is held and until when, and who holds it. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.trades.page({ trade: id as never })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const page = found.ok
  const { trade } = page
  const t = words[locale]
  const to = paths(locale)
  const rights = page.policy ? mayMayNotMust(withPlan(page.policy, !isZero(trade.price)), locale) : null
  const amount = formatMoney(trade.price, locale)
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: t.all, href: to.trades() },
          { label: readText(page.title, locale).text, href: to.trade(trade.id) },
          { label: t.payTitle },
        ]}
      />
      <PageHead title={t.beforePay} lead={<Text text={page.title} locale={locale} />} />
      <Columns
        sideFirst
        side={
          <Panel title={t.payTitle}>
            <p className="text-heading font-semibold">
              <Money amount={trade.price} locale={locale} />
            </p>
            {trade.charges ? (
              <div className="mt-2 empty:hidden">
                <DefinitionList compact items={taxRows(trade.charges, locale)} />
              </div>
            ) : null}
            <p className="mt-2 mb-4 text-ink-soft">{t.payLead}</p>
            <PayChoices page={page} locale={locale} />
          </Panel>
        }
      >
        {rights ? (
          <Panel title={t.licence}>
            <MayMayNotMust locale={locale} {...rights} />
          </Panel>
        ) : null}
        <Panel title={t.whatIsHeld}>
          <ul className="grid list-disc gap-1.5 pl-5">
            <li>{t.heldSentence(amount)}</li>
            <li>{t.refundSentence(formatDuration(trade.deliveryMs, locale))}</li>
            <li>{t.releasedSentence(formatDuration(trade.acceptanceMs, locale))}</li>
          </ul>
          <div className="mt-4">
            <DefinitionList
              compact
              items={[
                { term: t.heldBy, value: <Text text={page.fundsHolder} locale={locale} /> },
                { term: t.seller, value: <Text text={page.sellerName} locale={locale} /> },
                {
                  term: t.agreementHash,
                  value: (
                    <>
                      <Hash value={trade.agreementHash} locale={locale} />{" "}
                      <Link href={to.agreement(trade.id)}>{t.readAgreement}</Link>
                    </>
                  ),
                },
              ]}
            />
          </div>
        </Panel>
        {page.verified ? null : (
          <Callout
            tone="warn"
            title={t.notVerified}
            actions={<Link href={to.account()}>{t.verifyParty}</Link>}
          />
        )}
      </Columns>
    </>
  )
}
