import type { Metadata } from "next"
import { isId } from "#contracts/ids.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { exportWords } from "../../../_lib/messages/export-words.ts"
import { supervision } from "../../../_lib/messages/supervision.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { Pager } from "../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel, SectionHead } from "../../../_ui/panel.tsx"
import { DeskTabs } from "../_parts/desk-tabs.tsx"
import { ExportForm } from "../_parts/export-form.tsx"
import { ExportList } from "../_parts/export-list.tsx"
import { chosenOf, type ExportQuery } from "../_parts/export-words.ts"
import { KeepKey } from "../_parts/keep-key.tsx"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<ExportQuery> }

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
    load(locale, () => api.ledger.exports({ before, limit: pageSize + 1, desk: true })),
    load(locale, () => api.ledger.overview()),
  ])
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  if (!overview.ok) return <Refused failure={overview.refused} locale={locale} />
  const runs = found.ok.slice(0, pageSize)
  const t = supervision[locale]
  const x = exportWords[locale]
  const to = paths(locale)
  return (
    <>
      <PageHead title={t.exports} lead={x.exportsLead} />
      <DeskTabs current="exports" locale={locale} />
      <Columns
        sideFirst
        side={
          <>
            <Panel title={x.newExport} footer={<span className="text-ink-faint">{x.exportNote}</span>}>
              <ExportForm size={overview.ok.head?.size ?? 0} own={null} chosen={chosenOf(query)} />
            </Panel>
            <KeepKey vkey={overview.ok.log?.vkey ?? null} locale={locale} />
          </>
        }
      >
        <div className="min-w-0">
          <SectionHead title={x.pastExports} />
          <ExportList runs={runs} href={to.exportRun} locale={locale} />
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
