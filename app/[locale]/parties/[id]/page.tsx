import type { Metadata } from "next"
import { countryName } from "#contracts/country.ts"
import { readText } from "#contracts/localized-text.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { party as words } from "../../../_lib/messages/party.ts"
import { localeOf, orNotFound } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { StatusChip } from "../../../_ui/chip.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { PageHead, Panel } from "../../../_ui/panel.tsx"
import { Callout } from "../../../_ui/states.tsx"
import { Text } from "../../../_ui/values.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

async function cardOf({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const api = await caller(locale)
  return { locale, found: orNotFound(await load(locale, () => api.parties.card({ party: id as never }))) }
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { locale, found } = await cardOf(props)
  return { title: found.ok ? readText(found.ok.name, locale).text : words[locale].cardTitle }
}

/** What anyone, signed in or not, may see of a party. */
export default async function Page(props: Props) {
  const { locale, found } = await cardOf(props)
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const card = found.ok
  const t = words[locale]
  return (
    <div className="mx-auto grid w-full max-w-2xl">
      <PageHead
        title={<Text text={card.name} locale={locale} />}
        chips={
          <StatusChip tone={card.verified ? "good" : "warn"}>
            {card.verified ? t.states.verified : t.notVerified}
          </StatusChip>
        }
        lead={t.cardLead}
      />
      <div className="grid gap-6">
        {card.verified ? null : <Callout tone="warn">{t.notVerifiedLead}</Callout>}
        <Panel>
          <DefinitionList
            items={[
              { term: t.countryName, value: countryName(card.country, locale) },
              { term: t.verification, value: card.verified ? t.verifiedBy : t.notVerified },
              { term: t.id, value: <Hash value={card.id} locale={locale} full /> },
              {
                term: t.itsRecords,
                value: <Link href={paths(locale).ledger({ q: card.id })}>{t.itsRecords}</Link>,
              },
            ]}
          />
        </Panel>
      </div>
    </div>
  )
}
