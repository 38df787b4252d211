import type { Metadata } from "next"
import { isId } from "#contracts/ids.ts"
import { caller, load, session } from "../../_lib/caller.ts"
import { exportWords } from "../../_lib/messages/export-words.ts"
import { supervision } from "../../_lib/messages/supervision.ts"
import { localeOf } from "../../_lib/page.ts"
import { paths } from "../../_lib/paths.ts"
import { Refused } from "../../_shell/refused.tsx"
import { Pager } from "../../_ui/navigation.tsx"
import { Columns, PageHead, Panel, SectionHead } from "../../_ui/panel.tsx"
import { ExportForm } from "../supervision/_parts/export-form.tsx"
import { ExportList } from "../supervision/_parts/export-list.tsx"
import { chosenOf, type ExportQuery } from "../supervision/_parts/export-words.ts"
import { KeepKey } from "../supervision/_parts/keep-key.tsx"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<ExportQuery> }

const pageSize = 20

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: supervision[localeOf((await params).locale)].exports }
}

/** A party takes home the records of its own trades: all of them, one trade, or one of its listings. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const query = await searchParams
  const before = isId("export", query.before) ? query.before : null
  const api = await caller(locale)
  const [found, overview, signedIn] = await Promise.all([
    load(locale, () => api.ledger.exports({ before, limit: pageSize + 1 })),
    load(locale, () => api.ledger.overview()),
    session(),
  ])
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  if (!overview.ok) return <Refused failure={overview.refused} locale={locale} />
  const runs = found.ok.slice(0, pageSize)
  const t = supervision[locale]
  const x = exportWords[locale]
  const to = paths(locale)
  return (
    <>
      <PageHead title={t.exports} lead={x.ownExportsLead} />
      <Columns
        sideFirst
        side={
          <>
            <Panel title={x.newExport} footer={<span className="text-ink-faint">{x.exportNote}</span>}>
              <ExportForm
                size={overview.ok.head?.size ?? 0}
                own={signedIn?.acting?.party ?? null}
                chosen={chosenOf(query)}
              />
            </Panel>
            <KeepKey vkey={overview.ok.log?.vkey ?? null} locale={locale} />
          </>
        }
      >
        <div className="min-w-0">
          <SectionHead title={x.pastExports} />
          <ExportList runs={runs} href={to.ownExport} locale={locale} />
          <Pager
            locale={locale}
            previous={before ? to.ownExports() : null}
            next={found.ok.length > pageSize ? to.ownExports({ before: runs.at(-1)?.id }) : null}
          />
        </div>
      </Columns>
    </>
  )
}
