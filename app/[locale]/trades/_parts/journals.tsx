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
  return (
    <div className="grid gap-5">
      {journals.map((journal) => {
        const name = t.journalNames[journal.type] ?? journal.type
        return (
          <section key={journal.type} className="grid gap-2">
            <h3 className="flex flex-wrap items-baseline justify-between gap-x-4 text-small">
              <span className="font-semibold">{name}</span>
              <span className="text-ink-faint">
                <Time time={journal.at} locale={locale} />
              </span>
            </h3>
            <Table
              caption={`${t.journals}: ${name}`}
              rows={journal.postings.map((posting, leg) => ({ ...posting, leg }))}
              rowKey={({ leg }) => leg}
              columns={[
                {
                  key: "account",
                  label: t.account,
                  heading: true,
                  cell: ({ account }) => t.accounts[account.split(":")[0] ?? account] ?? account,
                },
                {
                  key: "debit",
                  label: t.debit,
                  align: "right",
                  cell: ({ side, amount }) =>
                    side === "debit" ? <Money amount={amount} locale={locale} /> : "",
                },
                {
                  key: "credit",
                  label: t.credit,
                  align: "right",
                  cell: ({ side, amount }) =>
                    side === "credit" ? <Money amount={amount} locale={locale} /> : "",
                },
              ]}
            />
          </section>
        )
      })}
    </div>
  )
}
