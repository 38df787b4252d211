import type { Chargeback } from "#contracts/chargeback.ts"
import { word } from "#contracts/ledger/sentences/words.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { chargebackTone, chargeback as words } from "../../../_lib/messages/chargeback.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Money, Time } from "../../../_ui/values.tsx"
import { Journals, type ShownJournal } from "./journals.tsx"

/** A chargeback as both sides of its trade see it: what was taken back, what that means, and where the money is. */
export function ChargebackPanel({
  chargeback,
  journals,
  locale,
}: {
  chargeback: Chargeback
  journals: readonly ShownJournal[]
  locale: Locale
}) {
  const t = words[locale]
  return (
    <Panel
      title={t.one}
      actions={<StatusChip tone={chargebackTone[chargeback.state]}>{t.states[chargeback.state]}</StatusChip>}
    >
      <div className="grid gap-4">
        <p className="text-ink-soft">{t.onTrade[chargeback.state]}</p>
        <DefinitionList
          compact
          items={[
            { term: t.amount, value: <Money amount={chargeback.amount} locale={locale} /> },
            { term: t.reason, value: word(chargeback.reason, locale) },
            { term: t.openedAt, value: <Time time={chargeback.openedAt} locale={locale} /> },
            ...(chargeback.state === "opened" && chargeback.dueBy
              ? [{ term: t.dueBy, value: <Time time={chargeback.dueBy} locale={locale} /> }]
              : []),
          ]}
        />
        <Journals journals={journals.filter(({ id }) => id === chargeback.id)} locale={locale} />
      </div>
    </Panel>
  )
}
