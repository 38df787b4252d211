import type { Locale } from "#contracts/localized-text.ts"
import { type Currency, makeMoney } from "#contracts/money.ts"
import type { PurchaseRule } from "#contracts/procurement.ts"
import { formatMoney } from "../../../../_lib/format.ts"
import { charges } from "../../../../_lib/messages/charges.ts"
import { kit } from "../../../../_lib/messages/kit.ts"
import { Panel } from "../../../../_ui/panel.tsx"
import { Table } from "../../../../_ui/table.tsx"
import { ProcurementForm } from "./procurement-form.tsx"

/** Who approves the party's purchases, and what it may commit to in a year. */
export function ProcurementPanel(props: {
  locale: Locale
  rules: readonly PurchaseRule[]
  version: number
  why: string | null
}) {
  const { locale, rules, version, why } = props
  const t = charges[locale]
  const amount = (minor: string | null, currency: Currency) =>
    minor === null ? t.unlimited : formatMoney(makeMoney(BigInt(minor), currency), locale)
  return (
    <Panel
      flush={rules.length > 0}
      title={t.procurement}
      footer={t.procurementLead}
      actions={
        <ProcurementForm
          key={version}
          locale={locale}
          rules={rules}
          why={why}
          words={{
            open: t.procurementEdit,
            lead: t.procurementLead,
            save: t.save,
            busy: t.saving,
            optional: kit[locale].optional,
            bad: t.ruleBad,
            rule: t.rule,
          }}
        />
      }
    >
      {rules.length === 0 ? (
        <p className="text-ink-soft">{t.procurementNone}</p>
      ) : (
        <Table
          bare
          caption={t.procurement}
          rows={[...rules]}
          rowKey={({ currency }) => currency}
          columns={[
            { key: "currency", label: t.rule.currency, heading: true, cell: ({ currency }) => currency },
            ...(["alone", "administratorAbove", "yearly"] as const).map((name) => ({
              key: name,
              label: t.rule[name],
              align: "right" as const,
              cell: (rule: PurchaseRule) => amount(rule[name], rule.currency),
            })),
          ]}
        />
      )}
    </Panel>
  )
}
