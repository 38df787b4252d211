import type { Locale } from "#contracts/localized-text.ts"
import type { Payment } from "#contracts/payment.ts"
import type { Refusal } from "#contracts/refusal.ts"
import { isProcessing, isWaiting, type Side, type Trade } from "#contracts/trade.ts"
import { trade as words } from "../../../_lib/messages/trade.ts"
import { stateWord, tradeWords } from "../../../_lib/messages/trade-words.ts"
import { Countdown } from "../../../_ui/countdown.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { StepActions } from "./step-actions.tsx"

type Page = {
  trade: Trade
  payment: Payment | null
  side: Side | null
  verified: boolean
  approval: Refusal | null
  now: string
}

/** What is waited for, how long still, and what this reader can do: first on the page, for it is why they came. */
export function NowPanel({ page, locale }: { page: Page; locale: Locale }) {
  const { trade, now } = page
  const w = tradeWords[locale]
  const waits = isWaiting(trade.state)
  const processing = isProcessing(trade)
  return (
    <Panel
      title={stateWord(trade, locale)}
      actions={
        trade.deadline && waits ? (
          <span className="text-small text-ink-faint">
            <Countdown deadline={trade.deadline} now={now} locale={locale} />
          </span>
        ) : null
      }
    >
      <div className="grid gap-3">
        <p className="text-ink-soft">
          {processing ? w.processing.wait : (w.waits[trade.state] ?? words[locale].nothingNext)}
        </p>
        <div className="flex flex-wrap gap-2 empty:hidden">
          <StepActions page={page} locale={locale} />
        </div>
      </div>
    </Panel>
  )
}
