import type { Locale } from "#contracts/localized-text.ts"
import type { Billing } from "#contracts/party.ts"
import { charges } from "../../../../_lib/messages/charges.ts"
import { kit } from "../../../../_lib/messages/kit.ts"
import { DefinitionList } from "../../../../_ui/definition-list.tsx"
import { Panel } from "../../../../_ui/panel.tsx"
import { BillingForm } from "./billing-form.tsx"

/** What sellers make their invoices out to. */
export function BillingPanel(props: {
  locale: Locale
  billing: Billing | null
  version: number
  why: string | null
}) {
  const { locale, billing, version, why } = props
  const t = charges[locale]
  return (
    <Panel
      title={t.billing}
      footer={t.billingLead}
      actions={
        <BillingForm
          key={version}
          locale={locale}
          value={billing}
          why={why}
          words={{
            open: t.billingEdit,
            lead: t.billingLead,
            save: t.save,
            busy: t.saving,
            optional: kit[locale].optional,
            fields: t.billingFields,
          }}
        />
      }
    >
      {billing ? (
        <DefinitionList
          items={(["title", "taxNumber", "address", "phone", "bank", "account"] as const).flatMap((name) =>
            billing[name] ? [{ key: name, term: t.billingFields[name], value: billing[name] }] : [],
          )}
        />
      ) : (
        <p className="text-ink-soft">{t.billingEmpty}</p>
      )}
    </Panel>
  )
}
