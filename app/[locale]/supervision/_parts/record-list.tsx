import type { Locale } from "#contracts/localized-text.ts"
import type { DeskRecord } from "#server/supervision/describe.ts"
import { openingWords } from "../../../_lib/messages/opening-words.ts"
import { recordCheck } from "../../../_lib/messages/record-check.ts"
import { recordWords } from "../../../_lib/messages/record-words.ts"
import { supervisedTrade } from "../../../_lib/messages/supervised-trade.ts"
import { paths } from "../../../_lib/paths.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Time } from "../../../_ui/values.tsx"
import { type CheckedRecord, VerifyRecords } from "../../../_verify/verify-records.tsx"

type Props = { records: readonly DeskRecord[]; locale: Locale }

/** A thing's records as sentences, oldest first, each with its proof; all can be verified with one click. */
export function RecordPanel({ records, locale }: Props) {
  const t = supervisedTrade[locale]
  const sealed: CheckedRecord[] = records.flatMap(({ index, opened }) =>
    index === null ? [] : [{ index, opened }],
  )
  return (
    <Panel
      flush
      title={t.records}
      footer={
        <div className="grid gap-2">
          <p className="text-ink-faint">{records.length === 0 ? t.noRecords : t.recordsNote}</p>
          {sealed.length > 1 ? (
            <VerifyRecords key={openedKey(records)} records={sealed} locale={locale} />
          ) : null}
        </div>
      }
    >
      <ol aria-label={t.records} className="divide-y divide-line">
        {records.map((record) => (
          <Row key={`${record.subject}@${record.version}`} record={record} locale={locale} />
        ))}
      </ol>
    </Panel>
  )
}

/** A finding is of the values that were open then; with others it is made anew. */
const openedKey = (records: readonly DeskRecord[]): string =>
  `${records.length}:${records.reduce((sum, { opened }) => sum + opened.length, 0)}`

function Row({ record, locale }: { record: DeskRecord; locale: Locale }) {
  const t = supervisedTrade[locale]
  const to = paths(locale)
  const { index, opened } = record
  return (
    <li className="grid grid-cols-[3.25rem_minmax(0,1fr)] px-4 py-2.5 hover:bg-sunken/60">
      <span className="pt-px font-mono text-small">
        {index === null ? "—" : <Link href={to.record(index)}>{index}</Link>}
      </span>
      <div className="min-w-0">
        <p>{record.sentence[locale]}</p>
        <div className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-ink-faint">
          <Time time={record.occurredAt} locale={locale} precision="second" />
          <code className="font-mono max-sm:hidden">{record.type}</code>
          {index === null ? (
            <StatusChip tone="active">{recordCheck[locale].waiting}</StatusChip>
          ) : (
            <>
              <Link href={to.certificate(index)}>
                {t.certificate}
                <span className="sr-only"> {index}</span>
              </Link>
              <VerifyRecords key={opened.length} records={[{ index, opened }]} locale={locale} />
            </>
          )}
        </div>
        {opened.length > 0 ? <Opened record={record} locale={locale} /> : null}
      </div>
    </li>
  )
}

/** Opened values as they stand in the record's commitments. */
function Opened({ record, locale }: { record: DeskRecord; locale: Locale }) {
  const words = recordWords[locale]
  return (
    <div className="mt-2 rounded-control border border-line bg-sunken px-3 py-2">
      <p className="mb-1 text-micro font-medium text-ink-faint">{openingWords[locale].openedValues}</p>
      <DefinitionList
        compact
        items={record.opened.map(({ path, value }) => ({
          key: path,
          term: words[path] ?? words[path.replace("/body/", "")] ?? path,
          value: (
            <code className="font-mono wrap-anywhere">
              {typeof value === "string" ? value : JSON.stringify(value)}
            </code>
          ),
        }))}
      />
    </div>
  )
}
