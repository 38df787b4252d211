import type { CertificateJson } from "#contracts/ledger/certificate-json.ts"
import type { Leaf } from "#contracts/ledger/encoding.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { shell } from "../../../_lib/messages/shell.ts"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Time } from "../../../_ui/values.tsx"

/** When, by whom, and the hashes that chain it. */
export function RecordFacts({ certificate, locale }: { certificate: CertificateJson; locale: Locale }) {
  const t = ledger[locale]
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
