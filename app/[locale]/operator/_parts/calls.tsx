import type { Locale } from "#contracts/localized-text.ts"
import { toTime } from "#contracts/time.ts"
import { paymentWords } from "../../../_lib/messages/payment-words.ts"
import { StatusChip, type Tone } from "../../../_ui/chip.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Time } from "../../../_ui/values.tsx"

type CallState = "ready" | "unknown" | "done" | "failed"
type Call = {
  kind: keyof (typeof paymentWords)[Locale]["callKinds"]
  state: CallState
  reference: string | null
  failure: string | null
  attempts: number
  sentMs: number | null
}

const tones: Record<CallState, Tone> = { ready: "active", unknown: "warn", done: "good", failed: "bad" }

/** The calls that were made to the provider for a payment, with what is known of each. */
export function Calls({ calls, locale }: { calls: readonly Call[]; locale: Locale }) {
  const t = paymentWords[locale]
  return (
    <Panel flush title={t.calls}>
      <Table
        bare
        caption={t.calls}
        rows={calls.map((call, order) => ({ ...call, order }))}
        rowKey={({ order }) => order}
        columns={[
          { key: "kind", label: t.calls, heading: true, cell: ({ kind }) => t.callKinds[kind] },
          {
            key: "state",
            label: t.tradeState,
            cell: ({ state }) => <StatusChip tone={tones[state]}>{t.callStates[state]}</StatusChip>,
          },
          { key: "attempts", label: t.attempts, align: "right", cell: ({ attempts }) => attempts },
          {
            key: "sent",
            label: t.started,
            cell: ({ sentMs }) => (sentMs === null ? "—" : <Time time={toTime(sentMs)} locale={locale} />),
          },
          {
            key: "reference",
            label: t.providerNumber,
            cell: ({ reference, failure }) => (
              <code className="font-mono text-small">{reference ?? failure ?? "—"}</code>
            ),
          },
        ]}
      />
    </Panel>
  )
}
