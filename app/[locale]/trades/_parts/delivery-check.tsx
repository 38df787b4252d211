import type { Locale } from "#contracts/localized-text.ts"
import type { ShownCheck } from "#server/trades/queries.ts"
import { delivery as words } from "../../../_lib/messages/delivery.ts"
import { trade as tradeText } from "../../../_lib/messages/trade.ts"
import { paths } from "../../../_lib/paths.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Time } from "../../../_ui/values.tsx"

/** What the market measured when it delivered, as the record of the delivery says it. */
export function CheckPanel({ check, locale }: { check: ShownCheck | null; locale: Locale }) {
  const t = words[locale]
  if (!check) return null
  const { at, index, hashes } = check
  const same = check.result === "same"
  return (
    <Panel
      title={t.checkTitle}
      actions={<StatusChip tone={same ? "good" : "bad"}>{same ? t.sameShort : t.differentShort}</StatusChip>}
      footer={t.checkNote}
    >
      <p className="mb-3">{same ? t.same : t.different}</p>
      <DefinitionList
        items={[
          ...(hashes
            ? [
                { term: t.listedHash, value: <Hash value={hashes.versionHash} locale={locale} full /> },
                { term: t.deliveredHash, value: <Hash value={hashes.measuredHash} locale={locale} full /> },
              ]
            : []),
          {
            term: t.checkedAt,
            value: (
              <span className="inline-flex flex-wrap gap-x-3">
                <Time time={at} locale={locale} precision="second" />
                {index === null ? null : (
                  <Link href={paths(locale).record(index)}>{tradeText[locale].record(index)}</Link>
                )}
              </span>
            ),
          },
        ]}
      />
    </Panel>
  )
}
