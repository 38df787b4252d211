import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { isId } from "#contracts/ids.ts"
import { actingRoles } from "../../../../_lib/acting.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { freezeWords } from "../../../../_lib/messages/freeze-words.ts"
import { supervision } from "../../../../_lib/messages/supervision.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { StatusChip } from "../../../../_ui/chip.tsx"
import { DefinitionList } from "../../../../_ui/definition-list.tsx"
import { Hash } from "../../../../_ui/hash.tsx"
import { Link } from "../../../../_ui/link.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel } from "../../../../_ui/panel.tsx"
import { Time } from "../../../../_ui/values.tsx"
import { freezeTone } from "../../_parts/freezes.tsx"
import { Target } from "../../_parts/latest.tsx"
import { LiftFreeze } from "../../_parts/lift-freeze.tsx"
import { RecordPanel } from "../../_parts/record-list.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, id } = await params
  return { title: `${supervision[localeOf(locale)].freezes} ${id.slice(-6)}` }
}

/** One freeze: what it holds, on which document, until when, and its records. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  if (!isId("freeze", id)) notFound()
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.supervision.freezeOf({ freeze: id })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { freeze, records } = found.ok
  const t = supervision[locale]
  const f = freezeWords[locale]
  const to = paths(locale)
  const mayLift = (await actingRoles()).includes("regulator")
  const place = {
    trade: to.supervisedTrade(freeze.target),
    party: to.supervisedParty(freeze.target),
    listing: to.listing(freeze.target),
  }[freeze.scope]
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: t.title, href: to.supervision() },
          { label: t.freezes, href: to.freezes() },
          { label: freeze.document },
        ]}
      />
      <PageHead
        title={freeze.document}
        chips={<StatusChip tone={freezeTone[freeze.state]}>{f.freezeStates[freeze.state]}</StatusChip>}
        lead={<Hash value={id} locale={locale} full />}
        actions={
          freeze.state === "active" ? <LiftFreeze freeze={id} why={mayLift ? null : f.freezeWhy} /> : null
        }
      />
      <Columns
        side={
          <Panel title={f.order}>
            <DefinitionList
              compact
              items={[
                { term: f.freezeColumns.scope, value: f.scopes[freeze.scope] },
                {
                  term: f.target,
                  value: (
                    <Link href={place}>
                      <Target freeze={freeze} locale={locale} />
                    </Link>
                  ),
                },
                { term: f.reason, value: f.reasons[freeze.reason] },
                { term: f.document, value: freeze.document },
                ...(freeze.note ? [{ term: f.note, value: freeze.note }] : []),
                { term: f.freezeColumns.imposed, value: <Time time={freeze.imposedAt} locale={locale} /> },
                { term: f.freezeColumns.expires, value: <Time time={freeze.expires} locale={locale} /> },
                ...(freeze.liftedBy ? [{ term: f.liftedBy, value: freeze.liftedBy }] : []),
              ]}
            />
          </Panel>
        }
      >
        <RecordPanel records={records} locale={locale} />
      </Columns>
    </>
  )
}
