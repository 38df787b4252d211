import type { ReactNode } from "react"
import { checkDisclosure, committedAt } from "#contracts/ledger/commitment.ts"
import { isCommitment, type Leaf } from "#contracts/ledger/encoding.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { nobleCrypto } from "#contracts/ledger/noble-crypto.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { money } from "#contracts/money.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { recordWords } from "../../../_lib/messages/record-words.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Money } from "../../../_ui/values.tsx"
import { wordOfCode } from "./code-words.ts"
import { ErasedChip, type ErasedValue } from "./erased-chip.tsx"
import type { Opened } from "./record-view.ts"

type Props = {
  leaf: Leaf
  opened: readonly Opened[]
  /** Values that were erased, by their place. */
  erased?: readonly ErasedValue[]
  locale: Locale
}
type Row = { name: string; path: string; value: unknown }

/** Each member of the record; what is confidential shows its commitment, or the value for who may read it. */
export function RecordContent({ leaf, opened, erased = [], locale }: Props) {
  const t = ledger[locale]
  const words = recordWords[locale]
  const rows: Row[] = [
    ...("commit" in leaf.actor
      ? [{ name: "/actor", path: "/actor", value: { commit: leaf.actor.commit } }]
      : []),
    ...Object.entries(leaf.body).map(([name, value]) => ({ name, path: `/body/${name}`, value })),
  ]
  const hasSecrets = rows.some(({ value }) => isCommitment(value))
  return (
    <Panel title={t.content} flush>
      <Table
        bare
        caption={t.content}
        rows={rows}
        rowKey={(row) => row.path}
        columns={[
          {
            key: "name",
            label: t.member,
            heading: true,
            wrap: true,
            cell: (row) => <span className="text-ink-soft">{words[row.name] ?? row.name}</span>,
          },
          {
            key: "value",
            label: t.value,
            wrap: true,
            cell: (row) => <Value row={row} leaf={leaf} opened={opened} erased={erased} locale={locale} />,
          },
        ]}
      />
      {hasSecrets ? (
        <p className="border-t border-line px-4 py-3 text-small text-ink-faint">{t.contentLead}</p>
      ) : null}
    </Panel>
  )
}

function Value({ row, leaf, opened, erased = [], locale }: { row: Row } & Props) {
  const t = ledger[locale]
  if (!isCommitment(row.value)) return <Plain name={row.name} value={row.value as Json} locale={locale} />
  const value = opened.find(({ path }) => path === row.path)
  const gone = erased.find(({ path }) => path === row.path)
  if (value === undefined)
    return (
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {gone ? (
          <ErasedChip value={gone} locale={locale} />
        ) : (
          <StatusChip tone="neutral" icon="lock">
            {t.confidential}
          </StatusChip>
        )}
        <span className="text-small text-ink-faint">
          {t.commitment} <Hash value={committedAt(leaf, row.path) ?? ""} locale={locale} bare />
        </span>
      </span>
    )
  const fits = checkDisclosure({ index: leaf.index, ...value }, leaf, nobleCrypto.sha256) === "fits"
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Plain name={row.name} value={value.value} locale={locale} />
      <StatusChip tone={fits ? "good" : "bad"} {...(fits ? { icon: "lock" as const } : {})}>
        {t.openedToYou} · {fits ? t.fits : t.misfit}
      </StatusChip>
    </span>
  )
}

/** Money and hashes as such, codes with their words beside them, the rest as it stands in the record. */
function Plain({ name, value, locale }: { name: string; value: Json; locale: Locale }): ReactNode {
  const amount = money.safeParse(value)
  if (amount.success) return <Money amount={amount.data} locale={locale} />
  if (typeof value === "string" && /^[0-9a-f]{64}$/.test(value))
    return <Hash value={value} locale={locale} head={12} tail={8} />
  const text = typeof value === "string" ? value : JSON.stringify(value)
  const told = wordOfCode(name, text, locale)
  return (
    <>
      {told === null ? null : <span className="mr-2">{told}</span>}
      <code
        className={
          told === null ? "font-mono text-small wrap-anywhere" : "font-mono text-small text-ink-faint"
        }
      >
        {text}
      </code>
    </>
  )
}
