import type { Debt } from "#contracts/debt.ts"
import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import type { Money } from "#contracts/money.ts"
import { type Leg, legRail, type Payment } from "#contracts/payment.ts"
import type { Refund } from "#contracts/refund.ts"
import type { TradeState } from "#contracts/trade.ts"
import { aboutIt } from "../../../_lib/about.tsx"
import { about as aboutWords } from "../../../_lib/messages/about.ts"
import { claims } from "../../../_lib/messages/claims.ts"
import { operator as words } from "../../../_lib/messages/operator.ts"
import { paymentWords } from "../../../_lib/messages/payment-words.ts"
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
  /** Whether the seller has another account now than when the release was decided. */
  swapped: boolean
  buyerName: LocalizedText
  sellerName: LocalizedText
  sellerAccount: string | null
  buyerAccount: string | null
  refunds: readonly { refund: Pick<Refund, "state" | "rail"> }[]
  debts: readonly { debt: Pick<Debt, "state"> }[]
  due: { release: Money | null; refund: Money | null }
}

/**
 * What the operator confirms of a bank payment: the receipt, then each leg that is paid out. Of another one: that the
 * refund which the provider refuses goes by bank, and then that it has.
 */
export function PaymentSteps({ page, locale }: { page: Page; locale: Locale }) {
  const { payment, tradeState } = page
  const t = paymentWords[locale]
  const o = words[locale]
  const pending = byBank(payment, "pending")
  const answer = {
    busy: o.working,
    decided: o.decidedBy,
    bankNumber: aboutWords[locale].bankNumber,
    bankNumberHint: aboutWords[locale].bankNumberHint,
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
            known={{ amount: page.due.refund, payee: page.buyerName, reference: payment.reference }}
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
          about={aboutIt({ payer: page.buyerName, reference: payment.reference }, locale)}
          words={{
            ...answer,
            label: t.confirmReceipt,
            title: t.receiptTitle,
            lead: ended ? t.receiptLateLead : t.receiptLead,
            amount: t.receivedAmount,
            currency: t.currency,
            unreadable: o.amountUnreadable,
          }}
        />
      </Panel>
    )
  }
  if (pending.length === 0)
    return (
      <>
        {payment.rail === "bank" && !waitsBelow(page) ? <Callout>{t.paymentDone}</Callout> : null}
        <Returns page={page} locale={locale} />
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
            why={leg === "release" && page.swapped ? claims[locale].confirmPayeeFirst : null}
            about={aboutIt(
              { amount: page.due[leg], ...payeeOf(page, leg), reference: payment.reference },
              locale,
            )}
            words={{
              ...answer,
              label: t.payoutTitle[leg],
              title: t.payoutTitle[leg],
              lead: stopped?.lead ?? t.payoutLead,
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

const payeeOf = (page: Page, leg: "release" | "refund") =>
  leg === "release"
    ? { payee: page.sellerName, account: page.sellerAccount }
    : { payee: page.buyerName, account: page.buyerAccount }

/** Whether a refund or a debt of this payment waits, which stand below with their own steps. */
const waitsBelow = ({ refunds, debts }: Page): boolean =>
  refunds.some(({ refund }) => refund.state === "asked" || refund.state === "decided") ||
  debts.some(({ debt }) => debt.state === "owed")

const attemptOf = (payment: Payment, leg: "release" | "refund"): number => payment[leg]?.attempt ?? 1

/** What was paid out may come back from the bank, also after the trade has ended. */
function Returns({ page, locale }: { page: Page; locale: Locale }) {
  const t = paymentWords[locale]
  const o = words[locale]
  const { payment } = page
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
            about={aboutIt(
              {
                amount: page.due[leg],
                payee: payeeOf(page, leg).payee,
                reference: payment.reference,
                bankNumber: payment[leg]?.reference ?? null,
              },
              locale,
            )}
            words={{
              label: t.returned[leg],
              busy: o.working,
              title: t.returned[leg],
              lead: t.returnFollows,
              decided: o.decidedBy,
              reason: t.returnReason,
              reasonHint: t.returnReasonHint,
            }}
          />
        ))}
      </div>
    </Panel>
  )
}
