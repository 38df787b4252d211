import type { Locale } from "#contracts/localized-text.ts"
import type { TopUp } from "#contracts/top-up.ts"
import { BalanceStep } from "../../../../_balance/balance-step.tsx"
import { referenceAndAmount } from "../../../../_balance/reference-and-amount.tsx"
import { aboutIt } from "../../../../_lib/about.tsx"
import { formatMoney } from "../../../../_lib/format.ts"
import { topUpTone, balance as words } from "../../../../_lib/messages/balance.ts"
import { StatusChip } from "../../../../_ui/chip.tsx"
import { CodeBlock } from "../../../../_ui/code-block.tsx"
import { Panel } from "../../../../_ui/panel.tsx"
import { Table } from "../../../../_ui/table.tsx"
import { Time } from "../../../../_ui/values.tsx"
import { ContinueTopUp } from "./balance-forms.tsx"

type Page = { topUps: readonly TopUp[]; platformAccount: string; mayMove: boolean }

/** Top-ups: those that wait say what to do, the others what became of them. */
export function TopUps({ page, locale }: { page: Page; locale: Locale }) {
  const t = words[locale]
  const { topUps, platformAccount, mayMove } = page
  if (topUps.length === 0) return null
  const transfer = topUps.find(({ state, rail }) => state === "started" && rail === "bank")
  return (
    <>
      {transfer ? (
        <Panel title={`${t.transferTitle} · ${formatMoney(transfer.amount, locale)}`}>
          <div className="grid gap-3">
            <CodeBlock locale={locale} title={t.reference} code={transfer.reference} />
            <CodeBlock locale={locale} title={t.account} code={platformAccount} />
            <p className="max-w-prose text-ink-soft">{t.transferNext}</p>
          </div>
        </Panel>
      ) : null}
      <Panel title={t.topUps} flush>
        <Table
          bare
          caption={t.topUps}
          rows={topUps}
          rowKey={({ id }) => id}
          columns={[
            ...referenceAndAmount<TopUp>(locale, "own", (row) => row),
            { key: "by", label: t.by, wide: true, cell: ({ rail }) => t.rails[rail] },
            {
              key: "state",
              label: t.state,
              wrap: true,
              cell: (topUp) => (
                <div className="grid justify-items-start gap-2 py-1">
                  <StatusChip tone={topUpTone[topUp.state]}>{t.topUpStates[topUp.state]}</StatusChip>
                  <Next topUp={topUp} mayMove={mayMove} locale={locale} />
                </div>
              ),
            },
            {
              key: "at",
              label: t.at,
              wide: true,
              cell: ({ startedAt }) => <Time time={startedAt} locale={locale} />,
            },
          ]}
        />
      </Panel>
    </>
  )
}

/** What the reader can do about it, or what its payer's bank does. */
function Next({ topUp, mayMove, locale }: { topUp: TopUp; mayMove: boolean; locale: Locale }) {
  const t = words[locale]
  if (topUp.state !== "started" || !mayMove)
    return topUp.contested ? <p className="text-ink-soft">{t.contested[topUp.contested.state]}</p> : null
  return (
    <span className="flex flex-wrap gap-2">
      {topUp.rail === "card" ? (
        <ContinueTopUp topUp={topUp.id} words={{ label: t.toPay, busy: t.topUpBusy }} />
      ) : null}
      <BalanceStep
        step="cancelTopUp"
        id={topUp.id}
        about={aboutIt({ amount: topUp.amount, reference: topUp.reference }, locale)}
        look={{ open: "quiet" }}
        words={{
          label: t.cancel,
          busy: t.cancelBusy,
          title: t.cancelTitle,
          lead: t.cancelLead,
          decided: t.decided,
        }}
      />
    </span>
  )
}
