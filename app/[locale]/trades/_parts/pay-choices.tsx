import type { Locale } from "#contracts/localized-text.ts"
import { compareMoney, isZero, type Money } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import { isProcessing, type Side, type Trade } from "#contracts/trade.ts"
import { formatMoney } from "../../../_lib/format.ts"
import { balance } from "../../../_lib/messages/balance.ts"
import { trade as words } from "../../../_lib/messages/trade.ts"
import { tradeWords } from "../../../_lib/messages/trade-words.ts"
import { CodeBlock } from "../../../_ui/code-block.tsx"
import { ContinuePayment, PayButton } from "./trade-actions.tsx"

type Page = {
  trade: Trade
  payment: Payment | null
  side: Side | null
  verified: boolean
  cardReady: boolean
  bankReady: boolean
  bankAccount: string
  /** What the buyer has available in the price's currency; null where nothing is to be paid. */
  prepaid: Money | null
}

/** Ways to pay that are open now; a started bank transfer shows what to write on it. */
export function PayChoices({ page, locale }: { page: Page; locale: Locale }) {
  const t = words[locale]
  const { trade, payment } = page
  if (page.side !== "buyer") return <p className="text-ink-soft">{tradeWords[locale].states[trade.state]}</p>
  if (isProcessing(trade)) return <p className="text-ink-soft">{tradeWords[locale].processing.wait}</p>
  if (trade.state === "funding" && payment?.state === "started") {
    if (payment.rail === "card")
      return <ContinuePayment payment={payment.id} words={{ label: t.continuePayment, busy: t.paying }} />
    return (
      <div className="grid gap-3">
        <p className="font-semibold">{t.bankTitle}</p>
        <CodeBlock locale={locale} title={t.bankReference} code={payment.reference} />
        <CodeBlock locale={locale} title={t.bankAccount} code={page.bankAccount} />
        <p className="text-ink-soft">{t.bankNext}</p>
      </div>
    )
  }
  if (trade.state !== "agreed")
    return <p className="text-ink-soft">{tradeWords[locale].states[trade.state]}</p>
  const why = page.verified ? null : t.notVerified
  const { prepaid } = page
  const suffices = prepaid !== null && compareMoney(prepaid, trade.price) >= 0
  return (
    <div className="grid justify-items-start gap-3">
      {prepaid && suffices ? (
        <>
          <PayButton
            primary
            trade={trade.id}
            rail="balance"
            words={{ label: balance[locale].payBalance(formatMoney(prepaid, locale)), busy: t.paying }}
            why={why}
          />
          <p className="text-small text-ink-soft">{balance[locale].payBalanceNext}</p>
        </>
      ) : null}
      {page.cardReady ? (
        <PayButton
          primary={!suffices}
          trade={trade.id}
          rail="card"
          words={{ label: t.payCard, busy: t.paying }}
          why={why}
        />
      ) : null}
      {page.bankReady ? (
        <PayButton
          primary={!page.cardReady && !suffices}
          trade={trade.id}
          rail="bank"
          words={{ label: t.payBank, busy: t.paying }}
          why={why}
        />
      ) : null}
      {prepaid && !suffices && !isZero(prepaid) ? (
        <p className="text-small text-ink-soft">
          {balance[locale].payBalanceShort(formatMoney(prepaid, locale))}
        </p>
      ) : null}
    </div>
  )
}
