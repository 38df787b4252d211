import type { Metadata } from "next"
import { countryName } from "#contracts/country.ts"
import { toMs } from "#contracts/time.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { formatDuration } from "../../../_lib/format-time.ts"
import { operator as words } from "../../../_lib/messages/operator.ts"
import { partyReview } from "../../../_lib/messages/party-review.ts"
import { shell } from "../../../_lib/messages/shell.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Pager } from "../../../_ui/navigation.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Text, Time } from "../../../_ui/values.tsx"
import { DeskTabs } from "../_parts/desk.tsx"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ after?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].queues.parties }
}

/** Parties that wait to be verified, the longest waiting first. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const { after = null } = await searchParams
  const api = await caller(locale)
  const found = await load(locale, async () => ({
    overview: await api.operations.overview(),
    queue: await api.parties.queue({ after }),
  }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { overview, queue } = found.ok
  const t = words[locale]
  const p = partyReview[locale]
  const to = paths(locale)
  return (
    <>
      <PageHead title={t.queues.parties} lead={t.queueLeads.parties} />
      <DeskTabs locale={locale} overview={overview} current="parties" />
      <Table
        caption={t.queues.parties}
        rows={queue.parties}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t.nothingWaits}>{t.nothingWaitsLead}</EmptyState>}
        columns={[
          {
            key: "name",
            label: p.party,
            heading: true,
            cell: (row) => (
              <Link href={to.operatorItem("parties", row.id)}>
                <Text text={row.name} locale={locale} />
              </Link>
            ),
          },
          {
            key: "identifier",
            label: p.identifier,
            cell: (row) => <code className="font-mono text-small">{row.identifier}</code>,
          },
          { key: "country", label: p.country, cell: (row) => countryName(row.country, locale) },
          {
            key: "roles",
            label: p.roles,
            cell: (row) => row.roles.map((role) => shell[locale].roles[role]).join(" · "),
          },
          {
            key: "submitted",
            label: t.submitted,
            wide: true,
            cell: (row) => <Time time={row.updatedAt} locale={locale} />,
          },
          {
            key: "waits",
            label: t.waitsSince,
            align: "right",
            cell: (row) => formatDuration(toMs(queue.now) - toMs(row.updatedAt), locale),
          },
        ]}
      />
      <Pager
        locale={locale}
        previous={after ? to.operatorQueue("parties") : null}
        next={queue.next ? to.operatorQueue("parties", { after: queue.next }) : null}
      />
    </>
  )
}
