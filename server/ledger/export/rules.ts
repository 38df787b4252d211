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
  const subject = order.subject ?? null
  const row: ExportRecord = {
    id,
    version: 1,
    from,
    to,
    size,
    subject,
    manifestHash,
    reason,
    by: user,
    party,
    at: now,
  }
  const frame = {
    subject: { noun: "export", id, version: 1 },
    occurredAt: now,
    owner,
  } as const
  const body = { version: 1, from, to, size, manifestHash }
  const actor: FactActor =
    party === null || user === null ? { role: "system", job: "export" } : { role: order.role, party, user }
  return decide({
    changes: [{ noun: "export", row }],
    facts: [
      subject === null
        ? {
            ...frame,
            threads: [{ id }],
            readers: [owner],
            actor,
            type: "audit.exported@1",
            body,
            secret: { reason },
          }
        : {
            ...frame,
            threads: [{ id }],
            readers: [owner],
            actor,
            type: "audit.exported@2",
            body: { ...body, filter: subject.kind },
            secret: { reason, subject: subject.id },
          },
    ],
    result: { export: id, manifestHash },
  })
}
