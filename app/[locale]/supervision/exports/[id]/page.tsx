import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { isId } from "#contracts/ids.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { exportWords } from "../../../../_lib/messages/export-words.ts"
import { supervision } from "../../../../_lib/messages/supervision.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { ExportDetail } from "../../_parts/export-detail.tsx"
import { rangeWords } from "../../_parts/export-words.ts"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, id } = await params
  return { title: `${exportWords[localeOf(locale)].exportTitle} ${id.slice(-6)}` }
}

/** One export, at the supervision desk. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  if (!isId("export", id)) notFound()
  const api = await caller(locale)
  const [found, overview] = await Promise.all([
    load(locale, () => api.ledger.export({ id, desk: true })),
    load(locale, () => api.ledger.overview()),
  ])
  const loaded = orNotFound(found)
  if (!loaded.ok) return <Refused failure={loaded.refused} locale={locale} />
  const run = loaded.ok
  const t = supervision[locale]
  const to = paths(locale)
  return (
    <ExportDetail
      run={run}
      vkey={overview.ok?.log?.vkey ?? null}
      all={to.exports()}
      locale={locale}
      crumbs={
        <Breadcrumbs
          locale={locale}
          crumbs={[
            { label: t.title, href: to.supervision() },
            { label: t.exports, href: to.exports() },
            { label: rangeWords(run, locale) },
          ]}
        />
      }
    />
  )
}
