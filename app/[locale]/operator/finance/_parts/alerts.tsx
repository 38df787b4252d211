import type { Locale } from "#contracts/localized-text.ts"
import { toTime } from "#contracts/time.ts"
import type { Alert } from "#server/alerts/store.ts"
import { formatCount } from "../../../../_lib/format.ts"
import { finance as words } from "../../../../_lib/messages/finance.ts"
import { Panel } from "../../../../_ui/panel.tsx"
import { Time } from "../../../../_ui/values.tsx"
import { CloseAlert } from "./actions.tsx"
import { readFacts } from "./alert-facts.ts"

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
      <ul className="divide-y divide-line">
        {alerts.map((alert) => (
          <li key={alert.id} className="grid gap-x-6 gap-y-2 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_auto]">
            <OneAlert alert={alert} locale={locale} />
            {mayClose ? (
              <div className="sm:justify-self-end">
                <CloseAlert
                  alert={alert.id}
                  words={{
                    label: t.close,
                    busy: t.closing,
                    title: t.closeTitle,
                    lead: t.closeLead,
                    note: t.note,
                  }}
                />
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function OneAlert({ alert, locale }: { alert: Alert; locale: Locale }) {
  const t = words[locale]
  const { kind, code, subject, count, openedMs } = alert
  // A bank's question has its reason, and where a code has advice of its own its kind says nothing more.
  const asks = kind === "inquiry"
  const title = asks ? t.kinds.inquiry : (t.codes[code] ?? t.otherCode(code))
  const facts = [
    // Of a refused call the subject is its code again, with the place that the facts name.
    ...(kind === "webhook" ? [] : [{ name: t.about, value: subject }]),
    ...(asks ? [{ name: t.reason, value: code }] : []),
    ...readFacts(alert, locale),
  ]
  return (
    <div className="grid min-w-0 gap-1.5">
      <div>
        <h3 className="font-medium">{title}</h3>
        <p className="text-small text-ink-faint">
          {asks || t.nextOf[code] ? "" : `${t.kinds[kind]} · `}
          <Time time={toTime(openedMs)} locale={locale} />
          {count > 1 ? ` · ${t.times(formatCount(count, locale))}` : ""}
        </p>
      </div>
      <dl className="flex flex-wrap gap-x-4 gap-y-0.5 text-small">
        {facts.map(({ name, value }) => (
          <div key={name} className="flex min-w-0 gap-1.5">
            <dt className="whitespace-nowrap text-ink-faint">{name}</dt>
            <dd className="min-w-0 wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="max-w-3xl text-ink-soft">
        <span className="sr-only">{t.nextLabel} </span>
        {t.nextOf[code] ?? t.next[kind]}
      </p>
    </div>
  )
}
