import type { Metadata } from "next"
import { erasableFields } from "#contracts/erasure.ts"
import { AskErasure } from "../../../_account/erasure-forms.tsx"
import { ErasureChip, ErasureWhy, whatErased } from "../../../_account/erasure-words.tsx"
import { caller, load, session } from "../../../_lib/caller.ts"
import { erasure } from "../../../_lib/messages/erasure.ts"
import { localeOf } from "../../../_lib/page.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Time } from "../../../_ui/values.tsx"
import { AccountTabs } from "../_parts/account-tabs.tsx"

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: erasure[localeOf((await params).locale)].title }
}

/** Where a person asks for the erasure of what is theirs, and sees what became of it. */
export default async function Page({ params }: Props) {
  const locale = localeOf((await params).locale)
  const api = await caller(locale)
  const [found, own] = await Promise.all([load(locale, () => api.erasure.mine()), session()])
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const t = erasure[locale]
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={
          <>
            {/* Made anew with each new request, so that the form closes. */}
            {own?.acting?.memberRole === "administrator" ? (
              <AskErasure key={`field ${found.ok.length}`} what={{ kind: "field", fields: erasableFields }} />
            ) : null}
            <AskErasure key={`account ${found.ok.length}`} what={{ kind: "account" }} />
          </>
        }
      />
      <AccountTabs locale={locale} current="erasure" />
      <Table
        caption={t.mine}
        rows={found.ok}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t.none}>{t.noneLead}</EmptyState>}
        columns={[
          { key: "what", label: t.kind, heading: true, wrap: true, cell: (row) => whatErased(row, locale) },
          {
            key: "state",
            label: t.state,
            cell: ({ state }) => <ErasureChip state={state} locale={locale} />,
          },
          {
            key: "asked",
            label: t.asked,
            wide: true,
            cell: ({ requestedAt }) => <Time time={requestedAt} locale={locale} />,
          },
          { key: "why", label: t.why, wrap: true, cell: (row) => <ErasureWhy row={row} locale={locale} /> },
        ]}
      />
      <p className="mt-4 max-w-prose text-small text-ink-faint">{t.remains}</p>
    </>
  )
}
