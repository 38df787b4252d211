import type { Metadata } from "next"
import { isId } from "#contracts/ids.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { formatBytes } from "../../../_lib/format.ts"
import { supervision } from "../../../_lib/messages/supervision.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Pager } from "../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel, SectionHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Time } from "../../../_ui/values.tsx"
import { DeskTabs } from "../_parts/desk-tabs.tsx"
import { ExportForm } from "../_parts/export-form.tsx"
import { exportTone, rangeWords } from "../_parts/export-words.ts"
import { KeepKey } from "../_parts/keep-key.tsx"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ before?: string }> }

const pageSize = 20

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: supervision[localeOf((await params).locale)].exports }
}

/** Asks for a bundle to take home, and lists those that were made. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const query = await searchParams
  const before = isId("export", query.before) ? query.before : null
  const api = await caller(locale)
  const [found, overview] = await Promise.all([
    load(locale, () => api.ledger.exports({ before, limit: pageSize + 1 })),
    load(locale, () => api.ledger.overview()),
  ])
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  if (!overview.ok) return <Refused failure={overview.refused} locale={locale} />
  const runs = found.ok.slice(0, pageSize)
  const t = supervision[locale]
  const to = paths(locale)
  return (
    <>
      <PageHead title={t.exports} lead={t.exportsLead} />
      <DeskTabs current="exports" locale={locale} />
      <Columns
        sideFirst
        side={
          <>
            <Panel title={t.newExport} footer={<span className="text-ink-faint">{t.exportNote}</span>}>
              <ExportForm size={overview.ok.head?.size ?? 0} />
            </Panel>
            <KeepKey vkey={overview.ok.log?.vkey ?? null} locale={locale} />
          </>
        }
      >
        <div className="min-w-0">
          <SectionHead title={t.pastExports} />
          <Table
            caption={t.pastExports}
            rows={runs}
            rowKey={({ id }) => id}
            empty={
              <EmptyState icon="download" title={t.noExports}>
                {t.noExportsLead}
              </EmptyState>
            }
            columns={[
              {
                key: "range",
                label: t.exportColumns.range,
                heading: true,
                cell: (run) => <Link href={to.exportRun(run.id)}>{rangeWords(run, locale)}</Link>,
              },
              {
                key: "state",
                label: t.exportColumns.state,
                cell: ({ state }) => (
                  <StatusChip tone={exportTone[state]}>{t.exportStates[state]}</StatusChip>
                ),
              },
              { key: "reason", label: t.exportColumns.reason, wrap: true, cell: ({ order }) => order.reason },
              {
                key: "hash",
                label: t.exportColumns.hash,
                wide: true,
                cell: ({ record }) =>
                  record ? <Hash value={record.manifestHash} locale={locale} head={8} tail={4} bare /> : "—",
              },
              {
                key: "size",
                label: t.exportColumns.size,
                align: "right",
                cell: ({ bytes }) => (bytes === null ? "—" : formatBytes(bytes, locale)),
              },
              {
                key: "at",
                label: t.exportColumns.at,
                wide: true,
                cell: ({ createdAt }) => <Time time={createdAt} locale={locale} />,
              },
            ]}
          />
          <Pager
            locale={locale}
            previous={before ? to.exports() : null}
            next={found.ok.length > pageSize ? to.exports({ before: runs.at(-1)?.id }) : null}
          />
        </div>
      </Columns>
    </>
  )
}
