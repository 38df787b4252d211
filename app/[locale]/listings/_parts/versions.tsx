import type { Reading } from "#contracts/dataset.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { formatBytes, formatCount } from "../../../_lib/format.ts"
import { formatNames } from "../../../_lib/messages/catalogue.ts"
import { listing as words } from "../../../_lib/messages/listing.ts"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Panel, SectionHead } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Time } from "../../../_ui/values.tsx"
import { Measured } from "./columns.tsx"
import { HistoryTable } from "./history.tsx"
import type { ListingPage } from "./load-listing.ts"

/** The version that is sold now, by its hash and files, and how the listing came to sell it. */
export function Versions({ page, locale }: { page: ListingPage; locale: Locale }) {
  const t = words[locale]
  const { listing, manifest, measuredAt } = page
  return (
    <>
      <Panel title={t.versionTitle} actions={<Measured page={page} locale={locale} />} footer={t.versionLead}>
        <DefinitionList
          items={[
            { term: t.versionHash, value: <Hash value={listing.versionHash} locale={locale} full /> },
            { term: t.rows, value: formatCount(manifest.rows, locale) },
            { term: t.columns, value: formatCount(manifest.columns.length, locale) },
            ...(measuredAt
              ? [{ term: t.measuredAt, value: <Time time={measuredAt} locale={locale} precision="second" /> }]
              : []),
            {
              term: t.publishedAt,
              value: <Time time={listing.publishedAt} locale={locale} precision="second" />,
            },
            { term: t.termsHash, value: <Hash value={listing.termsHash} locale={locale} full /> },
          ]}
        />
      </Panel>
      <div>
        <SectionHead title={t.files} />
        <Table
          caption={t.files}
          rows={manifest.files}
          rowKey={({ name }) => name}
          columns={[
            { key: "name", label: t.fileColumns.name, heading: true, cell: ({ name }) => name },
            {
              key: "bytes",
              label: t.fileColumns.bytes,
              align: "right",
              cell: ({ bytes }) => (
                <data value={bytes} title={`${bytes} B`}>
                  {formatBytes(bytes, locale)}
                </data>
              ),
            },
            {
              key: "sha256",
              label: t.fileColumns.sha256,
              cell: ({ sha256 }) => <Hash value={sha256} locale={locale} />,
            },
            {
              key: "reading",
              label: t.fileColumns.reading,
              cell: ({ reading }) => readingWords(reading, locale),
            },
          ]}
        />
      </div>
      <div>
        <SectionHead title={t.changes} />
        <HistoryTable page={page} locale={locale} caption={t.changes} />
      </div>
    </>
  )
}

function readingWords(reading: Reading, locale: Locale): string {
  const t = words[locale]
  const parts = [formatNames[reading.format]]
  if (reading.format !== "parquet") parts.push(t.encodings[reading.encoding])
  if (reading.format === "csv") parts.push(t.delimiters[reading.delimiter], t.header(reading.header))
  return parts.join(locale === "zh" ? "，" : ", ")
}
