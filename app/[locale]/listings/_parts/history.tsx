import { recordSentence } from "#contracts/ledger/sentences.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { formatCount } from "../../../_lib/format.ts"
import { listing as words } from "../../../_lib/messages/listing.ts"
import { paths } from "../../../_lib/paths.ts"
import { Link } from "../../../_ui/link.tsx"
import { SectionHead } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Time } from "../../../_ui/values.tsx"
import type { ListingPage } from "./load-listing.ts"

type Props = { page: ListingPage; locale: Locale }

export function History({ page, locale }: Props) {
  const t = words[locale]
  return (
    <div>
      <SectionHead title={t.historyTitle} />
      <p className="mb-3 max-w-prose text-ink-soft">{t.historyLead}</p>
      <HistoryTable page={page} locale={locale} caption={t.historyTitle} />
    </div>
  )
}

/** The records of the listing and its registration as sentences, each with its place in the log. */
export function HistoryTable({ page, locale, caption }: Props & { caption: string }) {
  const t = words[locale]
  const to = paths(locale)
  return (
    <Table
      caption={caption}
      rows={page.history}
      rowKey={({ subject, version }) => `${subject} ${version}`}
      columns={[
        {
          key: "index",
          label: t.historyColumns.index,
          heading: true,
          cell: ({ index }) =>
            index === null ? (
              <span className="text-ink-faint">{t.sealing}</span>
            ) : (
              <Link href={to.record(index)}>{formatCount(index, locale)}</Link>
            ),
        },
        {
          key: "what",
          label: t.historyColumns.what,
          wrap: true,
          cell: ({ type, body }) => recordSentence({ type, body }, {}, locale),
        },
        {
          key: "at",
          label: t.historyColumns.at,
          cell: ({ at }) => <Time time={at} locale={locale} precision="second" />,
        },
        {
          key: "verify",
          label: t.historyColumns.verify,
          cell: ({ index }) =>
            index === null ? null : <Link href={to.verify({ record: index })}>{t.verify}</Link>,
        },
      ]}
    />
  )
}
