import { type Debt, debtReference } from "#contracts/debt.ts"
import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import type { Money as Amount } from "#contracts/money.ts"
import { debtTone, claims as words } from "../../../_lib/messages/claims.ts"
import { paths } from "../../../_lib/paths.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Money, Text } from "../../../_ui/values.tsx"

type Release = {
  trade: string
  title: LocalizedText
  amount: Amount
  reason: keyof (typeof words)["en"]["waiting"]
}
type Props = {
  locale: Locale
  releases: readonly Release[]
  debts: readonly { debt: Debt; title: LocalizedText | null }[]
}

/** What is to be paid to the seller and why it waits, and what they have to give back. Nothing where there is neither. */
export function MoneyOwed({ locale, releases, debts }: Props) {
  const t = words[locale]
  const to = paths(locale)
  const toParty = (reason: Release["reason"]) => reason === "noAccount" || reason === "accountDue"
  if (releases.length === 0 && debts.length === 0) return null
  return (
    <div className="mb-6 grid gap-6 lg:grid-cols-2">
      {releases.length === 0 ? null : (
        <Panel title={t.waitingTitle}>
          <ul className="grid gap-3">
            {releases.map(({ trade, title, amount, reason }) => (
              <li key={trade} className="grid gap-0.5">
                <span className="flex flex-wrap items-baseline gap-2">
                  <span className="font-medium">
                    <Money amount={amount} locale={locale} />
                  </span>
                  <Link href={to.trade(trade)}>
                    <Text text={title} locale={locale} />
                  </Link>
                </span>
                <span className="text-small text-ink-soft">
                  {t.waiting[reason]} {toParty(reason) ? <Link href={to.ownParty()}>{t.toParty}</Link> : null}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {debts.length === 0 ? null : (
        <Panel title={t.debts} footer={t.debtLead}>
          <ul className="grid gap-3">
            {debts.map(({ debt, title }) => (
              <li key={debt.id} className="grid gap-0.5">
                <span className="flex flex-wrap items-center gap-2">
                  <span className="font-medium">
                    <Money
                      amount={debt.state === "paid" || debt.state === "writtenOff" ? debt.amount : debt.left}
                      locale={locale}
                    />
                  </span>
                  <StatusChip tone={debtTone[debt.state]}>{t.debtStates[debt.state]}</StatusChip>
                  {debt.trade === null || title === null ? (
                    <Link href={to.balance()}>{t.causes[debt.cause]}</Link>
                  ) : (
                    <Link href={to.trade(debt.trade)}>
                      <Text text={title} locale={locale} />
                    </Link>
                  )}
                </span>
                {t.debtNext[debt.state] ? (
                  <span className="text-small text-ink-soft">
                    {t.debtNext[debt.state]}{" "}
                    {debt.state === "owed" ? (
                      <code className="font-mono">{debtReference(debt.id)}</code>
                    ) : null}
                  </span>
                ) : null}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  )
}
