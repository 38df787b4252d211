import type { Locale } from "#contracts/localized-text.ts"
import type { Payment } from "#contracts/payment.ts"
import type { TradeState } from "#contracts/trade.ts"
import { operator as words } from "../../../_lib/messages/operator.ts"
import { Panel } from "../../../_ui/panel.tsx"
import { Callout } from "../../../_ui/states.tsx"
import { ConfirmPayout, ConfirmReceipt, ReturnPayout } from "./bank-actions.tsx"

type Page = { payment: Payment; tradeState: TradeState; frozen: boolean }

/** What the operator confirms of a bank payment: the receipt, then each leg that is paid out. */
export function PaymentSteps({ page, locale }: { page: Page; locale: Locale }) {
  const { payment, tradeState } = page
  const t = words[locale]
  const pending = (["release", "refund"] as const).filter((leg) => payment[leg]?.state === "pending")
  const answer = {
    busy: t.working,
    decided: t.decidedBy,
    bankNumber: t.bankNumber,
    bankNumberHint: t.bankNumberHint,
  }
  if (payment.rail !== "bank") return null
  if (payment.state === "started") {
    const ended = tradeState !== "funding"
    return (
      <Panel title={t.receiptTitle}>
        <p className="mb-4 max-w-prose text-ink-soft">
          {ended ? t.receiptLateLead : t.paymentLeads.receipts}
        </p>
        <ConfirmReceipt
          payment={payment.id}
          currency={payment.amount.currency}
          words={{
            ...answer,
            label: t.confirmReceipt,
            title: t.receiptTitle,
            lead: ended ? t.receiptLateLead : t.receiptLead,
            amount: t.receivedAmount,
            currency: t.currency,
            unreadable: t.amountUnreadable,
          }}
        />
      </Panel>
    )
  }
  if (pending.length === 0)
    return (
      <>
        <Callout>{t.paymentDone}</Callout>
        <Returns payment={payment} locale={locale} />
      </>
    )
  return (
    <Panel title={t.paymentQueues.payouts}>
      {page.frozen ? (
        <div className="mb-4">
          <Callout tone="warn">{t.payoutFrozen}</Callout>
        </div>
      ) : null}
      <p className="mb-4 max-w-prose text-ink-soft">{t.payoutLead}</p>
      <div className="flex flex-wrap gap-3">
        {pending.map((leg) => (
          <ConfirmPayout
            key={`${leg} ${attemptOf(payment, leg)}`}
            payment={payment.id}
            leg={leg}
            attempt={attemptOf(payment, leg)}
            frozen={page.frozen}
            words={{
              ...answer,
              label: t.payoutTitle[leg],
              title: t.payoutTitle[leg],
              lead: page.frozen ? t.payoutFrozen : t.payoutLead,
              alreadyPaid: t.alreadyPaid,
            }}
          />
        ))}
      </div>
    </Panel>
  )
}

const attemptOf = (payment: Payment, leg: "release" | "refund"): number => payment[leg]?.attempt ?? 1

/** What was paid out may come back from the bank, also after the trade has ended. */
function Returns({ payment, locale }: { payment: Payment; locale: Locale }) {
  const t = words[locale]
  const done = (["release", "refund"] as const).filter((leg) => payment[leg]?.state === "done")
  if (done.length === 0) return null
  return (
    <Panel title={t.returnTitle}>
      <p className="mb-4 max-w-prose text-ink-soft">{t.returnLead}</p>
      <div className="flex flex-wrap gap-3">
        {done.map((leg) => (
          <ReturnPayout
            key={`${leg} ${attemptOf(payment, leg)}`}
            payment={payment.id}
            leg={leg}
            attempt={attemptOf(payment, leg)}
            words={{
              label: t.returned[leg],
              busy: t.working,
              title: t.returned[leg],
              lead: t.returnFollows,
              decided: t.decidedBy,
              reason: t.returnReason,
              reasonHint: t.returnReasonHint,
            }}
          />
        ))}
      </div>
    </Panel>
  )
}
