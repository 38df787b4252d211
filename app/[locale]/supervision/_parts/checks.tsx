import type { ReactNode } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import type { CheckStatus, TradeChecks } from "#server/supervision/completeness-store.ts"
import { formatTime } from "../../../_lib/format-time.ts"
import { supervision } from "../../../_lib/messages/supervision.ts"
import { tradeTone, tradeWords } from "../../../_lib/messages/trade-words.ts"
import { paths } from "../../../_lib/paths.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { classes } from "../../../_ui/classes.ts"
import { Hash } from "../../../_ui/hash.tsx"
import { Icon, type IconName } from "../../../_ui/icons.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Table } from "../../../_ui/table.tsx"

const signs: Record<CheckStatus, { icon: IconName; look: string; text: string }> = {
  done: { icon: "check", look: "bg-good-soft text-good", text: "text-good" },
  later: { icon: "clock", look: "bg-accent-soft text-accent-strong", text: "text-ink-soft" },
  missing: { icon: "warning", look: "bg-bad-soft text-bad", text: "text-bad" },
  notNeeded: { icon: "dash", look: "bg-sunken text-ink-faint", text: "text-ink-faint" },
}

/** One duty's state in a table: its sign and its word, the word hidden from the eye only where all is well. */
function Status({ status, children, locale }: { status: CheckStatus; children?: ReactNode; locale: Locale }) {
  const { icon, text } = signs[status]
  return (
    <span className={classes("inline-flex items-center gap-1.5 text-small", text)}>
      <Icon name={icon} size={13} />
      {children ?? supervision[locale].statuses[status]}
      {children ? <span className="sr-only">{supervision[locale].statuses[status]}</span> : null}
    </span>
  )
}

type TableProps = { checks: readonly TradeChecks[]; locale: Locale; caption: string; empty: ReactNode }

/** Trades with what art. 33 asks for each of them. */
export function ChecksTable({ checks, locale, caption, empty }: TableProps) {
  const t = supervision[locale]
  const to = paths(locale)
  const status = (key: "source" | "buyer" | "seller") => ({
    key,
    label: t.checks[key],
    cell: (row: TradeChecks) => <Status status={row[key]} locale={locale} />,
  })
  return (
    <Table
      caption={caption}
      rows={checks}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        {
          key: "trade",
          label: t.trade,
          heading: true,
          cell: (row) => (
            <Link href={to.supervisedTrade(row.id)}>
              <Hash value={row.id} locale={locale} head={8} tail={6} bare />
            </Link>
          ),
        },
        {
          key: "state",
          label: t.state,
          cell: ({ state }) => (
            <StatusChip tone={tradeTone[state]}>{tradeWords[locale].states[state]}</StatusChip>
          ),
        },
        status("source"),
        status("buyer"),
        status("seller"),
        {
          key: "records",
          label: t.checks.records,
          cell: (row) => (
            <Status status={row.records} locale={locale}>
              {t.recordCount(row.sealedRecords, row.expectedRecords)}
            </Status>
          ),
        },
      ]}
    />
  )
}

/** The four duties of one trade, each with its reason in a sentence. */
export function CheckStrip({ checks, locale }: { checks: TradeChecks; locale: Locale }) {
  const t = supervision[locale]
  return (
    <ul className="grid gap-px overflow-hidden rounded-panel border border-line bg-line sm:grid-cols-2 xl:grid-cols-4">
      {(["source", "buyer", "seller", "records"] as const).map((key) => {
        const status = checks[key]
        const { icon, look, text } = signs[status]
        return (
          <li key={key} className="flex gap-2.5 bg-surface px-4 py-3">
            <span className={classes("mt-0.5 grid size-5 shrink-0 place-items-center rounded-round", look)}>
              <Icon name={icon} size={12} className="shrink-0" />
            </span>
            <span className="min-w-0">
              <span className="font-semibold">{t.checks[key]}</span>
              <span className={classes("ml-2 text-small whitespace-nowrap", text)}>{t.statuses[status]}</span>
              <span className="block text-small text-ink-soft">{reasonOf(key, checks, locale)}</span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function reasonOf(
  key: "source" | "buyer" | "seller" | "records",
  checks: TradeChecks,
  locale: Locale,
): string {
  const { source, identity, records } = supervision[locale].checkSentences
  const { expectedRecords: expected, sealedRecords: sealed, due } = checks
  if (key === "source")
    return checks.source === "done" ? source.done(checks.registrationNumber ?? "—") : source.missing
  if (key === "records") {
    if (checks.records === "done") return records.done(expected)
    return checks.records === "later" ? records.later(expected - sealed) : records.missing(sealed, expected)
  }
  const at = key === "buyer" ? checks.buyerVerifiedAt : checks.sellerVerifiedAt
  const status = checks[key]
  if (status === "done") {
    const time = at ? formatTime(at, locale) : "—"
    return due ? identity.early(time) : identity.done(time)
  }
  if (status === "missing") return identity.missing(due ? formatTime(due, locale) : "—")
  return identity[status]
}
