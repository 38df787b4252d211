import type { Locale } from "#contracts/localized-text.ts"
import type { ShownHead, ShownSignature } from "#server/ledger/heads/queries.ts"
import { formatCount } from "../../../_lib/format.ts"
import { explorer } from "../../../_lib/messages/explorer.ts"
import { doors, paths } from "../../../_lib/paths.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link, linkLook } from "../../../_ui/link.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Time } from "../../../_ui/values.tsx"

/** Checkpoints, the newest first: how large, which root, when, and who signed. */
export function HeadTable({ heads, locale }: { heads: readonly ShownHead[]; locale: Locale }) {
  const t = explorer[locale]
  return (
    <Table
      caption={t.heads}
      rows={heads}
      rowKey={(row) => row.size}
      empty={
        <EmptyState icon="chain" title={t.noHeads}>
          {t.noHeadsLead}
        </EmptyState>
      }
      columns={[
        {
          key: "size",
          label: t.columns.size,
          heading: true,
          cell: (row) => (
            <Link href={paths(locale).checkpoint(row.size)}>{formatCount(row.size, locale)}</Link>
          ),
        },
        {
          key: "root",
          label: t.columns.root,
          wide: true,
          cell: (row) => <Hash value={row.root} locale={locale} head={12} tail={8} bare />,
        },
        {
          key: "at",
          label: t.columns.at,
          wrap: true,
          cell: (row) => <Time time={row.at} locale={locale} precision="second" />,
        },
        {
          key: "signatures",
          label: t.columns.signatures,
          wrap: true,
          cell: (row) => <SignedBy signatures={row.signatures} locale={locale} />,
        },
        {
          key: "note",
          label: t.columns.note,
          wide: true,
          cell: (row) => (
            <a className={linkLook} href={doors.checkpointOf(row.size)}>
              {t.note} <span className="sr-only">{row.size}</span>
            </a>
          ),
        },
      ]}
    />
  )
}

/** Who signed, in a few words; a signature that does not fit outweighs all others. */
export function SignedBy({ signatures, locale }: { signatures: readonly ShownSignature[]; locale: Locale }) {
  const t = explorer[locale]
  if (signatures.some(({ fits }) => fits === false))
    return <StatusChip tone="bad">{t.signatureBad}</StatusChip>
  const by = (who: ShownSignature["by"]) => signatures.filter((one) => one.by === who && one.fits).length
  return (
    <StatusChip tone={by("log") > 0 ? "good" : "warn"}>{t.signedBy(by("log"), by("witness"))}</StatusChip>
  )
}
