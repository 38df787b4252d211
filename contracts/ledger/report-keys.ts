import type { Checkpoint } from "./checkpoint.ts"
import type { HeadKeys } from "./head-keys.ts"
import type { Report } from "./report.ts"

/** What a report says of the keys: the one that the head's signature was due from, and how it came to be that one. */
export function reportKeys(
  opened: {
    readonly checkpoint: Checkpoint
    readonly heads: HeadKeys
    readonly brought: boolean
    readonly compromised: boolean
  } | null,
): Pick<Report, "key" | "rotations" | "compromised"> {
  if (opened === null) return { key: null, rotations: [], compromised: false }
  const { checkpoint, heads, brought, compromised } = opened
  const key = heads.at(checkpoint.size)[0]
  return {
    key: key === undefined ? null : { name: key.name, keyId: key.keyId, from: brought ? "reader" : "bundle" },
    rotations: heads.rotations.map(({ index, from, to, reason, at }) => ({
      record: index,
      from: from.keyId,
      to: to.keyId,
      reason,
      at,
    })),
    compromised,
  }
}
