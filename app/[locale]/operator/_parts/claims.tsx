import { type Debt, debtReference } from "#contracts/debt.ts"
import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import { type Money as Amount, isZero } from "#contracts/money.ts"
import type { Refund } from "#contracts/refund.ts"
import { aboutIt } from "../../../_lib/about.tsx"
import { formatMoney } from "../../../_lib/format.ts"
import { about as aboutWords } from "../../../_lib/messages/about.ts"
import { debtTone, refundTone, claims as words } from "../../../_lib/messages/claims.ts"
import { paymentWords } from "../../../_lib/messages/payment-words.ts"
import { paths } from "../../../_lib/paths.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Link } from "../../../_ui/link.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Money, Text } from "../../../_ui/values.tsx"
import { ByBank } from "./by-bank.tsx"
import { ConfirmRefund, DecideRefund, RepayDebt, ReturnRefund, WriteOff } from "./claim-actions.tsx"

export type RefundCard = {
  refund: Refund
  title: LocalizedText
  buyerName: LocalizedText
  sellerName: LocalizedText
  buyerAccount: string | null
  reference: string
  failure: string | null
  refused: boolean
  waits: boolean
  frozen: boolean
}
export type DebtCard = {
  debt: Debt
  title: LocalizedText | null
  sellerName: LocalizedText
  buyerName: LocalizedText | null
  available: Amount | null
}

/** Refunds with what comes next of each, and what the operator does about it. */
export function RefundList(props: { cards: readonly RefundCard[]; locale: Locale; linked?: boolean }) {
  const { cards, locale, linked } = props
  const t = words[locale]
  if (cards.length === 0) return <EmptyState title={t.noRefunds}>{t.nothingLead}</EmptyState>
  return (
    <ul className="grid divide-y divide-line">
      {cards.map((card) => (
        <li key={card.refund.id} className="grid gap-1.5 py-4 first:pt-0 last:pb-0">
          <span className="flex flex-wrap items-center gap-2">
            <span className="font-medium">
              <Money amount={card.refund.amount} locale={locale} />
            </span>
            <StatusChip tone={refundTone[card.refund.state]}>{t.states[card.refund.state]}</StatusChip>
            {linked ? (
              <PaymentLink payment={card.refund.payment} text={card.reference} locale={locale} />
            ) : null}
          </span>
          <span className="text-small text-ink-soft">
            <Text text={card.title} locale={locale} /> · {t.seller}{" "}
            <Text text={card.sellerName} locale={locale} /> · {t.buyer}{" "}
            <Text text={card.buyerName} locale={locale} />
          </span>
          <span className="text-small text-ink-soft">
            {t.reasons[card.refund.reason]} · {t.sources[card.refund.source]}
          </span>
          <span className="text-small">{card.refund.note}</span>
          <RefundNext card={card} locale={locale} />
        </li>
      ))}
    </ul>
  )
}

const PaymentLink = ({ payment, text, locale }: { payment: string; text: string; locale: Locale }) => (
  <Link href={paths(locale).operatorItem("payments", payment)}>
    <code className="font-mono text-small">{text}</code>
  </Link>
)

function RefundNext({ card, locale }: { card: RefundCard; locale: Locale }) {
  const t = words[locale]
  const o = paymentWords[locale]
  const { refund, failure, buyerAccount } = card
  const asking = { busy: t.sending, decided: t.decidedBy }
  const known = { amount: refund.amount, payee: card.buyerName, reference: card.reference }
  if (refund.state === "asked") {
    const about = aboutIt({ ...known, note: refund.note }, locale)
    return (
      <>
        <p className="text-small text-ink-soft">{t.next.asked}</p>
        <div className="flex flex-wrap gap-2">
          <DecideRefund
            refund={refund.id}
            version={refund.version}
            confirm
            about={about}
            words={{ label: t.confirmIt, title: t.confirmTitle, lead: t.confirmLead, ...asking }}
          />
          <DecideRefund
            refund={refund.id}
            version={refund.version}
            confirm={false}
            about={about}
            words={{ label: t.dropIt, title: t.dropTitle, lead: t.dropLead, ...asking }}
          />
        </div>
      </>
    )
  }
  if (refund.state === "repaid" && refund.rail === "bank")
    return (
      <div>
        <ReturnRefund
          key={refund.attempt}
          refund={refund.id}
          attempt={refund.attempt}
          about={aboutIt({ ...known, bankNumber: refund.reference }, locale)}
          words={{ label: t.cameBack, title: t.cameBack, lead: t.cameBackLead, ...asking }}
        />
      </div>
    )
  if (refund.state !== "decided") return null
  if (card.frozen && refund.rail === "card")
    return <p className="text-small text-ink-soft">{t.next.frozen}</p>
  if (card.waits) return <p className="text-small text-ink-soft">{t.next.waits}</p>
  if (refund.rail === "bank")
    return (
      <>
        <p className="text-small text-ink-soft">{card.frozen ? o.payoutFrozen : t.next.bank}</p>
        <p className="text-small">{t.toAccountIs(buyerAccount ?? t.noAccount)}</p>
        <div>
          <ConfirmRefund
            refund={refund.id}
            attempt={refund.attempt}
            amount={refund.amount}
            frozen={card.frozen}
            about={aboutIt({ ...known, account: buyerAccount }, locale)}
            words={{
              label: t.bankDone,
              title: t.bankDone,
              lead: card.frozen ? o.payoutFrozen : t.bankLead,
              alreadyPaid: o.alreadyPaid,
              bankNumber: aboutWords[locale].bankNumber,
              bankNumberHint: aboutWords[locale].bankNumberHint,
              ...asking,
            }}
          />
        </div>
      </>
    )
  const next = failure ? t.next.failed(failure) : refund.debt ? t.next.taken : t.next.card
  return (
    <>
      <p className="text-small text-ink-soft">{next}</p>
      {card.refused ? (
        <ByBank
          of={{ refund: refund.id }}
          version={refund.version}
          asked={refund.byBank ?? null}
          known={known}
          locale={locale}
        />
      ) : null}
    </>
  )
}

/** What sellers owe, and what the operator does about it. */
export function DebtList({ cards, locale }: { cards: readonly DebtCard[]; locale: Locale }) {
  const t = words[locale]
  if (cards.length === 0) return <EmptyState title={t.noDebts}>{t.nothingLead}</EmptyState>
  return (
    <ul className="grid divide-y divide-line">
      {cards.map(({ debt, title, sellerName, available }) => (
        <li key={debt.id} className="grid gap-1.5 py-4 first:pt-0 last:pb-0">
          <span className="flex flex-wrap items-center gap-2">
            <span className="font-medium">
              <Money amount={debt.left} locale={locale} />
            </span>
            <StatusChip tone={debtTone[debt.state]}>{t.debtStates[debt.state]}</StatusChip>
            {debt.payment === null ? (
              <code className="font-mono text-small">{debtReference(debt.id)}</code>
            ) : (
              <PaymentLink payment={debt.payment} text={debtReference(debt.id)} locale={locale} />
            )}
          </span>
          <span className="text-small text-ink-soft">
            {title === null ? null : `${t.seller} `}
            <Text text={sellerName} locale={locale} /> ·{" "}
            {title === null ? null : (
              <>
                <Text text={title} locale={locale} /> ·{" "}
              </>
            )}
            {t.causes[debt.cause]} · {t.owes} <Money amount={debt.amount} locale={locale} />
          </span>
          {debt.state === "owed" && debt.owedFor ? (
            <span className="text-small text-ink-soft">{t.owedFor[debt.owedFor]}</span>
          ) : null}
          {debt.writeOff && debt.state === "owed" ? (
            <span className="text-small">{t.writeOffAsked(debt.writeOff.note)}</span>
          ) : null}
          {debt.take && debt.state === "owed" ? (
            <span className="text-small">{t.takeAsked(debt.take.note)}</span>
          ) : null}
          {debt.state === "owed" ? (
            <DebtActions debt={debt} by={sellerName} available={available} locale={locale} />
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function DebtActions(props: { debt: Debt; by: LocalizedText; available: Amount | null; locale: Locale }) {
  const { debt, by, available, locale } = props
  const t = words[locale]
  const asking = { busy: t.sending, decided: t.decidedBy }
  const known = { owed: debt.left, party: by, reference: debtReference(debt.id) }
  return (
    <div className="flex flex-wrap gap-2">
      <RepayDebt
        key={`repay ${debt.version}`}
        debt={debt.id}
        version={debt.version}
        currency={debt.left.currency}
        about={aboutIt(known, locale)}
        words={{
          label: t.repaid,
          title: t.repaidTitle,
          lead: t.repaidLead,
          amount: t.repaidAmount,
          unreadable: t.amountUnreadable,
          bankNumber: aboutWords[locale].bankNumber,
          bankNumberHint: aboutWords[locale].bankNumberHint,
          ...asking,
        }}
      />
      {available === null || isZero(available) ? null : (
        <WriteOff
          key={`take ${debt.version}`}
          debt={debt.id}
          version={debt.version}
          how="take"
          about={aboutIt({ ...known, note: debt.take?.note ?? null }, locale)}
          words={{
            label: debt.take ? t.takeSecond : t.take,
            title: t.takeTitle,
            lead: t.takeLead(formatMoney(available, locale)),
            note: t.note,
            noteHint: t.debtNoteHint,
            ...asking,
          }}
        />
      )}
      <WriteOff
        key={`write off ${debt.version}`}
        debt={debt.id}
        version={debt.version}
        how="writeOff"
        about={aboutIt({ ...known, note: debt.writeOff?.note ?? null }, locale)}
        words={{
          label: debt.writeOff ? t.writeOffSecond : t.writeOff,
          title: t.writeOffTitle,
          lead: t.writeOffLead,
          note: t.note,
          noteHint: t.debtNoteHint,
          ...asking,
        }}
      />
    </div>
  )
}
