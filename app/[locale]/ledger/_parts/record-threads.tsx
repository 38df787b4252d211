import { isId, kindOfId } from "#contracts/ids.ts"
import type { Leaf } from "#contracts/ledger/encoding.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { paths } from "../../../_lib/paths.ts"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"

/** The threads that run through this record: whose how-manieth it is, and where the one before lies. */
export function RecordThreads({ leaf, locale }: { leaf: Leaf; locale: Locale }) {
  const t = ledger[locale]
  const to = paths(locale)
  return (
    <Panel title={t.threads} flush>
      <p className="px-4 py-3 text-ink-soft">{t.threadsLead}</p>
      <Table
        bare
        caption={t.threads}
        rows={leaf.threads}
        rowKey={([key]) => key}
        columns={[
          {
            key: "key",
            label: t.threadKey,
            heading: true,
            wrap: true,
            cell: ([key]) => <Key text={key} locale={locale} />,
          },
          { key: "n", label: t.threadN, align: "right", cell: ([, n]) => n },
          {
            key: "prev",
            label: t.threadPrev,
            cell: ([, , prev]) =>
              prev === null ? t.threadFirst : <Link href={to.record(prev)}>{t.record(prev)}</Link>,
          },
        ]}
      />
    </Panel>
  )
}

const blinded = { p: "own", c: "catalogue", l: "trades" } as const

/** An id leads to all of its records; a blinded key says only what kind of thread it is. */
function Key({ text, locale }: { text: string; locale: Locale }) {
  const t = ledger[locale]
  const kind = kindOfId(text)
  if (kind !== null && isId(kind, text)) return <Link href={paths(locale).ledger({ q: text })}>{text}</Link>
  const word = blinded[text[0] as keyof typeof blinded]
  return (
    <span className="grid gap-0.5 font-normal">
      <span>{word ? t.threadWords[word] : text}</span>
      <span className="text-ink-faint">
        <Hash value={text} locale={locale} bare head={12} tail={6} />
      </span>
    </span>
  )
}
