import type { ReactNode } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { type Money as Amount, isZero } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import type { Refund, RefundSource } from "#contracts/refund.ts"
import { formatMoney } from "../../../_lib/format.ts"
import { refundTone, claims as words } from "../../../_lib/messages/claims.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Money, Time } from "../../../_ui/values.tsx"
import { GiveBack } from "./give-back.tsx"

type Page = {
  payment: Pick<Payment, "state" | "amount" | "chargeback"> | null
  refunds: readonly Refund[]
  /** Of these, the ones that wait until their seller has paid. */
  waiting?: readonly string[]
  /** How much can still be given back, and out of what; null while that is not possible. */
  returnable: { source: RefundSource; most: Amount } | null
}

/** The refunds of a trade, and for its seller (or the operator, `as`) how to make one. */
export function RefundsPanel(props: {
  trade: string
  page: Page
  as: "seller" | "operator" | null
  locale: Locale
  /** Takes the place of the plain list. */
  list?: ReactNode
}) {
  const { trade, page, as, locale, list } = props
  const t = words[locale]
  const { payment, refunds, returnable } = page
  const open = returnable && !isZero(returnable.most) && !payment?.chargeback ? returnable : null
  const may = as !== null && payment !== null && (open !== null || payment.state === "parting")
  if (refunds.length === 0 && !may) return null
  return (
    <Panel title={t.refunds} {...(may ? { footer: t.refundLead } : {})}>
      <div className="grid gap-4">
        {list ?? null}
        {refunds.length === 0 || list ? null : (
          <ul className="grid gap-3">
            {refunds.map((refund) => (
              <li key={refund.id} className="grid gap-0.5">
                <span className="flex flex-wrap items-center gap-2">
                  <span className="font-medium">
                    <Money amount={refund.amount} locale={locale} />
                  </span>
                  <StatusChip tone={refundTone[refund.state]}>{t.states[refund.state]}</StatusChip>
                </span>
                <span className="text-small text-ink-soft">
                  {t.reasons[refund.reason]} · {t.sources[refund.source]} ·{" "}
                  <Time time={refund.askedAt} locale={locale} />
                </span>
                <span className="text-small">{refund.note}</span>
                {page.waiting?.includes(refund.id) ? (
                  <span className="text-small text-ink-soft">{t.next.waits}</span>
                ) : null}
              </li>
            ))}
          </ul>
        )}
        {may && open ? (
          <div>
            {/* Another one after each refund: its dialog is closed, so that nobody sends it twice. */}
            <GiveBack
              key={`${refunds.length} ${open.most.minor}`}
              trade={trade}
              currency={open.most.currency}
              leads={leadsOf(open, as, locale)}
              words={buttonWords(locale)}
            />
          </div>
        ) : null}
        {may && !open ? <p className="text-small text-ink-soft">{t.onItsWay}</p> : null}
      </div>
    </Panel>
  )
}

function leadsOf(
  { source, most }: { source: RefundSource; most: Amount },
  as: "seller" | "operator" | null,
  locale: Locale,
): string[] {
  const t = words[locale]
  const amount = formatMoney(most, locale)
  if (source === "held") return [t.mostHeld(amount)]
  return as === "operator" ? [t.mostReleased(amount), t.twoPeople] : [t.mostReleased(amount), t.waitsLead]
}

const buttonWords = (locale: Locale) => {
  const { giveBack, giveBackTitle, amount, amountUnreadable, reason, reasons, note, noteHint } = words[locale]
  const { send, sending, decidedBy } = words[locale]
  return {
    giveBack,
    giveBackTitle,
    amount,
    amountUnreadable,
    reason,
    reasons,
    note,
    noteHint,
    send,
    sending,
    decidedBy,
  }
}
