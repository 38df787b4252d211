import type { Id } from "#contracts/ids.ts"
import type { LogKeyRow } from "#contracts/ledger/rotation.ts"
import type { RotationReason } from "#contracts/ledger/rotation-reason.ts"
import type { Time } from "#contracts/time.ts"
import { type Decision, decide } from "../../decision.ts"

/**
 * The log takes another key. Decided on the machine that holds the keys, by whoever may use it, as an office is
 * opened; so the actor is the market's own job. It takes effect when the record is sealed.
 */
export function rotateKey(
  {
    before,
    newId,
    from,
    to,
    reason,
    owner,
  }: {
    readonly before: LogKeyRow | null
    /** For the first change. */
    readonly newId: Id<"logKey">
    readonly from: string
    readonly to: string
    readonly reason: RotationReason
    /** The market's operator; the record has nothing confidential, but every record has an owner. */
    readonly owner: Id<"party">
  },
  now: Time,
): Decision {
  const [id, version] = before === null ? [newId, 1] : [before.id, before.version + 1]
  return decide({
    changes: [{ noun: "key", row: { id, version, from, to, reason, at: now } }],
    facts: [
      {
        type: "key.rotated@1",
        subject: { noun: "key", id, version },
        threads: [{ id }],
        actor: { role: "system", job: "keyRotation" },
        occurredAt: now,
        body: { version, from, to, reason },
        secret: {},
        owner,
        readers: [],
      },
    ],
    result: { version, to },
  })
}
