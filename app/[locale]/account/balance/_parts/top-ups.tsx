import type { Locale } from "#contracts/localized-text.ts"
import type { TopUp } from "#contracts/top-up.ts"
import { BalanceStep } from "../../../../_balance/balance-step.tsx"
import { formatMoney } from "../../../../_lib/format.ts"
import { topUpTone, balance as words } from "../../../../_lib/messages/balance.ts"
import { StatusChip } from "../../../../_ui/chip.tsx"
import { CodeBlock } from "../../../../_ui/code-block.tsx"
import { Panel } from "../../../../_ui/panel.tsx"
import { Table } from "../../../../_ui/table.tsx"
import { Money, Time } from "../../../../_ui/values.tsx"
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
            {
              key: "reference",
              label: t.reference,
              heading: true,
              cell: ({ reference }) => <code className="font-mono text-small">{reference}</code>,
            },
            {
              key: "amount",
              label: t.amount,
              align: "right",
              cell: ({ amount }) => <Money amount={amount} locale={locale} />,
            },
            { key: "by", label: t.by, wide: true, cell: ({ rail }) => t.rails[rail] },
            {
              key: "state",
              label: t.state,
              cell: ({ state }) => <StatusChip tone={topUpTone[state]}>{t.topUpStates[state]}</StatusChip>,
            },
            {
              key: "at",
              label: t.at,
              wide: true,
              cell: ({ startedAt }) => <Time time={startedAt} locale={locale} />,
            },
            {
              key: "next",
              label: t.next,
              wrap: true,
              cell: (topUp) =>
                topUp.state === "started" && mayMove ? (
                  <span className="flex flex-wrap gap-2 py-1">
                    {topUp.rail === "card" ? (
                      <ContinueTopUp topUp={topUp.id} words={{ label: t.toPay, busy: t.topUpBusy }} />
                    ) : null}
                    <BalanceStep
                      step="cancelTopUp"
                      id={topUp.id}
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
                ) : topUp.contested ? (
                  t.contested[topUp.contested.state]
                ) : (
                  "—"
                ),
            },
          ]}
        />
      </Panel>
    </>
  )
}
