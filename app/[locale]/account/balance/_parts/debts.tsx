import { type Debt, debtReference } from "#contracts/debt.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { type Money as Amount, compareMoney, isZero } from "#contracts/money.ts"
import { formatMoney } from "../../../../_lib/format.ts"
import { balanceDebts as words } from "../../../../_lib/messages/balance-debts.ts"
import { claims } from "../../../../_lib/messages/claims.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Link } from "../../../../_ui/link.tsx"
import { Panel } from "../../../../_ui/panel.tsx"
import { Money } from "../../../../_ui/values.tsx"
import { PayDebt } from "./pay-debt.tsx"

type Page = {
  debts: readonly Pick<Debt, "id" | "version" | "trade" | "cause" | "left">[]
  balances: readonly { currency: string; available: Amount }[]
  mayMove: boolean
  frozen: boolean
  platformAccount: string
}

/** What the organisation owes the platform, and how it is paid: out of the balance at once, or by bank. */
export function Debts({ page, locale }: { page: Page; locale: Locale }) {
  const t = words[locale]
  if (page.debts.length === 0) return null
  return (
    <Panel title={t.title} footer={t.lead}>
      <ul className="grid divide-y divide-line">
        {page.debts.map((debt) => {
          const amount = payable(page, debt.left)
          return (
            <li
              key={debt.id}
              className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0"
            >
              <span className="grid grow gap-0.5">
                <span className="flex flex-wrap items-baseline gap-2">
                  <span className="font-medium">
                    <Money amount={debt.left} locale={locale} />
                  </span>
                  {debt.trade === null ? (
                    claims[locale].causes[debt.cause]
                  ) : (
                    <Link href={paths(locale).trade(debt.trade)}>{claims[locale].causes[debt.cause]}</Link>
                  )}
                </span>
                <span className="text-small text-ink-soft">
                  {t.byBank(page.platformAccount)} <code className="font-mono">{debtReference(debt.id)}</code>
                </span>
              </span>
              {amount === null ? null : (
                <PayDebt
                  debt={debt.id}
                  version={debt.version}
                  why={page.mayMove ? (page.frozen ? t.frozen : null) : t.notYours}
                  words={{
                    label: t.pay(formatMoney(amount, locale)),
                    busy: t.busy,
                    title: t.payTitle,
                    lead: t.payLead(formatMoney(amount, locale)),
                    decided: t.decided,
                  }}
                />
              )}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

/** How much of it the balance has; null where that is nothing. */
function payable({ balances }: Page, left: Amount): Amount | null {
  const available = balances.find(({ currency }) => currency === left.currency)?.available
  if (available === undefined || isZero(available)) return null
  return compareMoney(available, left) < 0 ? available : left
}
