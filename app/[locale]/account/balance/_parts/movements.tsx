import type { JournalType } from "#contracts/escrow.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { Currency } from "#contracts/money.ts"
import { formatMoney } from "../../../../_lib/format.ts"
import { balance as words } from "../../../../_lib/messages/balance.ts"
import { bookWords } from "../../../../_lib/messages/book-words.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Link } from "../../../../_ui/link.tsx"
import { Panel } from "../../../../_ui/panel.tsx"
import { Table } from "../../../../_ui/table.tsx"
import { Time } from "../../../../_ui/values.tsx"

type Movement = {
  type: JournalType
  thing: string
  trade: string | null
  minor: string
  currency: Currency
  at: string
  place: string
}

/** What moved the balances, newest first: each with what it is about and where its records are. */
export function Movements({ movements, locale }: { movements: readonly Movement[]; locale: Locale }) {
  if (movements.length === 0) return null
  const t = words[locale]
  const to = paths(locale)
  const own: Partial<Record<JournalType, string>> = {
    "payment.prepaid": t.paid,
    "payment.released": t.earned,
    "payment.refunded": t.refunded,
    "refund.repaid": t.refunded,
    "debt.takenBack": t.owedPaid,
  }
  return (
    <Panel title={t.movements} flush>
      <Table
        bare
        caption={t.movements}
        rows={movements}
        rowKey={({ place }) => place}
        columns={[
          {
            key: "what",
            label: t.what,
            heading: true,
            wrap: true,
            cell: ({ type }) => own[type] ?? bookWords[locale].entries[type],
          },
          {
            key: "amount",
            label: t.amount,
            align: "right",
            cell: ({ minor, currency }) => (
              <span className={minor.startsWith("-") ? "" : "text-good"}>
                {minor.startsWith("-") ? "−" : "+"}
                {formatMoney({ minor: minor.replace("-", ""), currency }, locale)}
              </span>
            ),
          },
          { key: "at", label: t.at, wide: true, cell: ({ at }) => <Time time={at} locale={locale} /> },
          {
            key: "record",
            label: t.record,
            cell: ({ trade, thing }) => (
              <Link href={trade === null ? to.ledger({ q: thing }) : to.trade(trade)}>
                {trade === null ? t.records : t.trade}
              </Link>
            ),
          },
        ]}
      />
    </Panel>
  )
}
