import type { Metadata } from "next"
import { caller, load } from "../../../_lib/caller.ts"
import { explorer } from "../../../_lib/messages/explorer.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { Breadcrumbs, Pager } from "../../../_ui/navigation.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { HeadTable } from "../_parts/head-table.tsx"
import { positionOf } from "../_parts/record-view.ts"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ before?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: explorer[localeOf((await params).locale)].heads }
}

/** All published checkpoints of the log, a page at a time. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const before = positionOf((await searchParams).before ?? "")
  const t = explorer[locale]
  const to = paths(locale)
  const api = await caller(locale)
  const found = await load(locale, () => api.ledger.checkpoints({ before }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { heads, next } = found.ok
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[{ label: ledger[locale].title, href: to.ledger() }, { label: t.heads }]}
      />
      <PageHead title={t.heads} lead={t.headsLead} />
      <HeadTable heads={heads} locale={locale} />
      <Pager
        locale={locale}
        previous={before === null ? null : to.checkpoints()}
        next={next === null ? null : to.checkpoints({ before: next })}
      />
    </>
  )
}
