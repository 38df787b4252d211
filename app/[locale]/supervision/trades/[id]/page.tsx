import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { isId } from "#contracts/ids.ts"
import { actingRoles } from "../../../../_lib/acting.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { shorten } from "../../../../_lib/format.ts"
import { exportWords } from "../../../../_lib/messages/export-words.ts"
import { freezeWords } from "../../../../_lib/messages/freeze-words.ts"
import { supervision } from "../../../../_lib/messages/supervision.ts"
import { tradeTone, tradeWords } from "../../../../_lib/messages/trade-words.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { Button, ButtonLink } from "../../../../_ui/button.tsx"
import { StatusChip } from "../../../../_ui/chip.tsx"
import { Hash } from "../../../../_ui/hash.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { Columns, PageHead, SectionHead } from "../../../../_ui/panel.tsx"
import { BookPanel } from "../../_parts/book-table.tsx"
import { CheckStrip } from "../../_parts/checks.tsx"
import { Confidential } from "../../_parts/confidential.tsx"
import { FrozenNow } from "../../_parts/freezes.tsx"
import { RecordPanel } from "../../_parts/record-list.tsx"
import { AgreementPanel, DeliveryFacts, ParticularsPanel, TradeFacts } from "../../_parts/trade-panels.tsx"

type Props = {
  params: Promise<{ locale: string; id: string }>
  searchParams: Promise<{ opened?: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, id } = await params
  return { title: `${supervision[localeOf(locale)].tradeTitle} ${id.slice(-6)}` }
}

/** A trade as supervision sees it: sentences with their proofs; what is confidential opens only for a purpose. */
export default async function Page({ params, searchParams }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  if (!isId("trade", id)) notFound()
  const { opened } = await searchParams
  const opening = isId("command", opened) ? opened : null
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.supervision.trade({ trade: id, opening })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const trade = found.ok
  const { file } = trade
  const t = supervision[locale]
  const f = freezeWords[locale]
  const x = exportWords[locale]
  const to = paths(locale)
  const mayFreeze = (await actingRoles()).includes("regulator")
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: t.title, href: to.supervision() },
          { label: `${t.tradeTitle} ${shorten(id, 8, 6)}` },
        ]}
      />
      <PageHead
        title={`${t.tradeTitle} ${id.slice(-6)}`}
        chips={
          <>
            <StatusChip tone={tradeTone[trade.state]}>{tradeWords[locale].states[trade.state]}</StatusChip>
            {trade.frozenBy ? <StatusChip tone="warn">{f.frozenNow}</StatusChip> : null}
          </>
        }
        lead={<Hash value={id} locale={locale} full />}
        actions={
          <>
            <ButtonLink icon="download" href={to.exports({ trade: id })}>
              {x.exportThis}
            </ButtonLink>
            {mayFreeze ? (
              <ButtonLink icon="stop" href={to.newFreeze("trade", id)}>
                {f.freeze}
              </ButtonLink>
            ) : (
              <Button why={f.freezeWhy}>{f.freeze}</Button>
            )}
          </>
        }
      />
      <div className="mb-6 grid gap-6">
        <FrozenNow freezes={trade.freezes} locale={locale} />
        <section aria-labelledby="completeness">
          <SectionHead id="completeness" title={t.completeness} />
          <CheckStrip checks={trade.checks} locale={locale} />
        </section>
      </div>
      <Columns
        side={
          <>
            <TradeFacts trade={trade} locale={locale} />
            <DeliveryFacts trade={trade} locale={locale} />
          </>
        }
      >
        <Confidential
          subject={id}
          kind="trade"
          opening={file?.opening ?? null}
          over={opened !== undefined && file === null}
          here={to.supervisedTrade(id)}
          locale={locale}
        />
        {file ? <ParticularsPanel particulars={file.particulars} locale={locale} /> : null}
        {file ? <BookPanel journals={file.journals} locale={locale} /> : null}
        <RecordPanel records={trade.records} locale={locale} />
        {file ? (
          <AgreementPanel hash={trade.agreementHash} agreement={file.particulars.agreement} locale={locale} />
        ) : null}
      </Columns>
    </>
  )
}
