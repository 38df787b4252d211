import type { Metadata } from "next"
import { readText } from "#contracts/localized-text.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { trade as words } from "../../../../_lib/messages/trade.ts"
import { tradeTone, tradeWords } from "../../../../_lib/messages/trade-words.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { ButtonLink } from "../../../../_ui/button.tsx"
import { StatusChip } from "../../../../_ui/chip.tsx"
import { DefinitionList } from "../../../../_ui/definition-list.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { PageHead, Panel } from "../../../../_ui/panel.tsx"
import { EmptyState } from "../../../../_ui/states.tsx"
import { Table } from "../../../../_ui/table.tsx"
import { Money, Text, Time } from "../../../../_ui/values.tsx"
import { hasStatement, statementLines, statementNumber } from "../../_parts/statement.ts"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].statementTitle }
}

/** What was paid, released and refunded in one trade. A statement of the market, never a tax invoice. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.trades.page({ trade: id as never })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { trade, payment, title, buyerName, sellerName } = found.ok
  const t = words[locale]
  const to = paths(locale)
  const lines = statementLines(found.ok)
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: t.all, href: to.trades() },
          { label: readText(title, locale).text, href: to.trade(trade.id) },
          { label: t.statement },
        ]}
      />
      <PageHead
        title={t.statementTitle}
        lead={<Text text={title} locale={locale} />}
        actions={
          hasStatement(found.ok) ? (
            <ButtonLink href={to.statementPdf(trade.id)} download icon="download">
              {t.statementPdf}
            </ButtonLink>
          ) : null
        }
        chips={
          <StatusChip tone={tradeTone[trade.state]}>{tradeWords[locale].states[trade.state]}</StatusChip>
        }
      />
      {hasStatement(found.ok) ? (
        <div className="grid gap-6">
          <Panel footer={t.statementNote}>
            <DefinitionList
              items={[
                { term: t.number, value: statementNumber(found.ok) },
                { term: t.issued, value: <Time time={trade.updatedAt} locale={locale} precision="second" /> },
                { term: t.buyer, value: <Text text={buyerName} locale={locale} /> },
                { term: t.seller, value: <Text text={sellerName} locale={locale} /> },
                ...(payment ? [{ term: t.rail, value: tradeWords[locale].rails[payment.rail] }] : []),
                ...(payment?.charge ? [{ term: t.reference, value: payment.charge }] : []),
              ]}
            />
          </Panel>
          <Table
            caption={t.statementTitle}
            rows={lines}
            rowKey={(line) => line.key}
            columns={[
              { key: "label", label: t.item, heading: true, cell: (line) => t.lines[line.key] },
              {
                key: "amount",
                label: t.price,
                align: "right",
                cell: (line) => <Money amount={line.amount} locale={locale} />,
              },
            ]}
          />
        </div>
      ) : (
        <EmptyState title={t.notSettled} level={2} />
      )}
    </>
  )
}
