import type { Locale } from "#contracts/localized-text.ts"
import type { ShownSignature } from "#server/ledger/heads/queries.ts"
import { explorer } from "../../../_lib/messages/explorer.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Time } from "../../../_ui/values.tsx"

/** Each signature line of a checkpoint, and what came of checking it. */
export function SignatureTable({
  signatures,
  locale,
}: {
  signatures: readonly ShownSignature[]
  locale: Locale
}) {
  const t = explorer[locale]
  return (
    <Panel
      title={t.signatures}
      flush
      footer={signatures.some(({ by }) => by === "witness") ? undefined : t.noWitness}
    >
      <p className="px-4 py-3 text-ink-soft">{t.signaturesLead}</p>
      <Table
        bare
        caption={t.signatures}
        rows={signatures}
        rowKey={(row) => `${row.name} ${row.keyId} ${row.at}`}
        columns={[
          {
            key: "signer",
            label: t.signer,
            heading: true,
            wrap: true,
            cell: ({ name, keyId }) => (
              <span className="grid gap-0.5">
                <span className="wrap-anywhere">{name}</span>
                <code className="font-mono text-small font-normal text-ink-faint">{keyId}</code>
              </span>
            ),
          },
          { key: "role", label: t.role, wrap: true, cell: ({ by }) => t.roles[by] },
          {
            key: "verdict",
            label: t.verdict,
            wrap: true,
            cell: (row) => <Verdict {...row} locale={locale} />,
          },
        ]}
      />
    </Panel>
  )
}

function Verdict({ fits, at, locale }: ShownSignature & { locale: Locale }) {
  const t = explorer[locale]
  if (fits === null) return <span className="text-ink-faint">{t.unknownKey}</span>
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <StatusChip tone={fits ? "good" : "bad"}>{fits ? t.fits : t.misfit}</StatusChip>
      {at === null ? null : (
        <span className="text-small text-ink-faint">
          {t.witnessTime} <Time time={at} locale={locale} precision="second" />
        </span>
      )}
    </span>
  )
}
