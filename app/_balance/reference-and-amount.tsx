import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import type { Money as Amount } from "#contracts/money.ts"
import { balance as words } from "../_lib/messages/balance.ts"
import type { Column } from "../_ui/table.tsx"
import { Money, Text } from "../_ui/values.tsx"

type Read<Row> = (row: Row) => { reference: string; amount: Amount; whose?: LocalizedText }

/**
 * The first columns of top-ups and withdrawals, with whose they are where many parties' stand together; on a phone
 * they are one, for beside them stand buttons.
 */
export function referenceAndAmount<Row>(locale: Locale, of: "own" | "all", read: Read<Row>): Column<Row>[] {
  const t = words[locale]
  const party = ({ whose }: ReturnType<Read<Row>>) => (whose ? <Text text={whose} locale={locale} /> : null)
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
      cell: (row) => (
        <>
          <code className="font-mono text-small">{read(row).reference}</code>
          <span className="block sm:hidden">
            <Money amount={read(row).amount} locale={locale} />
          </span>
          {of === "all" ? (
            <span className="block whitespace-normal font-normal text-small text-ink-soft sm:hidden">
              {party(read(row))}
            </span>
          ) : null}
        </>
      ),
    },
    ...(of === "all"
      ? [{ key: "party", label: t.party, wide: true, cell: (row: Row) => party(read(row)) }]
      : []),
    {
      key: "amount",
      label: t.amount,
      align: "right",
      wide: true,
      cell: (row) => <Money amount={read(row).amount} locale={locale} />,
    },
  ]
}
