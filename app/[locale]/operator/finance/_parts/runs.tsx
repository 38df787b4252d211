import type { Locale } from "#contracts/localized-text.ts"
import { agrees } from "#contracts/settlement.ts"
import { toTime } from "#contracts/time.ts"
import type { RunRow } from "#server/settlements/run-store.ts"
import { formatCount } from "../../../../_lib/format.ts"
import { finance as words } from "../../../../_lib/messages/finance.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Link } from "../../../../_ui/link.tsx"
import { Panel } from "../../../../_ui/panel.tsx"
import { Table } from "../../../../_ui/table.tsx"
import { Time } from "../../../../_ui/values.tsx"

/** The last comparisons with the provider's book, each with what it booked. */
export function Runs({ runs, locale }: { runs: readonly RunRow[]; locale: Locale }) {
  const t = words[locale]
  const to = paths(locale)
  if (runs.length === 0)
    return (
      <Panel title={t.runs}>
        <p className="text-ink-soft">{t.runsNone}</p>
      </Panel>
    )
  const counts = ["lines", "matched", "settled", "suspended", "missing"] as const
  return (
    <Panel flush title={t.runs} footer={<span className="text-ink-faint">{t.runsLead}</span>}>
      <Table
        bare
        caption={t.runs}
        rows={runs}
        rowKey={({ id }) => id}
        columns={[
          {
            key: "at",
            label: t.runColumns.at,
            heading: true,
            cell: ({ beganMs }) => <Time time={toTime(beganMs)} locale={locale} />,
          },
          ...counts.map((name) => ({
            key: name,
            label: t.runColumns[name],
            align: "right" as const,
            cell: (run: RunRow) => {
              const warns = run[name] > 0 && (name === "suspended" || name === "missing")
              return (
                <span className={warns ? "font-medium text-danger" : undefined}>
                  {formatCount(run[name], locale)}
                </span>
              )
            },
          })),
          {
            key: "result",
            label: t.runColumns.result,
            cell: (run) => (
              <>
                {run.state === "booked" ? (
                  <Link href={to.journals({ of: run.id })}>{t.runStates.booked}</Link>
                ) : (
                  t.runStates[run.state]
                )}
                {run.balances ? (
                  <span className="text-small text-ink-faint"> · {standing(run.balances, locale)}</span>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </Panel>
  )
}

function standing(balances: NonNullable<RunRow["balances"]>, locale: Locale): string {
  const t = words[locale]
  if (balances.some(({ provider }) => provider === "")) return t.unknown
  return balances.every(agrees) ? t.agrees : t.differs
}
