import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { isId } from "#contracts/ids.ts"
import { readText } from "#contracts/localized-text.ts"
import { actingRoles } from "../../../../_lib/acting.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { formatCount } from "../../../../_lib/format.ts"
import { formatTime } from "../../../../_lib/format-time.ts"
import { erasure } from "../../../../_lib/messages/erasure.ts"
import { exportWords } from "../../../../_lib/messages/export-words.ts"
import { freezeWords } from "../../../../_lib/messages/freeze-words.ts"
import { party as partyWords } from "../../../../_lib/messages/party.ts"
import { shell } from "../../../../_lib/messages/shell.ts"
import { supervision } from "../../../../_lib/messages/supervision.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { Button, ButtonLink } from "../../../../_ui/button.tsx"
import { StatusChip } from "../../../../_ui/chip.tsx"
import { DefinitionList } from "../../../../_ui/definition-list.tsx"
import { Hash } from "../../../../_ui/hash.tsx"
import { Breadcrumbs, Pager } from "../../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel, SectionHead } from "../../../../_ui/panel.tsx"
import { EmptyState } from "../../../../_ui/states.tsx"
import { Text, Time } from "../../../../_ui/values.tsx"
import { ChecksTable } from "../../_parts/checks.tsx"
import { Confidential } from "../../_parts/confidential.tsx"
import { FrozenNow } from "../../_parts/freezes.tsx"
import { LiftHold, PlaceHold } from "../../_parts/hold-forms.tsx"
import { RecordPanel } from "../../_parts/record-list.tsx"

type Props = {
  params: Promise<{ locale: string; id: string }>
  searchParams: Promise<{ opened?: string; after?: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: supervision[localeOf((await params).locale)].partyTitle }
}

/** A party as supervision sees it: its verification, its trades with their checks, its records and freezes. */
export default async function Page({ params, searchParams }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  if (!isId("party", id)) notFound()
  const { opened, after } = await searchParams
  const opening = isId("command", opened) ? opened : null
  const api = await caller(locale)
  const [supervised, holds] = await Promise.all([
    load(locale, () => api.supervision.party({ party: id, after: after ?? null, opening })),
    load(locale, () => api.erasure.holds()),
  ])
  const found = orNotFound(supervised)
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const party = found.ok
  const t = supervision[locale]
  const f = freezeWords[locale]
  const x = exportWords[locale]
  const w = partyWords[locale]
  const to = paths(locale)
  const mayFreeze = (await actingRoles()).includes("regulator")
  const { verification } = party
  const hold = holds.ok?.find(({ target }) => target === id)
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[{ label: t.title, href: to.supervision() }, { label: readText(party.name, locale).text }]}
      />
      <PageHead
        title={<Text text={party.name} locale={locale} />}
        chips={
          <>
            <StatusChip tone={party.state === "verified" ? "good" : "active"}>
              {w.states[party.state]}
            </StatusChip>
            {party.frozenBy ? <StatusChip tone="warn">{f.frozenNow}</StatusChip> : null}
            {hold ? <StatusChip tone="warn">{erasure[locale].holds}</StatusChip> : null}
          </>
        }
        lead={<Hash value={id} locale={locale} full />}
        actions={
          <>
            <ButtonLink icon="download" href={to.exports({ party: id })}>
              {x.exportThis}
            </ButtonLink>
            {mayFreeze && !hold ? <PlaceHold party={id} /> : null}
            {mayFreeze && hold ? <LiftHold hold={hold.id} /> : null}
            {mayFreeze ? (
              <ButtonLink icon="stop" href={to.newFreeze("party", id)}>
                {f.freeze}
              </ButtonLink>
            ) : (
              <Button why={f.freezeWhy}>{f.freeze}</Button>
            )}
          </>
        }
      />
      <div className="mb-6 empty:hidden">
        <FrozenNow freezes={party.freezes} locale={locale} />
      </div>
      <Columns
        side={
          <Panel title={t.facts}>
            <DefinitionList
              compact
              items={[
                { term: t.roles, value: party.roles.map((role) => shell[locale].roles[role]).join(" · ") },
                { term: t.country, value: party.country },
                { term: t.registered, value: <Time time={party.registeredAt} locale={locale} /> },
                {
                  term: t.verification,
                  value: verification
                    ? t.verified(w.methods[verification.method], formatTime(verification.at, locale))
                    : t.notVerified,
                },
                { term: t.openTrades, value: formatCount(party.openTrades, locale) },
              ]}
            />
          </Panel>
        }
      >
        <Confidential
          subject={id}
          kind="party"
          opening={party.opening}
          over={opened !== undefined && party.opening === null}
          here={to.supervisedParty(id)}
          locale={locale}
        />
        <div className="min-w-0">
          <SectionHead title={t.partyTrades} />
          <ChecksTable
            checks={party.trades}
            locale={locale}
            caption={t.partyTrades}
            empty={<EmptyState title={t.partyNoTrades}>{t.partyNoTradesLead}</EmptyState>}
          />
          <Pager
            locale={locale}
            previous={after ? to.supervisedParty(id) : null}
            next={party.next ? to.supervisedParty(id, { after: party.next }) : null}
          />
        </div>
        <RecordPanel records={party.records} locale={locale} />
      </Columns>
    </>
  )
}
