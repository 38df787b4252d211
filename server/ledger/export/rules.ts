import type { Id } from "#contracts/ids.ts"
import type { ExportOrder, ExportRecord } from "#contracts/supervision.ts"
import type { Time } from "#contracts/time.ts"
import type { FactActor } from "../../decision.ts"
import { type Decision, decide } from "../../decision.ts"

/** What the finished bundle is, as its record tells it. */
export type FinishedExport = {
  readonly id: Id<"export">
  readonly order: ExportOrder
  readonly range: { readonly from: number; readonly to: number }
  readonly size: number
  readonly manifestHash: string
  /** Whose key encrypts the reason: the party that asked, or the market's operator for its own machine. */
  readonly owner: Id<"party">
}

/** That somebody took a bundle home is a record itself, which appears in the next bundle. */
export function recordExport(
  { id, order, range, size, manifestHash, owner }: FinishedExport,
  now: Time,
): Decision {
  const { from, to } = range
  const { reason, party, user } = order
  const row: ExportRecord = { id, version: 1, from, to, size, manifestHash, reason, by: user, party, at: now }
  const actor: FactActor =
    party === null || user === null ? { role: "system", job: "export" } : { role: order.role, party, user }
  return decide({
    changes: [{ noun: "export", row }],
    facts: [
      {
        type: "audit.exported@1",
        subject: { noun: "export", id, version: 1 },
        threads: [{ id }],
        actor,
        occurredAt: now,
        body: { version: 1, from, to, size, manifestHash },
        secret: { reason },
        owner,
        readers: [owner],
      },
    ],
    result: { export: id, manifestHash },
  })
}
