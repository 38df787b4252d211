import type { Metadata } from "next"
import { type Locale, readText } from "#contracts/localized-text.ts"
import { statementLines } from "#contracts/statement.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { charges } from "../../../../_lib/messages/charges.ts"
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
import { Money, Text } from "../../../../_ui/values.tsx"
import { InvoiceForm } from "../../_parts/invoice-form.tsx"
import {
  hasStatement,
  lineWords,
  statementNumber,
  statementSections,
  taxSentence,
} from "../../_parts/statement.ts"

type TradePage = Exclude<
  Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["trades"]["page"]>>,
  { refused: string }
>
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
  const { trade, title } = found.ok
  const t = words[locale]
  const to = paths(locale)
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
        <Whole page={found.ok} locale={locale} />
      ) : (
        <EmptyState title={t.notSettled} level={2} />
      )}
    </>
  )
}

/** The statement as the paper has it, and where the seller notes its invoice. */
function Whole({ page, locale }: { page: TradePage; locale: Locale }) {
  const t = words[locale]
  const c = charges[locale]
  const { trade, payment, side } = page
  const sentence = taxSentence(page, locale)
  const number = { term: t.number, value: statementNumber(page), look: "code" as const }
  return (
    <div className="grid gap-6">
      {statementSections(page, locale).map(({ title, rows }) => (
        <Panel
          key={title ?? "head"}
          title={title ?? undefined}
          footer={title ? undefined : t.statementNote}
          actions={title && side === "seller" ? <Invoice trade={trade} locale={locale} /> : null}
        >
          <DefinitionList
            items={(title ? rows : [number, ...rows]).map(({ term, value, look }) => ({
              term,
              value: look === "code" ? <code className="font-mono text-small">{value}</code> : value,
            }))}
          />
        </Panel>
      ))}
      <Panel flush title={t.amounts} footer={sentence}>
        <Table
          bare
          caption={t.amounts}
          rows={statementLines(trade, payment)}
          rowKey={(line) => line.key}
          columns={[
            {
              key: "label",
              label: t.item,
              heading: true,
              wrap: true,
              cell: (line) => lineWords(page, line.key, locale),
            },
            {
              key: "amount",
              label: c.amount,
              align: "right",
              cell: (line) => <Money amount={line.amount} locale={locale} />,
            },
          ]}
        />
      </Panel>
    </div>
  )
}

function Invoice({ trade, locale }: { trade: TradePage["trade"]; locale: Locale }) {
  const c = charges[locale]
  return (
    <InvoiceForm
      key={trade.version}
      trade={trade.id}
      locale={locale}
      value={trade.invoice?.number ?? ""}
      words={{
        open: trade.invoice ? c.invoiceChange : c.invoiceTitle,
        title: c.invoiceTitle,
        lead: c.invoiceLead,
        label: c.invoice,
        hint: c.invoiceHint,
        save: c.invoiceSave,
        busy: c.saving,
      }}
    />
  )
}
