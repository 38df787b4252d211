import type { Locale } from "#contracts/localized-text.ts"
import type { Time as Instant } from "#contracts/time.ts"
import { settings } from "../../../_lib/messages/settings.ts"
import { Badge } from "../../../_ui/chip.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Time } from "../../../_ui/values.tsx"
import { EndSession, SignOutEverywhere } from "./account-actions.tsx"
import { browserName } from "./browser-name.ts"

type Session = {
  id: string
  startedAt: Instant
  expiresAt: Instant
  address: string | null
  browser: string | null
  current: boolean
}

/** The devices that are signed in, and how to end what should not be. */
export function Sessions({ locale, sessions }: { locale: Locale; sessions: readonly Session[] }) {
  const t = settings[locale]
  const device = ({ browser }: Session) => {
    const known = browserName(browser)
    if (known === null) return t.unknownDevice
    return known.system === null ? known.browser : t.on(known.browser, known.system)
  }
  return (
    <Panel
      title={t.sessions}
      footer={t.sessionsLead}
      actions={<SignOutEverywhere words={{ label: t.endAll, busy: t.ending, lead: t.endAllLead }} />}
      flush
    >
      <Table
        bare
        caption={t.sessions}
        rows={sessions}
        rowKey={(row) => row.id}
        columns={[
          {
            key: "device",
            label: t.device,
            heading: true,
            cell: (row) => (
              <span className="flex items-center gap-1.5">
                {device(row)}
                {row.current ? <Badge>{t.thisOne}</Badge> : null}
              </span>
            ),
          },
          { key: "address", label: t.address, wide: true, cell: (row) => row.address ?? "—" },
          {
            key: "started",
            label: t.started,
            cell: (row) => <Time time={row.startedAt} locale={locale} />,
          },
          {
            key: "expires",
            label: t.expires,
            wide: true,
            cell: (row) => <Time time={row.expiresAt} locale={locale} />,
          },
          {
            key: "end",
            label: t.end,
            align: "right",
            cell: (row) =>
              row.current ? (
                "—"
              ) : (
                <EndSession session={row.id} words={{ label: t.end, busy: t.ending }} device={device(row)} />
              ),
          },
        ]}
      />
    </Panel>
  )
}
