import type { Locale } from "#contracts/localized-text.ts"
import type { Particulars } from "#server/supervision/file-store.ts"
import type { SupervisedTrade } from "#server/supervision/trade-query.ts"
import { formatCount } from "../../../_lib/format.ts"
import { languageTag } from "../../../_lib/locale.ts"
import { supervisedTrade } from "../../../_lib/messages/supervised-trade.ts"
import { supervision } from "../../../_lib/messages/supervision.ts"
import { tradeWords } from "../../../_lib/messages/trade-words.ts"
import { paths } from "../../../_lib/paths.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Money, Text, Time } from "../../../_ui/values.tsx"

type Of<Key extends string, Value> = { [K in Key]: Value } & { locale: Locale }

/** Who, what and for how much: only while an opening lasts. */
export function ParticularsPanel({ particulars, locale }: Of<"particulars", Particulars>) {
  const t = supervisedTrade[locale]
  const to = paths(locale)
  const { buyer, buyerName, seller, sellerName, listing, title, price, fee, rail } = particulars
  return (
    <Panel title={t.particulars}>
      <DefinitionList
        items={[
          {
            term: t.buyer,
            value: (
              <Link href={to.supervisedParty(buyer)}>
                <Text text={buyerName} locale={locale} />
              </Link>
            ),
          },
          {
            term: t.seller,
            value: (
              <Link href={to.supervisedParty(seller)}>
                <Text text={sellerName} locale={locale} />
              </Link>
            ),
          },
          {
            term: t.listing,
            value: (
              <Link href={to.listing(listing)}>
                <Text text={title} locale={locale} />
              </Link>
            ),
          },
          { term: t.price, value: <Money amount={price} locale={locale} /> },
          ...(fee ? [{ term: t.fee, value: <Money amount={fee} locale={locale} /> }] : []),
          ...(rail ? [{ term: t.rail, value: tradeWords[locale].rails[rail] }] : []),
        ]}
      />
    </Panel>
  )
}

export function AgreementPanel({
  hash,
  agreement,
  locale,
}: {
  hash: string
  agreement: Particulars["agreement"]
  locale: Locale
}) {
  const t = supervisedTrade[locale]
  return (
    <Panel title={t.agreementText} footer={<Hash value={hash} locale={locale} full />}>
      <div
        lang={agreement ? languageTag[agreement.locale] : undefined}
        className="max-w-prose wrap-anywhere whitespace-pre-wrap"
      >
        {agreement?.text ?? "—"}
      </div>
    </Panel>
  )
}

/** What stands in clear of a trade. */
export function TradeFacts({ trade, locale }: Of<"trade", SupervisedTrade>) {
  const t = supervisedTrade[locale]
  return (
    <Panel title={supervision[locale].facts}>
      <DefinitionList
        compact
        items={[
          { term: t.proposedAt, value: <Time time={trade.proposedAt} locale={locale} /> },
          {
            term: t.deadline,
            value: trade.deadline ? (
              <Time time={trade.deadline} locale={locale} />
            ) : trade.deadlineLeftMs !== null ? (
              t.stopped
            ) : (
              "—"
            ),
          },
          { term: t.agreement, value: <Hash value={trade.agreementHash} locale={locale} /> },
        ]}
      />
    </Panel>
  )
}

/** Whether what was delivered is what was registered: the result is public, the hashes only once opened. */
export function DeliveryFacts({ trade, locale }: Of<"trade", SupervisedTrade>) {
  const t = supervisedTrade[locale]
  const delivered = trade.records.find(({ type }) => type.startsWith("trade.delivered@"))
  const { grant } = trade
  if (!delivered || !grant)
    return (
      <Panel title={t.deliveryCheck}>
        <p className="text-small text-ink-faint">{t.deliveryNone}</p>
      </Panel>
    )
  const same = delivered.body.check === "same"
  const hash = (term: string, name: string) => {
    const opened = delivered.opened.find(({ path }) => path === `/body/${name}`)
    const value = opened?.value ?? delivered.body[name]
    return typeof value === "string" ? [{ term, value: <Hash value={value} locale={locale} /> }] : []
  }
  return (
    <Panel title={t.deliveryCheck} footer={<span className="text-ink-faint">{t.deliveryNote}</span>}>
      <div className="mb-3">
        <StatusChip tone={same ? "good" : "bad"}>
          {same ? t.deliveryResults.same : t.deliveryResults.different}
        </StatusChip>
      </div>
      <DefinitionList
        compact
        items={[
          ...hash(t.registeredHash, "versionHash"),
          ...hash(t.measuredHash, "measuredHash"),
          { term: t.grant, value: t.grantStates[grant.state] },
          { term: t.fetches, value: formatCount(grant.fetches, locale) },
        ]}
      />
    </Panel>
  )
}
