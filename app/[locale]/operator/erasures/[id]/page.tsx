import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { isId } from "#contracts/ids.ts"
import { ErasureChip, ErasureWhy, heldSentence, whatErased } from "../../../../_account/erasure-words.tsx"
import { caller, load } from "../../../../_lib/caller.ts"
import { erasure as words } from "../../../../_lib/messages/erasure.ts"
import { operator } from "../../../../_lib/messages/operator.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { DefinitionList } from "../../../../_ui/definition-list.tsx"
import { Hash } from "../../../../_ui/hash.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { PageHead, Panel } from "../../../../_ui/panel.tsx"
import { Callout } from "../../../../_ui/states.tsx"
import { Text, Time } from "../../../../_ui/values.tsx"
import { ApproveErasure, RefuseErasure } from "../../_parts/erasure-decision.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].decide }
}

/** One request for erasure: of what, asked by whom and why, what forbids it now, and the two answers. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  if (!isId("erasure", id)) notFound()
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.erasure.forDecision({ erasure: id })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { erasure, values, held, openTrades, own } = found.ok
  const t = words[locale]
  const to = paths(locale)
  const open = erasure.state === "requested" || erasure.state === "held"
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: operator[locale].title, href: to.operator() },
          { label: operator[locale].queues.erasures, href: to.operatorQueue("erasures") },
          { label: whatErased(erasure, locale) },
        ]}
      />
      <PageHead
        title={whatErased(erasure, locale)}
        chips={<ErasureChip state={erasure.state} locale={locale} />}
        actions={
          open && !own ? (
            <>
              <RefuseErasure erasure={id} version={erasure.version} />
              <ApproveErasure erasure={id} version={erasure.version} />
            </>
          ) : null
        }
      />
      <div className="grid gap-6">
        {open && own ? <Callout tone="warn" title={t.ownRequest} /> : null}
        {open && held ? (
          <Callout tone="warn" title={t.nowHeld}>
            {heldSentence(held.by, held.until, locale)}
          </Callout>
        ) : null}
        {open && openTrades > 0 ? <Callout tone="warn" title={t.inTrade(openTrades)} /> : null}
        {open && !held && openTrades === 0 ? <Callout tone="good" title={t.mayErase} /> : null}
        <Panel>
          <DefinitionList
            items={[
              { term: t.kind, value: t.kinds[erasure.kind] },
              {
                term: t.party,
                value: erasure.subjectName ? (
                  <Text text={erasure.subjectName} locale={locale} />
                ) : (
                  (erasure.personName ?? t.gone)
                ),
              },
              { term: t.askedBy, value: erasure.byName ?? t.gone },
              { term: t.asked, value: <Time time={erasure.requestedAt} locale={locale} /> },
              { term: t.reason, value: t.reasons[erasure.reason] },
              { term: t.basis, value: t.bases[erasure.basis] },
              { term: t.values, value: erasure.kind === "product" ? t.productValues : t.valuesOf(values) },
              { term: t.why, value: <ErasureWhy row={erasure} locale={locale} /> },
              { term: operator[locale].id, value: <Hash value={id} locale={locale} head={10} /> },
            ]}
          />
        </Panel>
      </div>
    </>
  )
}
