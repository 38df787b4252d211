import type { Locale } from "#contracts/localized-text.ts"
import type { Withdrawal } from "#contracts/withdrawal.ts"
import { BalanceStep } from "../../../../_balance/balance-step.tsx"
import { referenceAndAmount } from "../../../../_balance/reference-and-amount.tsx"
import { aboutIt } from "../../../../_lib/about.tsx"
import { withdrawalTone, balance as words } from "../../../../_lib/messages/balance.ts"
import { StatusChip } from "../../../../_ui/chip.tsx"
import { Panel } from "../../../../_ui/panel.tsx"
import { Table } from "../../../../_ui/table.tsx"
import { Time } from "../../../../_ui/values.tsx"

/** `isOwn`: the reader has asked for it. `swapped`: the party has another account by now. */
type Shown = Withdrawal & { isOwn: boolean; swapped: boolean }
type Page = { withdrawals: readonly Shown[]; mayMove: boolean; hasSecond: boolean }

/** Withdrawals with what happens next to each, and what this reader can do about it. */
export function Withdrawals({ page, locale }: { page: Page; locale: Locale }) {
  const t = words[locale]
  if (page.withdrawals.length === 0) return null
  return (
    <Panel title={t.withdrawals} flush>
      <Table
        bare
        caption={t.withdrawals}
        rows={page.withdrawals}
        rowKey={({ id }) => id}
        columns={[
          ...referenceAndAmount<Shown>(locale, "own", (row) => row),
          {
            key: "state",
            label: t.state,
            wrap: true,
            cell: (one) => (
              <div className="grid justify-items-start gap-2 py-1">
                <StatusChip tone={withdrawalTone[one.state]}>{t.withdrawalStates[one.state]}</StatusChip>
                <Next one={one} page={page} locale={locale} />
              </div>
            ),
          },
          {
            key: "at",
            label: t.at,
            wide: true,
            cell: ({ askedAt }) => <Time time={askedAt} locale={locale} />,
          },
        ]}
      />
    </Panel>
  )
}

function Next({ one, page, locale }: { one: Shown; page: Page; locale: Locale }) {
  const t = words[locale]
  if (one.state === "paid") return <code className="font-mono text-small break-all">{one.bankNumber}</code>
  if (one.state !== "asked" && one.state !== "approved")
    return one.note === null ? null : <p className="break-words">{one.note}</p>
  const approves = !one.isOwn && page.mayMove
  return (
    <div className="grid gap-2">
      <p className="text-ink-soft">{waits(one, page, locale)}</p>
      {page.mayMove && one.state === "asked" ? (
        <span className="flex flex-wrap gap-2">
          {approves && !one.swapped ? (
            <BalanceStep
              step="approve"
              id={one.id}
              about={aboutIt({ amount: one.amount, account: one.account, reference: one.reference }, locale)}
              look={{ open: "primary" }}
              words={{
                label: t.approve,
                busy: t.approveBusy,
                title: t.approveTitle,
                lead: t.approveLead,
                decided: t.decided,
              }}
            />
          ) : null}
          <BalanceStep
            step="takeBack"
            id={one.id}
            about={aboutIt({ amount: one.amount, reference: one.reference }, locale)}
            look={{ open: "quiet" }}
            ask={{ name: "note", label: t.note }}
            words={{
              label: t.takeBack,
              busy: t.takeBackBusy,
              title: t.takeBackTitle,
              lead: t.takeBackLead,
              decided: t.decided,
            }}
          />
        </span>
      ) : null}
    </div>
  )
}

function waits({ state, isOwn, swapped }: Shown, { hasSecond }: Page, locale: Locale): string {
  const t = words[locale]
  if (state === "approved") return swapped ? t.swappedApproved : t.waitsPayment
  if (swapped) return t.swapped
  return isOwn && !hasSecond ? t.waitsOperator : t.waitsSecond
}
