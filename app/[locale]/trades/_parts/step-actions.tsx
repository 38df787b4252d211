import type { Locale } from "#contracts/localized-text.ts"
import { isZero } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import { type Refusal, sentence } from "#contracts/refusal.ts"
import { isProcessing, type Side, type Trade, tradeTransitions } from "#contracts/trade.ts"
import { stepsFrom } from "#contracts/transition.ts"
import { trade as words } from "../../../_lib/messages/trade.ts"
import { disputeReasons, tradeWords } from "../../../_lib/messages/trade-words.ts"
import { paths } from "../../../_lib/paths.ts"
import { ButtonLink } from "../../../_ui/button.tsx"
import { AskedStep, ConfirmButton, DisputeButton } from "./trade-actions.tsx"

type Page = {
  trade: Trade
  payment: Payment | null
  side: Side | null
  verified: boolean
  /** Why the buyer's own rules do not let this member confirm. */
  approval: Refusal | null
}

/** What this reader can do at this step, read from the table of states; the rest is not shown at all. */
export function StepActions({ page, locale }: { page: Page; locale: Locale }) {
  const { trade, side } = page
  if (!side || trade.frozenBy) return null
  const steps = stepsFrom(tradeTransitions, trade.state)
  const t = words[locale]
  const to = paths(locale)
  const confirmed = trade.confirmations.some((one) => one.side === side)
  return (
    <>
      {trade.state === "proposed" ? (
        <ConfirmButton
          trade={trade.id}
          agreementHash={trade.agreementHash}
          words={{ label: t.confirm, busy: t.confirming }}
          why={confirmed ? t.youConfirmed : page.approval ? sentence(page.approval, locale) : null}
        />
      ) : null}
      {trade.state === "proposed" ? (
        <ButtonLink href={to.agreement(trade.id)}>{t.readAgreement}</ButtonLink>
      ) : null}
      {side === "buyer" &&
      !isProcessing(trade) &&
      (trade.state === "funding" || (steps.includes("startFunding") && !isZero(trade.price))) ? (
        <ButtonLink variant="primary" href={to.checkout(trade.id)}>
          {t.toCheckout}
        </ButtonLink>
      ) : null}
      {/* With the money went the right to fetch: what was fetched before stays on the delivery page. */}
      {side === "buyer" && trade.grant && trade.state !== "refunded" ? (
        <ButtonLink href={to.delivery(trade.id)} icon="download">
          {t.download}
        </ButtonLink>
      ) : null}
      {side === "buyer" && steps.includes("accept") ? (
        <AskedStep
          trade={trade.id}
          step="accept"
          words={{ label: t.accept, busy: t.accepting, title: t.acceptTitle, lead: t.acceptLead }}
        />
      ) : null}
      {side === "buyer" && steps.includes("dispute") ? (
        <DisputeButton
          trade={trade.id}
          words={{
            label: t.dispute,
            busy: t.disputing,
            title: t.dispute,
            lead: t.disputeLead,
            reason: t.disputeReason,
            statement: t.disputeStatement,
            reasons: disputeReasons.map((value) => ({
              value,
              label: tradeWords[locale].disputeReasons[value],
            })),
          }}
        />
      ) : null}
      {steps.includes("cancel") && !(trade.state === "funding" && side === "seller") ? (
        <AskedStep
          danger
          trade={trade.id}
          step="cancel"
          words={{ label: t.cancel, busy: t.cancelling, title: t.cancel, lead: t.cancelLead }}
        />
      ) : null}
    </>
  )
}
