import type { Metadata } from "next"
import { ErasureChip, ErasureWhy, whatErased } from "../../../_account/erasure-words.tsx"
import { caller, load } from "../../../_lib/caller.ts"
import { erasure } from "../../../_lib/messages/erasure.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Pager, Tabs } from "../../../_ui/navigation.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Text, Time } from "../../../_ui/values.tsx"
import { DeskTabs } from "../_parts/desk.tsx"

type Props = {
  params: Promise<{ locale: string }>
  searchParams: Promise<{ after?: string; which?: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: erasure[localeOf((await params).locale)].title }
}

/** What people and organisations ask to be erased, the newest first. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const query = await searchParams
  const which = query.which === "ended" ? "ended" : "waiting"
  const after = query.after ?? null
  const api = await caller(locale)
  const found = await load(locale, async () => ({
    overview: await api.operations.overview(),
    queue: await api.erasure.queue({ which, after }),
  }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { overview, queue } = found.ok
  const t = erasure[locale]
  const to = paths(locale)
  const tab = (key: "waiting" | "ended") =>
    to.operatorQueue("erasures", { which: key === "ended" ? key : null })
  return (
    <>
      <PageHead title={t.title} lead={t.remains} />
      <DeskTabs locale={locale} overview={overview} current="erasures" />
      <Tabs
        label={t.state}
        current={which}
        tabs={[
          { key: "waiting", label: t.waitingTab, href: tab("waiting") },
          { key: "ended", label: t.endedTab, href: tab("ended") },
        ]}
      />
      <Table
        caption={t.title}
        rows={queue.erasures}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t.nothing}>{t.nothingLead}</EmptyState>}
        columns={[
          {
            key: "what",
            label: t.kind,
            heading: true,
            wrap: true,
            cell: (row) => (
              <Link href={to.operatorItem("erasures", row.id)}>
                {whatErased(row, locale)}
                {row.subjectName ? (
                  <>
                    {" · "}
                    <Text text={row.subjectName} locale={locale} />
                  </>
                ) : null}
              </Link>
            ),
          },
          { key: "by", label: t.askedBy, wrap: true, cell: ({ byName }) => byName ?? t.gone },
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
          {
            key: "why",
            label: t.why,
            wide: true,
            wrap: true,
            cell: (row) => <ErasureWhy row={row} locale={locale} />,
          },
        ]}
      />
      <Pager
        locale={locale}
        previous={after ? tab(which) : null}
        next={
          queue.next
            ? to.operatorQueue("erasures", { which: which === "ended" ? which : null, after: queue.next })
            : null
        }
      />
    </>
  )
}
