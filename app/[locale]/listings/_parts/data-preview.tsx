import type { ColumnProfile } from "#contracts/dataset.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { formatCount } from "../../../_lib/format.ts"
import { listing as words } from "../../../_lib/messages/listing.ts"
import { paths } from "../../../_lib/paths.ts"
import { CodeBlock } from "../../../_ui/code-block.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Panel, SectionHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Measured, Nulls, Spread, TypeName } from "./columns.tsx"
import { drawScript } from "./draw-script.ts"
import type { ListingPage } from "./load-listing.ts"

type Props = { page: ListingPage; locale: Locale }

/** The rows that the market drew, each column headed by what was measured of it, and how to draw them again. */
export function DataPreview({ page, locale }: Props) {
  const t = words[locale]
  const { preview, profile, draw } = page
  const rows = formatCount(profile.rows, locale)
  return (
    <>
      <div>
        <SectionHead
          title={t.previewTitle}
          actions={preview ? <Measured page={page} locale={locale} /> : undefined}
        />
        {preview ? (
          <>
            <p className="mb-3 max-w-prose text-ink-soft">
              {preview.rows.length >= profile.rows
                ? t.previewAll(rows)
                : t.previewLead(formatCount(preview.rows.length, locale), rows)}
            </p>
            <Grid preview={preview} page={page} locale={locale} />
          </>
        ) : draw ? (
          <EmptyState icon="lock" title={t.previewHidden}>
            {t.previewHiddenLead}
          </EmptyState>
        ) : (
          <EmptyState icon="clock" title={t.previewWaiting}>
            {t.previewWaitingLead}
          </EmptyState>
        )}
      </div>
      {draw ? <Draw draw={draw} page={page} locale={locale} /> : null}
    </>
  )
}

type Preview = NonNullable<ListingPage["preview"]>

function Grid({ preview, page, locale }: Props & { preview: Preview }) {
  const t = words[locale]
  const { columns, rows } = page.profile
  const drawn = preview.rows.map((cells, order) => ({ number: preview.numbers[order] ?? order, cells }))
  return (
    <Table
      caption={t.previewTitle}
      rows={drawn}
      rowKey={({ number }) => number}
      columns={[
        {
          key: "row",
          label: t.rowNumber,
          heading: true,
          align: "right",
          cell: ({ number }) => <span className="text-ink-faint">{formatCount(number, locale)}</span>,
        },
        ...preview.columns.map((name, order) => {
          const column = columns.find((one) => one.name === name)
          return {
            key: `${order} ${name}`,
            label: <ColumnHead name={name} column={column} rows={rows} locale={locale} />,
            cell: ({ cells }: (typeof drawn)[number]) => (
              <Cell value={cells[order] ?? null} empty={t.empty} />
            ),
          }
        }),
      ]}
    />
  )
}

function Cell({ value, empty }: { value: string | null; empty: string }) {
  if (value === null) return <span className="text-micro text-ink-faint italic">{empty}</span>
  return (
    <span
      title={value.length > 40 ? value : undefined}
      className="inline-block max-w-64 truncate align-bottom"
    >
      {value}
    </span>
  )
}

type HeadProps = { name: string; column: ColumnProfile | undefined; rows: number; locale: Locale }

function ColumnHead({ name, column, rows, locale }: HeadProps) {
  return (
    <span className="grid min-w-36 content-start gap-1.5 py-1.5 text-left align-top font-normal">
      <span className="flex items-baseline gap-2">
        <span className="text-base font-semibold text-ink">{name}</span>
        {column ? <TypeName column={column} locale={locale} /> : null}
      </span>
      {column ? (
        <>
          <span className="flex h-12 items-end">
            <Spread column={column} rows={rows} locale={locale} />
          </span>
          <Nulls column={column} rows={rows} locale={locale} />
        </>
      ) : null}
    </span>
  )
}

type DrawProps = Props & { draw: NonNullable<ListingPage["draw"]> }

/** All that anyone needs to draw the same rows: seed, checkpoint, version hash, and a program that does it. */
function Draw({ draw, page, locale }: DrawProps) {
  const t = words[locale]
  const { versionHash, checkpoint, seed, numbers, record } = draw
  return (
    <Panel title={t.drawTitle}>
      <div className="grid gap-4">
        <p className="max-w-prose text-ink-soft">{t.drawLead}</p>
        <DefinitionList
          items={[
            { term: t.drawVersion, value: <Hash value={versionHash} locale={locale} full /> },
            { term: t.drawCheckpoint, value: <Lines text={checkpoint} /> },
            { term: t.drawSeed, value: <Hash value={seed} locale={locale} full /> },
            { term: t.drawRows, value: <code className="font-mono text-small">{numbers.join(", ")}</code> },
            ...(record === null
              ? []
              : [
                  {
                    term: t.drawRecord,
                    value: <Link href={paths(locale).record(record)}>{formatCount(record, locale)}</Link>,
                  },
                ]),
          ]}
        />
        <CodeBlock
          locale={locale}
          title={t.drawCode}
          code={drawScript({ versionHash, checkpoint, rows: page.profile.rows })}
        />
      </div>
    </Panel>
  )
}

const Lines = ({ text }: { text: string }) => (
  <code className="block font-mono text-small whitespace-pre-wrap wrap-anywhere">{text.trimEnd()}</code>
)
