import type { Metadata } from "next"
import { readText } from "#contracts/localized-text.ts"
import { isZero, zero } from "#contracts/money.ts"
import { heldLeft } from "#contracts/payment.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { disputeWords } from "../../../../_lib/messages/dispute-words.ts"
import { operator as words } from "../../../../_lib/messages/operator.ts"
import { type DisputeReason, tradeTone, tradeWords } from "../../../../_lib/messages/trade-words.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { StatusChip } from "../../../../_ui/chip.tsx"
import { DefinitionList } from "../../../../_ui/definition-list.tsx"
import { Hash } from "../../../../_ui/hash.tsx"
import { Link } from "../../../../_ui/link.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel } from "../../../../_ui/panel.tsx"
import { Callout } from "../../../../_ui/states.tsx"
import { Timeline } from "../../../../_ui/timeline.tsx"
import { Money, Text } from "../../../../_ui/values.tsx"
import { timelineSteps } from "../../../trades/_parts/timeline-steps.tsx"
import { SplitForm } from "../../_parts/split-form.tsx"
import { Statement } from "../../_parts/statement.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: disputeWords[localeOf((await params).locale)].disputeTitle }
}

/** One dispute: what the buyer says, what was agreed and delivered, and how the held funds are parted. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.trades.page({ trade: id as never })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const page = found.ok
  const { trade, records, check } = page
  const t = disputeWords[locale]
  const o = words[locale]
  const w = tradeWords[locale]
  const to = paths(locale)
  const reason = trade.disputeReason as DisputeReason | null
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: o.title, href: to.operator() },
          { label: o.queues.disputes, href: to.operatorQueue("disputes") },
          { label: readText(page.title, locale).text },
        ]}
      />
      <PageHead
        title={<Text text={page.title} locale={locale} />}
        chips={
          <>
            <StatusChip tone={tradeTone[trade.state]}>{w.states[trade.state]}</StatusChip>
            {trade.frozenBy ? <StatusChip tone="bad">{o.frozen}</StatusChip> : null}
          </>
        }
        lead={<Hash value={trade.id} locale={locale} head={10} />}
      />
      <Columns
        side={
          <>
            {trade.state === "disputed" ? (
              <Panel title={t.split} footer={t.unanswered}>
                <SplitForm
                  trade={trade.id}
                  held={page.payment ? heldLeft(page.payment) : zero(trade.price.currency)}
                  terms={trade}
                  locale={locale}
                  words={{
                    lead: t.splitLead,
                    release: t.release,
                    refund: t.refund,
                    wrong: t.splitWrong,
                    unreadable: o.amountUnreadable,
                    fee: t.splitFee("{fee}", "{tax}", "{net}"),
                    allRelease: t.allRelease,
                    allRefund: t.allRefund,
                    half: t.half,
                    resolve: t.resolve,
                    busy: o.working,
                    title: t.resolveTitle,
                    follows: t.resolveLead,
                    decided: o.decidedBy,
                    note: t.resolveNote,
                    noteHint: t.resolveNoteHint,
                  }}
                />
              </Panel>
            ) : null}
            {trade.resolution ? (
              <Panel title={t.resolution} footer={trade.resolution.note}>
                <DefinitionList
                  compact
                  items={[
                    { term: t.release, value: <Money amount={trade.resolution.release} locale={locale} /> },
                    { term: t.refund, value: <Money amount={trade.resolution.refund} locale={locale} /> },
                  ]}
                />
              </Panel>
            ) : null}
            <Panel title={o.facts}>
              <DefinitionList
                compact
                items={[
                  {
                    term: t.heldFunds,
                    value: isZero(trade.price) ? "—" : <Money amount={trade.price} locale={locale} />,
                  },
                  { term: o.buyer, value: <Text text={page.buyerName} locale={locale} /> },
                  { term: o.seller, value: <Text text={page.sellerName} locale={locale} /> },
                  {
                    term: o.product,
                    value: (
                      <Link href={to.listing(trade.listing)}>
                        <Text text={page.title} locale={locale} />
                      </Link>
                    ),
                  },
                  { term: t.agreement, value: <Link href={to.agreement(trade.id)}>{t.agreement}</Link> },
                ]}
              />
            </Panel>
          </>
        }
      >
        <Panel
          title={t.statement}
          actions={reason ? <StatusChip tone="warn">{w.disputeReasons[reason] ?? reason}</StatusChip> : null}
        >
          <Statement
            trade={trade.id}
            words={{
              sealed: t.statementSealed,
              open: t.openStatement,
              opening: t.openingStatement,
              missing: t.statementMissing,
            }}
          />
        </Panel>
        <Panel title={t.deliveryCheck} footer={t.checkMeans}>
          {check ? (
            <div className="grid gap-3">
              <p>
                <StatusChip tone="good">{t.checkSame}</StatusChip>
              </p>
              {check.hashes ? (
                <DefinitionList
                  items={[
                    { term: t.registered, value: <Hash value={check.hashes.versionHash} locale={locale} /> },
                    { term: t.delivered, value: <Hash value={check.hashes.measuredHash} locale={locale} /> },
                  ]}
                />
              ) : null}
            </div>
          ) : (
            <Callout tone="warn">{t.checkWaits}</Callout>
          )}
        </Panel>
        <Panel title={t.timeline}>
          <Timeline
            label={t.timeline}
            locale={locale}
            steps={timelineSteps(trade, records, page.now, locale, false)}
          />
        </Panel>
      </Columns>
    </>
  )
}
