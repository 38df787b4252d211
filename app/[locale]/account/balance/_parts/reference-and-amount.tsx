import type { Locale } from "#contracts/localized-text.ts"
import type { Money as Amount } from "#contracts/money.ts"
import { balance as words } from "../../../../_lib/messages/balance.ts"
import type { Column } from "../../../../_ui/table.tsx"
import { Money } from "../../../../_ui/values.tsx"

/** The first two columns of top-ups and withdrawals; on a phone they are one, for beside them stand buttons. */
export function referenceAndAmount(locale: Locale): Column<{ reference: string; amount: Amount }>[] {
  const t = words[locale]
  return [
    {
      key: "reference",
      label: (
        <>
          {t.reference}
          <span className="sm:hidden"> · {t.amount}</span>
        </>
      ),
      heading: true,
      cell: ({ reference, amount }) => (
        <>
          <code className="font-mono text-small">{reference}</code>
          <span className="block sm:hidden">
            <Money amount={amount} locale={locale} />
          </span>
        </>
      ),
    },
    {
      key: "amount",
      label: t.amount,
      align: "right",
      wide: true,
      cell: ({ amount }) => <Money amount={amount} locale={locale} />,
    },
  ]
}
