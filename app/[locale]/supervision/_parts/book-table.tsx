import { accountKind, postingMoney } from "#contracts/escrow.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { CertifiedJournal } from "#server/supervision/trade-query.ts"
import { shorten } from "../../../_lib/format.ts"
import { finance } from "../../../_lib/messages/finance.ts"
import { supervisedTrade } from "../../../_lib/messages/supervised-trade.ts"
import { paths } from "../../../_lib/paths.ts"
import { Link } from "../../../_ui/link.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Money, Time } from "../../../_ui/values.tsx"

/** Entries of the book, each with the record that fixes its hash; of several trades also with its trade. */
export function BookPanel({
  journals,
  locale,
  withTrade = false,
}: {
  journals: readonly CertifiedJournal[]
  locale: Locale
  withTrade?: boolean
}) {
  const t = supervisedTrade[locale]
  const to = paths(locale)
  const lines = journals.flatMap((journal) =>
    journal.postings.map((posting, leg) => ({ journal, posting, leg, key: `${journal.hash}-${leg}` })),
  )
  if (lines.length === 0)
    return (
      <Panel title={t.book}>
        <p className="text-ink-soft">
          {t.bookNone}. {t.bookNoneLead}
        </p>
      </Panel>
    )
  return (
    <Panel flush title={t.book} footer={<span className="text-ink-faint">{t.bookNote}</span>}>
      <Table
        bare
        caption={t.book}
        rows={lines}
        rowKey={({ key }) => key}
        columns={[
          {
            key: "entry",
            label: t.bookColumns.entry,
            heading: true,
            cell: ({ journal: { source }, leg }) => (
              <span className={leg > 0 ? "sr-only" : undefined}>{t.entries[source.type] ?? source.type}</span>
            ),
          },
          {
            key: "account",
            label: t.bookColumns.account,
            cell: ({ posting }) => t.accounts[accountKind(posting.account)] ?? posting.account,
          },
          {
            key: "debit",
            label: t.bookColumns.debit,
            align: "right",
            cell: ({ posting }) =>
              "debit" in posting ? <Money amount={postingMoney(posting)} locale={locale} /> : null,
          },
          {
            key: "credit",
            label: t.bookColumns.credit,
            align: "right",
            cell: ({ posting }) =>
              "credit" in posting ? <Money amount={postingMoney(posting)} locale={locale} /> : null,
          },
          ...(withTrade
            ? [
                {
                  key: "trade",
                  label: finance[locale].trade,
                  cell: ({ journal, leg }: (typeof lines)[number]) =>
                    leg > 0 || journal.trade === null ? null : (
                      <Link href={to.supervisedTrade(journal.trade)}>
                        <code className="font-mono text-small">{shorten(journal.trade, 4, 6)}</code>
                      </Link>
                    ),
                },
              ]
            : []),
          {
            key: "record",
            label: t.bookColumns.record,
            cell: ({ journal, leg }) => {
              if (leg > 0) return null
              return journal.index === null ? (
                <span className="text-ink-faint">{t.uncertified}</span>
              ) : (
                <Link href={to.record(journal.index)}>{journal.index}</Link>
              )
            },
          },
          {
            key: "at",
            label: t.bookColumns.at,
            wide: true,
            cell: ({ journal, leg }) => (leg > 0 ? null : <Time time={journal.occurredAt} locale={locale} />),
          },
        ]}
      />
    </Panel>
  )
}
