import type { Metadata } from "next"
import { openRoles } from "#contracts/party.ts"
import { session } from "../../../../_lib/caller.ts"
import { countryOptions } from "../../../../_lib/countries.ts"
import { party as words } from "../../../../_lib/messages/party.ts"
import { settings } from "../../../../_lib/messages/settings.ts"
import { shell } from "../../../../_lib/messages/shell.ts"
import { localeOf } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { PageHead, Panel } from "../../../../_ui/panel.tsx"
import { NoPermission } from "../../../../_ui/states.tsx"
import { identityWords } from "../_parts/identity-words.ts"
import { RegisterForm } from "../_parts/party-forms.tsx"

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].newTitle }
}

export default async function Page({ params }: Props) {
  const locale = localeOf((await params).locale)
  if (!(await session())) return <NoPermission locale={locale} signedIn={false} />
  const t = words[locale]
  return (
    <div className="mx-auto w-full max-w-2xl">
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: settings[locale].tabs.party, href: paths(locale).ownParty() },
          { label: t.newTitle },
        ]}
      />
      <PageHead title={t.newTitle} lead={t.newLead} />
      <Panel>
        <RegisterForm
          locale={locale}
          countries={countryOptions(locale)}
          words={{
            ...identityWords(locale),
            label: t.register,
            busy: t.registering,
            roles: t.roles,
            rolesHint: t.rolesHint,
            eachRole: openRoles.map((value) => ({
              value,
              label: shell[locale].roles[value],
              hint: t.roleHints[value],
            })),
          }}
        />
      </Panel>
    </div>
  )
}
