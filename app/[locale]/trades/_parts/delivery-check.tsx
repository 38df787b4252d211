import type { Locale } from "#contracts/localized-text.ts"
import { delivery as words } from "../../../_lib/messages/delivery.ts"
import { trade as tradeText } from "../../../_lib/messages/trade.ts"
import { paths } from "../../../_lib/paths.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Time } from "../../../_ui/values.tsx"

export type DeliveredRecord = {
  type: string
  at: string
  index: number | null
  body: Readonly<Record<string, unknown>>
}

/** What the market measured when it delivered, as the record of the delivery says it. */
export function CheckPanel({ records, locale }: { records: readonly DeliveredRecord[]; locale: Locale }) {
  const t = words[locale]
  const record = records.find(({ type }) => type === "trade.delivered@1")
  if (!record) return null
  const same = record.body.check === "same"
  return (
    <Panel
      title={t.checkTitle}
      actions={<StatusChip tone={same ? "good" : "bad"}>{same ? t.sameShort : t.differentShort}</StatusChip>}
      footer={t.checkNote}
    >
      <p className="mb-3">{same ? t.same : t.different}</p>
      <DefinitionList
        items={[
          {
            term: t.listedHash,
            value: <Hash value={String(record.body.versionHash)} locale={locale} full />,
          },
          {
            term: t.deliveredHash,
            value: <Hash value={String(record.body.measuredHash)} locale={locale} full />,
          },
          {
            term: t.checkedAt,
            value: (
              <span className="inline-flex flex-wrap gap-x-3">
                <Time time={record.at} locale={locale} precision="second" />
                {record.index === null ? null : (
                  <Link href={paths(locale).record(record.index)}>
                    {tradeText[locale].record(record.index)}
                  </Link>
                )}
              </span>
            ),
          },
        ]}
      />
    </Panel>
  )
}
