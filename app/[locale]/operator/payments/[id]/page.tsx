import type { Metadata } from "next"
import { type Money as Amount, isZero } from "#contracts/money.ts"
import { type Leg, legRail, type Payment } from "#contracts/payment.ts"
import { aboutIt } from "../../../../_lib/about.tsx"
import { caller, load } from "../../../../_lib/caller.ts"
import { about } from "../../../../_lib/messages/about.ts"
import { claims } from "../../../../_lib/messages/claims.ts"
import { operator as words } from "../../../../_lib/messages/operator.ts"
import { paymentWords } from "../../../../_lib/messages/payment-words.ts"
import { trade as tradePage } from "../../../../_lib/messages/trade.ts"
import { tradeTone, tradeWords } from "../../../../_lib/messages/trade-words.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { StatusChip, type Tone } from "../../../../_ui/chip.tsx"
import { DefinitionList } from "../../../../_ui/definition-list.tsx"
import { Hash } from "../../../../_ui/hash.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel } from "../../../../_ui/panel.tsx"
import { Callout } from "../../../../_ui/states.tsx"
import { Money, Text, Time } from "../../../../_ui/values.tsx"
import { RefundsPanel } from "../../../trades/_parts/refunds-panel.tsx"
import { Calls } from "../../_parts/calls.tsx"
import { ConfirmPayee } from "../../_parts/claim-actions.tsx"
import { DebtList, RefundList } from "../../_parts/claims.tsx"
import { PaymentSteps } from "../../_parts/payment-steps.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: paymentWords[localeOf((await params).locale)].payment }
}

const tones = {
  started: "active",
  held: "good",
  parting: "active",
  closed: "good",
  failed: "neutral",
} as const satisfies Record<Payment["state"], Tone>

/** One payment: what is due, from whom to whom, and the step that waits for the operator. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.payments.page({ payment: id as never })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const page = found.ok
  const { payment } = page
  const t = words[locale]
  const y = paymentWords[locale]
  const w = tradeWords[locale]
  const c = claims[locale]
  const to = paths(locale)
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: t.title, href: to.operator() },
          { label: t.queues.payments, href: to.operatorQueue("payments") },
          { label: payment.reference },
        ]}
      />
      <PageHead
        title={
          <>
            {y.payment} <span className="font-mono">{payment.reference}</span>
          </>
        }
        chips={
          <>
            <StatusChip tone={tones[payment.state]}>{y.paymentStates[payment.state]}</StatusChip>
            <StatusChip tone={tradeTone[page.tradeState]}>{w.states[page.tradeState]}</StatusChip>
            {page.frozen ? <StatusChip tone="bad">{t.frozen}</StatusChip> : null}
          </>
        }
      />
      <Columns
        side={
          <Panel title={t.facts}>
            <DefinitionList
              compact
              items={[
                { term: t.product, value: <Text text={page.title} locale={locale} /> },
                { term: t.buyer, value: <Text text={page.buyerName} locale={locale} /> },
                { term: t.seller, value: <Text text={page.sellerName} locale={locale} /> },
                { term: tradePage[locale].rail, value: w.rails[payment.rail] },
                ...(payment.rail === "bank" ? [{ term: y.ownAccount, value: page.bankAccount }] : []),
                { term: y.started, value: <Time time={payment.startedAt} locale={locale} /> },
                ...(page.deadline
                  ? [{ term: t.deadline, value: <Time time={page.deadline} locale={locale} /> }]
                  : []),
                ...(payment.charge
                  ? [{ term: numberWord(payment.rail, locale), value: payment.charge }]
                  : []),
                { term: y.trade, value: <Hash value={payment.trade} locale={locale} head={10} /> },
                { term: t.id, value: <Hash value={payment.id} locale={locale} head={10} /> },
              ]}
            />
          </Panel>
        }
      >
        <Panel title={t.amount}>
          <p className="text-heading font-semibold">
            <Money amount={payment.amount} locale={locale} />
          </p>
          <div className="mt-3">
            <DefinitionList
              compact
              items={[
                ...(page.heldNow
                  ? [{ term: c.held, value: <Money amount={page.heldNow} locale={locale} /> }]
                  : []),
                ...(payment.givenBack
                  ? [{ term: c.givenBack, value: <Money amount={payment.givenBack} locale={locale} /> }]
                  : []),
                ...legItems(payment, page, locale),
                ...(payment.takenBack
                  ? [
                      {
                        term: c.takenBack,
                        value: <Money amount={payment.takenBack.amount} locale={locale} />,
                      },
                    ]
                  : []),
              ]}
            />
          </div>
        </Panel>
        {page.swapped ? (
          <Callout tone="warn" title={c.swappedTitle}>
            <p className="mb-3">{c.swapped}</p>
            <p className="mb-3">{c.newAccountIs(page.releaseAccount ?? y.noAccount)}</p>
            {page.releaseAccount ? (
              <ConfirmPayee
                payment={payment.id}
                account={page.releaseAccount}
                about={aboutIt(
                  {
                    amount: page.due.release,
                    payee: page.sellerName,
                    account: page.releaseAccount,
                    reference: payment.reference,
                  },
                  locale,
                )}
                words={{
                  label: c.confirmPayee,
                  title: c.confirmPayee,
                  lead: c.confirmPayeeLead,
                  busy: c.sending,
                  decided: c.decidedBy,
                }}
              />
            ) : null}
          </Callout>
        ) : null}
        <PaymentSteps page={page} locale={locale} />
        <RefundsPanel
          trade={payment.trade}
          page={{ payment, refunds: page.refunds.map(({ refund }) => refund), returnable: page.returnable }}
          as={page.returnable ? "operator" : null}
          locale={locale}
          list={page.refunds.length === 0 ? null : <RefundList cards={page.refunds} locale={locale} />}
        />
        {page.debts.length === 0 ? null : (
          <Panel title={c.debts}>
            <DebtList cards={page.debts} locale={locale} />
          </Panel>
        )}
        {payment.rail === "card" ? (
          <>
            {!page.refused && page.calls.some(({ state }) => state === "unknown" || state === "failed") ? (
              <Callout>{y.stuckNext}</Callout>
            ) : null}
            <Calls calls={page.calls} locale={locale} />
          </>
        ) : null}
      </Columns>
    </>
  )
}

/** A charge is the bank's own number of a transfer, and the provider's of another payment. */
const numberWord = (rail: Payment["rail"], locale: "zh" | "en"): string =>
  rail === "bank" ? about[locale].bankNumber : paymentWords[locale].providerNumber

type Due = Record<"release" | "refund", Amount | null>

function legItems(
  payment: Payment,
  page: { due: Due; sellerAccount: string | null; buyerAccount: string | null },
  locale: "zh" | "en",
) {
  const t = paymentWords[locale]
  const leg = (kind: "release" | "refund", { amount, state, reference }: Leg) => ({
    key: kind,
    term: t.legs[kind],
    value: (
      <>
        <Money amount={page.due[kind] ?? amount} locale={locale} />{" "}
        <StatusChip tone={state === "done" ? "good" : "active"}>{t.legStates[state]}</StatusChip>{" "}
        <span className="text-ink-faint">
          {reference ??
            (legRail(payment, kind) === "bank"
              ? ((kind === "release" ? page.sellerAccount : page.buyerAccount) ?? t.noAccount)
              : null)}
        </span>
      </>
    ),
  })
  return [
    ...(payment.release ? [leg("release", payment.release)] : []),
    ...(payment.refund ? [leg("refund", payment.refund)] : []),
    ...(payment.fee
      ? [{ key: "fee", term: t.fee, value: <Money amount={payment.fee} locale={locale} /> }]
      : []),
    ...(payment.tax && !isZero(payment.tax)
      ? [{ key: "tax", term: t.tax, value: <Money amount={payment.tax} locale={locale} /> }]
      : []),
  ]
}
