import type { Metadata } from "next"
import { isId } from "#contracts/ids.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { OpeningPurpose } from "#server/ledger/opening-rules.ts"
import type { ShownOpening } from "#server/supervision/openings.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { openingWords } from "../../../_lib/messages/opening-words.ts"
import { recordCheck } from "../../../_lib/messages/record-check.ts"
import { supervision } from "../../../_lib/messages/supervision.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Pager } from "../../../_ui/navigation.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Text, Time } from "../../../_ui/values.tsx"
import { DeskTabs } from "../_parts/desk-tabs.tsx"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ after?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: supervision[localeOf((await params).locale)].openings }
}

/** Who opened confidential values, of what, when and why. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const { after } = await searchParams
  const api = await caller(locale)
  const found = await load(locale, () => api.supervision.openings({ after: after ?? null }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { openings, next } = found.ok
  const t = supervision[locale]
  const o = openingWords[locale]
  const to = paths(locale)
  return (
    <>
      <PageHead title={t.openings} lead={o.openingsLead} />
      <DeskTabs current="openings" locale={locale} />
      <Table
        caption={t.openings}
        rows={openings}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon="lock" title={o.noOpenings}>
            {o.noOpeningsLead}
          </EmptyState>
        }
        columns={[
          {
            key: "at",
            label: o.openingColumns.at,
            cell: ({ at }) => <Time time={at} locale={locale} precision="second" />,
          },
          {
            key: "who",
            label: o.openingColumns.who,
            cell: ({ userName, partyName }) => (
              <>
                {userName ?? "—"}
                {partyName ? (
                  <span className="text-ink-faint">
                    {" · "}
                    <Text text={partyName} locale={locale} />
                  </span>
                ) : null}
              </>
            ),
          },
          {
            key: "purpose",
            label: o.openingColumns.purpose,
            cell: ({ purpose }) => o.purposes[purpose as OpeningPurpose] ?? purpose,
          },
          {
            key: "what",
            label: o.openingColumns.what,
            heading: true,
            cell: (row) => <What opening={row} locale={locale} />,
          },
          {
            key: "values",
            label: o.openingColumns.values,
            align: "right",
            cell: ({ values }) => values,
          },
          {
            key: "record",
            label: o.openingColumns.record,
            cell: ({ index }) =>
              index === null ? recordCheck[locale].waiting : <Link href={to.record(index)}>{index}</Link>,
          },
        ]}
      />
      <Pager
        locale={locale}
        previous={after ? to.openings() : null}
        next={next ? to.openings({ after: next }) : null}
      />
    </>
  )
}

function What({ opening: { subject, records }, locale }: { opening: ShownOpening; locale: Locale }) {
  const t = openingWords[locale]
  const to = paths(locale)
  if (subject === null) return t.singleRecords(records.length)
  const name = <Hash value={subject} locale={locale} head={8} tail={6} bare />
  const place = isId("trade", subject)
    ? to.supervisedTrade(subject)
    : isId("party", subject)
      ? to.supervisedParty(subject)
      : isId("freeze", subject)
        ? to.freeze(subject)
        : null
  return place ? <Link href={place}>{name}</Link> : name
}
