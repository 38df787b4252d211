import type { Metadata } from "next"
import { actingRoles } from "../../../_lib/acting.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { erasure } from "../../../_lib/messages/erasure.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Text, Time } from "../../../_ui/values.tsx"
import { DeskTabs } from "../_parts/desk-tabs.tsx"
import { LiftHold } from "../_parts/hold-forms.tsx"

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: erasure[localeOf((await params).locale)].holds }
}

/** The legal holds that stand within the reader's remit. */
export default async function Page({ params }: Props) {
  const locale = localeOf((await params).locale)
  const api = await caller(locale)
  const found = await load(locale, () => api.erasure.holds())
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const t = erasure[locale]
  const to = paths(locale)
  const mayLift = (await actingRoles()).includes("regulator")
  return (
    <>
      <PageHead title={t.holds} lead={t.holdsLead} />
      <DeskTabs current="holds" locale={locale} />
      <Table
        caption={t.holds}
        rows={found.ok}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t.noHolds}>{t.noHoldsLead}</EmptyState>}
        columns={[
          {
            key: "party",
            label: t.party,
            heading: true,
            wrap: true,
            cell: ({ target, name }) => (
              <Link href={to.supervisedParty(target)}>
                {name ? <Text text={name} locale={locale} /> : <Hash value={target} locale={locale} bare />}
              </Link>
            ),
          },
          { key: "reason", label: t.reason, cell: ({ reason }) => t.holdReasons[reason] },
          { key: "document", label: t.document, wrap: true, cell: ({ document }) => document },
          {
            key: "placed",
            label: t.placed,
            wide: true,
            cell: ({ placedAt }) => <Time time={placedAt} locale={locale} />,
          },
          {
            key: "lift",
            label: t.lift,
            align: "right",
            cell: ({ id }) => (mayLift ? <LiftHold hold={id} /> : "—"),
          },
        ]}
      />
    </>
  )
}
