import type { CertificateJson } from "#contracts/ledger/certificate-json.ts"
import type { Leaf } from "#contracts/ledger/encoding.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { Fixing } from "#server/ledger/heads/store.ts"
import { formatCount } from "../../../_lib/format.ts"
import { explorer } from "../../../_lib/messages/explorer.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { shell } from "../../../_lib/messages/shell.ts"
import { paths } from "../../../_lib/paths.ts"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Time } from "../../../_ui/values.tsx"

type Props = { certificate: CertificateJson; fixed: Fixing; locale: Locale }

/** When, by whom, and the hashes that chain it. */
export function RecordFacts({ certificate, fixed, locale }: Props) {
  const t = ledger[locale]
  const e = explorer[locale]
  const { leaf, leafHash, number, log } = certificate
  const known =
    "type" in leaf
      ? [
          { term: t.occurred, value: <Time time={leaf.occurredAt} locale={locale} /> },
          { term: t.sealed, value: <Time time={leaf.at} locale={locale} /> },
          { term: t.actor, value: actorText(leaf, locale) },
        ]
      : []
  return (
    <Panel title={t.about}>
      <DefinitionList
        compact
        items={[
          { term: t.number, value: <code className="font-mono">{number}</code> },
          ...known,
          {
            term: e.fixedBy,
            value: (
              <Link href={paths(locale).checkpoint(fixed.size)}>
                {e.fixedAt(formatCount(fixed.size, locale))}
              </Link>
            ),
          },
          { term: t.proofLeaf, value: <Hash value={leafHash} locale={locale} /> },
          { term: t.prevShort, value: <Hash value={leaf.prev} locale={locale} /> },
          { term: t.log, value: <code className="font-mono wrap-anywhere">{log}</code> },
        ]}
      />
    </Panel>
  )
}

/** The role stands in clear; which party it was does not. */
export function actorText({ actor }: Leaf, locale: Locale): string {
  if ("job" in actor) return ledger[locale].actorSystem(actor.job)
  const roles: Readonly<Record<string, string>> = { ...shell[locale].roles, ...ledger[locale].otherRoles }
  return ledger[locale].actorRole(roles[actor.role] ?? actor.role)
}
