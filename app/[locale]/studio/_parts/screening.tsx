import type { ScreeningHint } from "#contracts/dataset.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { formatCount } from "../../../_lib/format.ts"
import { studio } from "../../../_lib/messages/studio.ts"
import { paths } from "../../../_lib/paths.ts"
import { Link } from "../../../_ui/link.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"

/** What looks like personal data, for the seller's own answer. */
export function Screening(props: { hints: readonly ScreeningHint[]; product: string; locale: Locale }) {
  const { hints, product, locale } = props
  const t = studio[locale]
  if (hints.length === 0)
    return (
      <Panel title={t.screening}>
        <p className="text-ink-soft">{t.screeningNone}</p>
      </Panel>
    )
  return (
    <Panel
      title={t.screening}
      footer={
        <>
          {t.screeningFound}{" "}
          <Link href={paths(locale).product(product, "registration")}>{t.toRegistration}</Link>
        </>
      }
      flush
    >
      <Table
        bare
        caption={t.screening}
        rows={hints}
        rowKey={(hint) => `${hint.column} ${hint.kind} ${hint.by}`}
        columns={[
          {
            key: "field",
            label: t.field,
            heading: true,
            cell: (hint) => <code className="font-mono text-small">{hint.column}</code>,
          },
          { key: "kind", label: t.suspicion, cell: (hint) => t.kinds[hint.kind] },
          {
            key: "by",
            label: t.evidenceBy,
            cell: (hint) => (hint.by === "name" ? t.byName : t.byValues(formatCount(hint.hits, locale))),
          },
        ]}
      />
    </Panel>
  )
}
