import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { isId } from "#contracts/ids.ts"
import { freezeScopes } from "#contracts/supervision.ts"
import { addMs, dayMs } from "#contracts/time.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { freezeWords } from "../../../../_lib/messages/freeze-words.ts"
import { supervision } from "../../../../_lib/messages/supervision.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel } from "../../../../_ui/panel.tsx"
import { FreezeForm } from "../../_parts/freeze-form.tsx"
import { FrozenNow } from "../../_parts/freezes.tsx"
import { ReachPanel } from "../../_parts/reach.tsx"

type Query = { scope?: string; target?: string }
type Props = { params: Promise<{ locale: string }>; searchParams: Promise<Query> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: freezeWords[localeOf((await params).locale)].newFreeze }
}

/** The reach of a freeze, and under it the order that makes it. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const query = await searchParams
  const scope = freezeScopes.find((one) => one === query.scope)
  const target = query.target ?? ""
  if (!scope || !isId(scope, target)) notFound()
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.supervision.reach({ scope, target })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const reach = found.ok
  const t = supervision[locale]
  const f = freezeWords[locale]
  const to = paths(locale)
  const dayOf = (days: number) => addMs(reach.now, days * dayMs).slice(0, 10)
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: t.title, href: to.supervision() },
          { label: t.freezes, href: to.freezes() },
          { label: f.newFreeze },
        ]}
      />
      <PageHead title={f.newFreeze} lead={f.newFreezeLead} />
      <div className="mb-6 empty:hidden">
        <FrozenNow freezes={reach.active} locale={locale} />
      </div>
      <Columns
        sideFirst
        side={
          <Panel title={f.order}>
            <FreezeForm
              scope={scope}
              target={target}
              trades={reach.open}
              days={{ first: dayOf(1), usual: dayOf(30), last: dayOf(365) }}
            />
          </Panel>
        }
      >
        <ReachPanel reach={reach} locale={locale} />
      </Columns>
    </>
  )
}
