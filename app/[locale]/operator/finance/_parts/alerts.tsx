import type { Locale } from "#contracts/localized-text.ts"
import { toTime } from "#contracts/time.ts"
import type { Alert } from "#server/alerts/store.ts"
import { formatCount, shorten } from "../../../../_lib/format.ts"
import { finance as words } from "../../../../_lib/messages/finance.ts"
import { Panel } from "../../../../_ui/panel.tsx"
import { Table } from "../../../../_ui/table.tsx"
import { Time } from "../../../../_ui/values.tsx"
import { CloseAlert } from "./actions.tsx"

type Props = { alerts: readonly Alert[]; locale: Locale; mayClose: boolean }

/** What somebody has to look at, each with what to do next. */
export function Alerts({ alerts, locale, mayClose }: Props) {
  const t = words[locale]
  if (alerts.length === 0)
    return (
      <Panel title={t.alerts}>
        <p className="text-ink-soft">
          {t.alertsNone}
          {locale === "zh" ? "。" : ". "}
          {t.alertsNoneLead}
        </p>
      </Panel>
    )
  return (
    <Panel flush title={t.alerts}>
      <Table
        bare
        caption={t.alerts}
        rows={alerts}
        rowKey={({ id }) => id}
        columns={[
          {
            key: "what",
            label: t.alertColumns.what,
            heading: true,
            wrap: true,
            cell: ({ kind, code, detail }) => (
              <div className="min-w-44">
                {t.kinds[kind]}
                <p className="font-normal text-small text-ink-soft">{t.codes[code] ?? t.otherCode(code)}</p>
                <Detail detail={detail} />
              </div>
            ),
          },
          {
            key: "subject",
            label: t.alertColumns.subject,
            cell: ({ subject }) => (
              <code className="font-mono text-small" title={subject}>
                {shorten(subject, 22, 6)}
              </code>
            ),
          },
          {
            key: "next",
            label: t.alertColumns.next,
            wrap: true,
            cell: ({ kind }) => <p className="min-w-60 text-ink-soft">{t.next[kind]}</p>,
          },
          {
            key: "count",
            label: t.alertColumns.count,
            align: "right",
            cell: ({ count }) => formatCount(count, locale),
          },
          {
            key: "since",
            label: t.alertColumns.since,
            cell: ({ openedMs }) => <Time time={toTime(openedMs)} locale={locale} />,
          },
          ...(mayClose
            ? [
                {
                  key: "close",
                  label: <span className="sr-only">{t.close}</span>,
                  align: "right" as const,
                  cell: ({ id }: Alert) => (
                    <CloseAlert
                      alert={id}
                      words={{
                        label: t.close,
                        busy: t.closing,
                        title: t.closeTitle,
                        lead: t.closeLead,
                        note: t.note,
                      }}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
    </Panel>
  )
}

/** Plain facts beside it: numbers to look up, what was expected and what came. */
function Detail({ detail }: { detail: Alert["detail"] }) {
  const facts = Object.entries(detail).filter(([, value]) => value !== null && value !== "")
  if (facts.length === 0) return null
  return (
    <p className="font-mono font-normal text-micro text-ink-faint wrap-anywhere">
      {facts.map(([name, value]) => `${name} ${String(value)}`).join(" · ")}
    </p>
  )
}
