import type { Metadata } from "next"
import { readText } from "#contracts/localized-text.ts"
import { describeUse } from "#contracts/rights/sentences.ts"
import type { TradeState } from "#contracts/trade.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { charges } from "../../../_lib/messages/charges.ts"
import { trade as words } from "../../../_lib/messages/trade.ts"
import { stateWord, tradeTone, tradeWords } from "../../../_lib/messages/trade-words.ts"
import { localeOf, orNotFound } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { StatusChip } from "../../../_ui/chip.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Breadcrumbs } from "../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel } from "../../../_ui/panel.tsx"
import { Callout } from "../../../_ui/states.tsx"
import { Timeline } from "../../../_ui/timeline.tsx"
import { Text } from "../../../_ui/values.tsx"
import { VerifyRecords } from "../../../_verify/verify-records.tsx"
import { ChargebackPanel } from "../_parts/chargeback-panel.tsx"
import { NowPanel } from "../_parts/now-panel.tsx"
import { priceRows } from "../_parts/price-rows.tsx"
import { RefundsPanel } from "../_parts/refunds-panel.tsx"
import { timelineSteps } from "../_parts/timeline-steps.tsx"
import { Watch } from "../_parts/watch.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, id } = await params
  return { title: `${words[localeOf(locale)].one} ${id.slice(-6)}` }
}

/** One trade: what happened, what is waited for and until when, and what this reader can do now. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.trades.page({ trade: id as never })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const page = found.ok
  const { trade, payment } = page
  const t = words[locale]
  const w = tradeWords[locale]
  const to = paths(locale)
  const sealed = page.records.flatMap(({ index }) => (index === null ? [] : [{ index, opened: [] }]))
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[{ label: t.all, href: to.trades() }, { label: readText(page.title, locale).text }]}
      />
      <PageHead
        title={<Text text={page.title} locale={locale} />}
        chips={<StatusChip tone={tradeTone[trade.state]}>{stateWord(trade, locale)}</StatusChip>}
        lead={<Hash value={trade.id} locale={locale} head={10} tail={6} />}
      />
      {trade.frozenBy ? (
        <div className="mb-6">
          <Callout tone="warn" title={t.frozenTitle}>
            {t.frozenLead}
          </Callout>
        </div>
      ) : null}
      {goesOn(page) ? <Watch /> : null}
      <Columns
        side={
          <>
            <NowPanel page={page} locale={locale} />
            <RefundsPanel
              trade={trade.id}
              page={page}
              as={page.side === "seller" ? "seller" : null}
              locale={locale}
            />
            <Panel title={t.facts}>
              <DefinitionList
                compact
                items={[
                  {
                    term: t.listing,
                    value: (
                      <Link href={to.listing(trade.listing)}>
                        <Text text={page.title} locale={locale} />
                      </Link>
                    ),
                  },
                  { term: t.buyer, value: <Text text={page.buyerName} locale={locale} /> },
                  { term: t.seller, value: <Text text={page.sellerName} locale={locale} /> },
                  ...priceRows(trade, t.price, locale),
                  ...(trade.purchaseOrder
                    ? [{ term: charges[locale].purchaseOrder, value: trade.purchaseOrder }]
                    : []),
                  ...(trade.invoice ? [{ term: charges[locale].invoice, value: trade.invoice.number }] : []),
                  ...(payment ? [{ term: t.rail, value: w.rails[payment.rail] }] : []),
                  { term: t.use, value: describeUse(trade.use, locale) },
                  ...(trade.grant && page.side
                    ? [{ term: t.delivery, value: <Link href={to.delivery(trade.id)}>{t.toDelivery}</Link> }]
                    : []),
                  { term: t.agreement, value: <Link href={to.agreement(trade.id)}>{t.readAgreement}</Link> },
                  { term: t.statement, value: <Link href={to.statement(trade.id)}>{t.statement}</Link> },
                  ...(page.side
                    ? [
                        {
                          term: t.records,
                          value: <Link href={to.ownExports({ trade: trade.id })}>{t.exportRecords}</Link>,
                        },
                      ]
                    : []),
                ]}
              />
            </Panel>
          </>
        }
        sideFirst
      >
        {page.chargebacks.map((one) => (
          <ChargebackPanel key={one.chargeback.id} {...one} locale={locale} />
        ))}
        <Panel title={t.timeline}>
          <Timeline
            label={t.timeline}
            locale={locale}
            steps={timelineSteps(trade, page.records, page.now, locale, page.side !== null)}
          />
          {sealed.length === 0 ? null : (
            <div className="mt-4 border-t border-line pt-4">
              <VerifyRecords key={sealed.length} records={sealed} locale={locale} />
            </div>
          )}
        </Panel>
      </Columns>
    </>
  )
}

/** States that the market leaves by itself, within moments. */
const passing: readonly TradeState[] = ["funded", "accepted", "resolved"]

type Passing = {
  trade: { state: TradeState; price: { minor: string } }
  records: readonly { index: number | null }[]
}

/** Whether the page may say something else in a moment without anybody acting. */
const goesOn = ({ trade, records }: Passing): boolean =>
  passing.includes(trade.state) ||
  trade.state === "funding" ||
  (trade.state === "agreed" && trade.price.minor === "0") ||
  records.some(({ index }) => index === null)
