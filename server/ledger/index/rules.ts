import type { Id } from "#contracts/ids.ts"
import type { ThreadIndex, ThreadMapHead } from "#contracts/ledger/thread-map.ts"
import type { Time } from "#contracts/time.ts"
import { type Decision, decide } from "../../decision.ts"

/** The map of all threads, certified: the next version of the market's one thread index. */
export function sealIndex(
  {
    before,
    newId,
    map,
    owner,
  }: {
    readonly before: ThreadIndex | null
    /** For the first version. */
    readonly newId: Id<"index">
    readonly map: ThreadMapHead
    /** The market's operator; the record has nothing confidential, but every record has an owner. */
    readonly owner: Id<"party">
  },
  now: Time,
): Decision {
  const { size, keys, root } = map
  const [id, version] = before === null ? [newId, 1] : [before.id, before.version + 1]
  return decide({
    changes: [{ noun: "index", row: { id, version, size, keys, root, at: now } }],
    facts: [
      {
        type: "index.sealed@1",
        subject: { noun: "index", id, version },
        threads: [{ id }],
        actor: { role: "system", job: "threadIndex" },
        occurredAt: now,
        body: { version, size, keys, root },
        secret: {},
        owner,
        readers: [],
      },
    ],
    result: { size, keys },
  })
}
