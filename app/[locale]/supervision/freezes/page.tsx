import type { Metadata } from "next"
import { caller, load } from "../../../_lib/caller.ts"
import { freezeWords } from "../../../_lib/messages/freeze-words.ts"
import { supervision } from "../../../_lib/messages/supervision.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { Pager } from "../../../_ui/navigation.tsx"
import { PageHead, SectionHead } from "../../../_ui/panel.tsx"
import { DeskTabs } from "../_parts/desk-tabs.tsx"
import { FreezesTable } from "../_parts/freezes.tsx"

type Query = { active?: string; ended?: string }
type Props = { params: Promise<{ locale: string }>; searchParams: Promise<Query> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: supervision[localeOf((await params).locale)].freezes }
}

/** Freezes: those that hold first, then those that have ended. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const query = await searchParams
  const api = await caller(locale)
  const [active, ended] = await Promise.all([
    load(locale, () => api.supervision.freezes({ after: query.active ?? null, which: "active" })),
    load(locale, () => api.supervision.freezes({ after: query.ended ?? null, which: "ended" })),
  ])
  if (!active.ok) return <Refused failure={active.refused} locale={locale} />
  if (!ended.ok) return <Refused failure={ended.refused} locale={locale} />
  const t = supervision[locale]
  const f = freezeWords[locale]
  const to = paths(locale)
  return (
    <>
      <PageHead title={t.freezes} lead={f.freezesLead} />
      <DeskTabs current="freezes" locale={locale} />
      <div className="grid gap-8">
        {(
          [
            ["active", f.activeList, active.ok],
            ["ended", f.endedList, ended.ok],
          ] as const
        ).map(([which, title, { freezes, next }]) => (
          <div key={which} className="min-w-0">
            <SectionHead title={title} />
            <FreezesTable freezes={freezes} which={which} locale={locale} />
            <Pager
              locale={locale}
              previous={query[which] ? to.freezes({ ...query, [which]: null }) : null}
              next={next ? to.freezes({ ...query, [which]: next }) : null}
            />
          </div>
        ))}
      </div>
    </>
  )
}
