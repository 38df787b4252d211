import type { Metadata } from "next"
import { countryName } from "#contracts/country.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { Party } from "#contracts/party.ts"
import { caller, load, session } from "../../../_lib/caller.ts"
import { countryOptions } from "../../../_lib/countries.ts"
import { partyTone, party as words } from "../../../_lib/messages/party.ts"
import { settings } from "../../../_lib/messages/settings.ts"
import { shell } from "../../../_lib/messages/shell.ts"
import { trade } from "../../../_lib/messages/trade.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { ButtonLink } from "../../../_ui/button.tsx"
import { Badge, StatusChip } from "../../../_ui/chip.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { PageHead, Panel } from "../../../_ui/panel.tsx"
import { Callout, EmptyState } from "../../../_ui/states.tsx"
import { Text, Time } from "../../../_ui/values.tsx"
import { AccountTabs } from "../_parts/account-tabs.tsx"
import { BillingPanel } from "./_parts/billing-panel.tsx"
import { identityWords } from "./_parts/identity-words.ts"
import { Members } from "./_parts/members.tsx"
import { CorrectForm } from "./_parts/party-forms.tsx"
import { Payee } from "./_parts/payee.tsx"
import { ProcurementPanel } from "./_parts/procurement-panel.tsx"
import { VerificationState } from "./_parts/verification.tsx"

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: settings[localeOf((await params).locale)].tabs.party }
}

/** The party that the reader acts for: who it is, whether it is verified, how it is paid, who acts for it. */
export default async function Page({ params }: Props) {
  const locale = localeOf((await params).locale)
  const api = await caller(locale)
  const [own, card, who] = await Promise.all([
    load(locale, () => api.parties.own()),
    load(locale, () => api.parties.payee()),
    session(),
  ])
  if (own.refused?.code === "no_party") return <NoParty locale={locale} />
  if (!own.ok) return <Refused failure={own.refused} locale={locale} />
  const { party, members } = own.ok
  const t = words[locale]
  const mayManage = who?.acting?.memberRole === "administrator"
  const why = mayManage ? null : t.onlyAdministrators
  return (
    <>
      <PageHead
        title={<Text text={party.name} locale={locale} />}
        chips={
          <>
            <StatusChip tone={party.rejection ? "bad" : partyTone[party.state]}>
              {party.rejection ? t.rejected : t.states[party.state]}
            </StatusChip>
            {party.roles.map((role) => (
              <Badge key={role}>{shell[locale].roles[role]}</Badge>
            ))}
          </>
        }
      />
      <AccountTabs locale={locale} current="party" />
      <div className="grid gap-6">
        {party.frozenBy ? (
          <Callout tone="warn" title={trade[locale].frozenTitle}>
            {trade[locale].frozenLead}
          </Callout>
        ) : null}
        <VerificationState party={party} locale={locale} why={why} />
        <Identity party={party} locale={locale} why={why} />
        <Payee locale={locale} card={card.ok?.state ?? "away"} bankAccount={party.bankAccount} why={why} />
        {party.roles.includes("buyer") ? (
          <ProcurementPanel
            locale={locale}
            rules={party.procurement ?? []}
            version={party.version}
            why={why}
          />
        ) : null}
        <BillingPanel locale={locale} billing={party.billing ?? null} version={party.version} why={why} />
        <Members locale={locale} members={members} user={who?.user.id ?? ""} mayManage={mayManage} />
      </div>
    </>
  )
}

function Identity({ party, locale, why }: { party: Party; locale: Locale; why: string | null }) {
  const t = words[locale]
  const to = paths(locale)
  return (
    <Panel
      title={t.facts}
      footer={party.state === "registered" ? null : t.cannotCorrect}
      actions={
        party.state === "registered" ? (
          <CorrectForm
            key={party.version}
            locale={locale}
            countries={countryOptions(locale)}
            party={party}
            why={why}
            words={{
              ...identityWords(locale),
              title: t.correct,
              open: t.correct,
              label: t.save,
              busy: t.saving,
            }}
          />
        ) : null
      }
    >
      <DefinitionList
        items={[
          ...(party.name.zh ? [{ term: t.nameZh, value: <span lang="zh-CN">{party.name.zh}</span> }] : []),
          ...(party.name.en ? [{ term: t.nameEn, value: <span lang="en">{party.name.en}</span> }] : []),
          { term: t.country, value: countryName(party.country, locale) },
          {
            term: party.identifierKind === "creditCode" ? t.creditCode : t.vat,
            value: <Hash value={party.identifier} locale={locale} full />,
          },
          { term: t.authorisedPerson, value: party.authorisedPerson },
          { term: t.id, value: <Hash value={party.id} locale={locale} full /> },
          { term: t.registeredAt, value: <Time time={party.registeredAt} locale={locale} /> },
          { term: t.publicCard, value: <Link href={to.party(party.id)}>{t.publicCard}</Link> },
        ]}
      />
    </Panel>
  )
}

function NoParty({ locale }: { locale: Locale }) {
  const t = words[locale]
  return (
    <>
      <PageHead title={settings[locale].tabs.party} lead={settings[locale].lead} />
      <AccountTabs locale={locale} current="party" />
      <EmptyState
        icon="user"
        title={t.none}
        actions={
          <ButtonLink variant="primary" href={paths(locale).newParty()}>
            {t.register}
          </ButtonLink>
        }
      >
        {t.noneLead}
      </EmptyState>
    </>
  )
}
