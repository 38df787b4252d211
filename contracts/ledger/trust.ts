import type { Checkpoint, UnverifiedCheckpoint } from "./checkpoint.ts"
import type { FailureCode } from "./failure.ts"
import type { HeadKeys, KeyVerdict, TrustedKeys } from "./head-keys.ts"
import { sameKey, type VerifierKey } from "./note.ts"
import { judgeCosignatures, logKeysOf, type Policy } from "./policy.ts"
import type { VerifyEd25519 } from "./ports.ts"

/** What a reader trusts before they look at anything that a market hands out. */
export type Trust = {
  /** The log's keys that the reader brought. */
  readonly keys: readonly VerifierKey[]
  /** Their policy: logs, witnesses, and how many of these must have cosigned. */
  readonly policy?: Policy
}

/** What a policy's witnesses have said of a checkpoint; `time` in Unix seconds. */
export type WitnessReport = {
  readonly met: boolean
  readonly cosigned: readonly { readonly name: string; readonly time: number }[]
  readonly missing: readonly string[]
}

/** Keys that this log's head may be signed with, or null when the reader brought none: of policy and keys, what both hold. */
export function trustedKeys({ keys, policy }: Trust, { origin }: Checkpoint): readonly VerifierKey[] | null {
  if (policy === undefined || policy.logs.length === 0) return keys.length > 0 ? keys : null
  const listed = logKeysOf(policy, origin)
  return keys.length === 0 ? listed : listed.filter((key) => keys.some((own) => sameKey(own, key)))
}

const headFailures = {
  signed: null,
  bad: "checkpoint_signature_bad",
  unknown_key: "checkpoint_not_signed_by_key",
  former_key: "checkpoint_by_former_key",
} as const satisfies Record<KeyVerdict, FailureCode | null>

export type HeadVerdict = {
  readonly signature: KeyVerdict
  readonly witnesses: WitnessReport | null
  readonly failures: readonly { readonly code: FailureCode; readonly detail?: string }[]
}

/** Judges a signed head: the log's own signature by these keys, then the cosignatures by the reader's policy. */
export function judgeHead(
  head: UnverifiedCheckpoint,
  keys: HeadKeys,
  policy: Policy | undefined,
  verify: VerifyEd25519,
): HeadVerdict {
  const signature = keys.judge(head, verify)
  const failures: { code: FailureCode; detail?: string }[] = []
  const failed = headFailures[signature]
  if (failed !== null) failures.push({ code: failed })
  if (policy === undefined) return { signature, witnesses: null, failures }
  const { bad, ...witnesses } = judgeCosignatures(policy, head, verify)
  if (bad !== null) failures.push({ code: "cosignature_bad", detail: bad })
  else if (!witnesses.met) failures.push({ code: "quorum_missing", detail: witnesses.missing.join(", ") })
  return { signature, witnesses, failures }
}

/**
 * Whether a head without failures shows its log to this reader. A key that somebody else may have could have led
 * them to another log; then only witnesses of theirs can tell which is the log that all see.
 */
export function isAuthenticated(
  { brought, compromised }: TrustedKeys,
  { signature, witnesses }: HeadVerdict,
  policy: Policy | undefined,
): boolean {
  if (!brought || signature !== "signed") return false
  return !compromised || (policy !== undefined && policy.quorum !== null && witnesses?.met === true)
}
