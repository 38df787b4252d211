import type { Metadata } from "next"
import type { Locale } from "#contracts/localized-text.ts"
import { caller, load, session } from "../../_lib/caller.ts"
import { partyTone, party as partyWords } from "../../_lib/messages/party.ts"
import { settings } from "../../_lib/messages/settings.ts"
import { shell } from "../../_lib/messages/shell.ts"
import { localeOf } from "../../_lib/page.ts"
import { paths } from "../../_lib/paths.ts"
import { Refused } from "../../_shell/refused.tsx"
import { ButtonLink } from "../../_ui/button.tsx"
import { Badge, StatusChip } from "../../_ui/chip.tsx"
import { DefinitionList } from "../../_ui/definition-list.tsx"
import { Link } from "../../_ui/link.tsx"
import { PageHead, Panel } from "../../_ui/panel.tsx"
import { EmptyState } from "../../_ui/states.tsx"
import { Table } from "../../_ui/table.tsx"
import { Text } from "../../_ui/values.tsx"
import { ChangePassword, ChooseParty } from "./_parts/account-actions.tsx"
import { AccountTabs } from "./_parts/account-tabs.tsx"
import { Sessions } from "./_parts/sessions.tsx"

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: settings[localeOf((await params).locale)].title }
}

/** A person's own settings: who they are, whom they act for, how they sign in and where. */
export default async function Page({ params }: Props) {
  const locale = localeOf((await params).locale)
  const api = await caller(locale)
  const [found, own] = await Promise.all([load(locale, () => api.access.sessions()), session()])
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const t = settings[locale]
  const { user } = own ?? {}
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <AccountTabs locale={locale} current="account" />
      <div className="grid gap-6">
        <Panel title={t.profile}>
          <DefinitionList
            items={[
              { term: t.name, value: user?.name },
              { term: t.email, value: user?.email },
            ]}
          />
        </Panel>
        <Parties locale={locale} own={own} />
        <Panel title={t.password} footer={t.passwordLead}>
          <ChangePassword
            email={user?.email ?? ""}
            words={{
              label: t.change,
              busy: t.changing,
              current: t.current,
              next: t.next,
              nextHint: t.nextHint,
              done: t.changed,
              wrong: t.wrongPassword,
            }}
          />
        </Panel>
        <Sessions locale={locale} sessions={found.ok} />
      </div>
    </>
  )
}

type Own = Awaited<ReturnType<typeof session>>

function Parties({ locale, own }: { locale: Locale; own: Own }) {
  const t = settings[locale]
  const w = partyWords[locale]
  const to = paths(locale)
  const register = <ButtonLink href={to.newParty()}>{t.register}</ButtonLink>
  return (
    <Panel title={t.parties} footer={t.partiesLead} actions={own?.memberships.length ? register : null} flush>
      <Table
        bare
        caption={t.parties}
        rows={own?.memberships ?? []}
        rowKey={(row) => row.party}
        empty={
          <div className="p-4">
            <EmptyState title={t.noParty} actions={register}>
              {t.noPartyLead}
            </EmptyState>
          </div>
        }
        columns={[
          {
            key: "name",
            label: t.columns.name,
            heading: true,
            wrap: true,
            cell: (row) => (
              <span className="flex flex-wrap items-center gap-1.5">
                {row.party === own?.acting?.party ? (
                  <Link href={to.ownParty()}>
                    <Text text={row.name} locale={locale} />
                  </Link>
                ) : (
                  <Text text={row.name} locale={locale} />
                )}
                {row.roles.map((role) => (
                  <Badge key={role}>{shell[locale].roles[role]}</Badge>
                ))}
              </span>
            ),
          },
          {
            key: "state",
            label: t.columns.state,
            cell: (row) => <StatusChip tone={partyTone[row.state]}>{w.states[row.state]}</StatusChip>,
          },
          {
            key: "role",
            label: t.columns.role,
            wide: true,
            cell: (row) => w.memberRoles[row.memberRole],
          },
          {
            key: "act",
            label: t.columns.act,
            align: "right",
            cell: (row) =>
              row.party === own?.acting?.party ? (
                <span className="text-small text-ink-faint">{t.acting}</span>
              ) : (
                <ChooseParty party={row.party} words={{ label: t.choose, busy: t.choosing }} />
              ),
          },
        ]}
      />
    </Panel>
  )
}
