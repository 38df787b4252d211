import type { Locale } from "#contracts/localized-text.ts"
import type { Money as Amount } from "#contracts/money.ts"
import { chargeback as words } from "../../../_lib/messages/chargeback.ts"
import { Table } from "../../../_ui/table.tsx"
import { Money, Time } from "../../../_ui/values.tsx"

export type ShownJournal = {
  type: string
  id: string
  at: string
  postings: { account: string; side: "debit" | "credit"; amount: Amount }[]
}

/** Where the money of a chargeback went, journal by journal. */
export function Journals({ journals, locale }: { journals: readonly ShownJournal[]; locale: Locale }) {
  const t = words[locale]
  const rows = journals.flatMap((journal) =>
    journal.postings.map((posting, leg) => ({ ...posting, journal, leg, key: `${journal.type}/${leg}` })),
  )
  return (
    <Table
      bare
      caption={t.journals}
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        {
          key: "journal",
          label: t.journals,
          heading: true,
          cell: ({ journal, leg }) =>
            leg > 0 ? (
              <span className="sr-only">{t.journalNames[journal.type] ?? journal.type}</span>
            ) : (
              <>
                {t.journalNames[journal.type] ?? journal.type}
                <span className="block text-small font-normal text-ink-faint">
                  <Time time={journal.at} locale={locale} />
                </span>
              </>
            ),
        },
        {
          key: "account",
          label: t.account,
          cell: ({ account }) => t.accounts[account.split(":")[0] ?? account] ?? account,
        },
        {
          key: "debit",
          label: t.debit,
          align: "right",
          cell: ({ side, amount }) => (side === "debit" ? <Money amount={amount} locale={locale} /> : ""),
        },
        {
          key: "credit",
          label: t.credit,
          align: "right",
          cell: ({ side, amount }) => (side === "credit" ? <Money amount={amount} locale={locale} /> : ""),
        },
      ]}
    />
  )
}
