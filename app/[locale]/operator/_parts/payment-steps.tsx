import type { Locale } from "#contracts/localized-text.ts"
import type { Money } from "#contracts/money.ts"
import { type Leg, legRail, type Payment } from "#contracts/payment.ts"
import type { TradeState } from "#contracts/trade.ts"
import { operator as words } from "../../../_lib/messages/operator.ts"
import { refundByBank } from "../../../_lib/messages/refund-by-bank.ts"
import { Panel } from "../../../_ui/panel.tsx"
import { Callout } from "../../../_ui/states.tsx"
import { ConfirmPayout, ConfirmReceipt, ReturnPayout } from "./bank-actions.tsx"
import { ByBank } from "./by-bank.tsx"

type Page = {
  payment: Payment
  tradeState: TradeState
  frozen: boolean
  refused: boolean
  due: { release: Money | null; refund: Money | null }
}

/**
 * What the operator confirms of a bank payment: the receipt, then each leg that is paid out. Of another one: that the
 * refund which the provider refuses goes by bank, and then that it has.
 */
export function PaymentSteps({ page, locale }: { page: Page; locale: Locale }) {
  const { payment, tradeState } = page
  const t = words[locale]
  const pending = byBank(payment, "pending")
  const answer = {
    busy: t.working,
    decided: t.decidedBy,
    bankNumber: t.bankNumber,
    bankNumberHint: t.bankNumberHint,
  }
  if (page.refused)
    return (
      <Panel title={refundByBank[locale].byBankTitle}>
        <div className="grid gap-2">
          <p className="max-w-prose text-ink-soft">{refundByBank[locale].legRefused}</p>
          <ByBank
            of={{ payment: payment.id }}
            version={payment.version}
            asked={payment.refund?.byBank ?? null}
            locale={locale}
          />
        </div>
      </Panel>
    )
  if (payment.rail === "bank" && payment.state === "started") {
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
        {payment.rail === "bank" ? <Callout>{t.paymentDone}</Callout> : null}
        <Returns payment={payment} locale={locale} />
      </>
    )
  const stopped = page.frozen
    ? { lead: t.payoutFrozen, alreadyPaid: t.alreadyPaid }
    : payment.chargeback
      ? { lead: t.payoutContested, alreadyPaid: t.paidBeforeChargeback }
      : null
  return (
    <Panel title={t.paymentQueues.payouts}>
      {stopped ? (
        <div className="mb-4">
          <Callout tone="warn">{stopped.lead}</Callout>
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
            amount={page.due[leg]}
            stopped={stopped !== null}
            words={{
              ...answer,
              label: t.payoutTitle[leg],
              title: t.payoutTitle[leg],
              lead: stopped?.lead ?? t.payoutLead,
              amount: t.amount,
              alreadyPaid: stopped?.alreadyPaid ?? t.alreadyPaid,
            }}
          />
        ))}
      </div>
    </Panel>
  )
}

const byBank = (payment: Payment, state: Leg["state"]) =>
  (["release", "refund"] as const).filter(
    (leg) => payment[leg]?.state === state && legRail(payment, leg) === "bank",
  )

const attemptOf = (payment: Payment, leg: "release" | "refund"): number => payment[leg]?.attempt ?? 1

/** What was paid out may come back from the bank, also after the trade has ended. */
function Returns({ payment, locale }: { payment: Payment; locale: Locale }) {
  const t = words[locale]
  const done = byBank(payment, "done")
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
