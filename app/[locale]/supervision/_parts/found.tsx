import type { Locale } from "#contracts/localized-text.ts"
import { type FreezeScope, freezeScopes } from "#contracts/supervision.ts"
import type { Finding, Lead } from "#server/supervision/search-store.ts"
import { actingRoles } from "../../../_lib/acting.ts"
import { freezeWords } from "../../../_lib/messages/freeze-words.ts"
import { supervision } from "../../../_lib/messages/supervision.ts"
import { paths } from "../../../_lib/paths.ts"
import { ButtonLink } from "../../../_ui/button.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { SectionHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Text } from "../../../_ui/values.tsx"
import { stateWord } from "./state-word.ts"

type Props = { asked: string; findings: readonly Finding[]; locale: Locale }

/** What the search box found, each with the way to its page, and to freeze it where it can be frozen. */
export async function Found({ asked, findings, locale }: Props) {
  const t = supervision[locale]
  const f = freezeWords[locale]
  const to = paths(locale)
  const mayFreeze = (await actingRoles()).includes("regulator")
  return (
    <div>
      <SectionHead
        title={t.results}
        actions={
          <>
            {t.resultCount(findings.length)} · <Link href={to.supervision()}>{t.backToOverview}</Link>
          </>
        }
      />
      <Table
        caption={t.results}
        rows={findings}
        rowKey={({ kind, id, lead }) => `${kind}-${id}-${lead.id}`}
        empty={
          <EmptyState
            icon="search"
            title={t.nothingFound(asked)}
            actions={<ButtonLink href={to.supervision()}>{t.backToOverview}</ButtonLink>}
          >
            {t.nothingFoundLead}
          </EmptyState>
        }
        columns={[
          { key: "kind", label: t.found.kind, cell: ({ kind }) => t.kinds[kind] ?? kind },
          {
            key: "what",
            label: t.found.what,
            heading: true,
            cell: (row) => (
              <Link href={placeOf(row.lead, locale)}>
                {row.name ? (
                  <Text text={row.name} locale={locale} />
                ) : (
                  <Hash value={row.id} locale={locale} head={10} tail={6} bare />
                )}
              </Link>
            ),
          },
          {
            key: "leads",
            label: t.found.leads,
            wide: true,
            cell: ({ id, lead }) =>
              lead.id === id ? "—" : <Hash value={lead.id} locale={locale} head={8} tail={6} bare />,
          },
          { key: "state", label: t.found.state, cell: ({ kind, state }) => stateWord(kind, state, locale) },
          {
            key: "freeze",
            label: f.freeze,
            align: "right",
            cell: ({ lead }) =>
              mayFreeze && isScope(lead.page) ? (
                <ButtonLink size="small" href={to.newFreeze(lead.page, lead.id)}>
                  {f.freeze}
                </ButtonLink>
              ) : (
                "—"
              ),
          },
        ]}
      />
    </div>
  )
}

const isScope = (page: string): page is FreezeScope => freezeScopes.some((scope) => scope === page)

function placeOf({ page, id }: Lead, locale: Locale): string {
  const to = paths(locale)
  return {
    trade: () => to.supervisedTrade(id),
    party: () => to.supervisedParty(id),
    listing: () => to.listing(id),
    record: () => to.record(Number(id)),
    freeze: () => to.freeze(id),
    export: () => to.exportRun(id),
  }[page]()
}
