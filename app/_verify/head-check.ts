import { readCheckpoint, type UnverifiedCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { type Failure, failure } from "#contracts/ledger/failure.ts"
import { keysForHead } from "#contracts/ledger/head-keys.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { verifyConsistency } from "#contracts/ledger/merkle.ts"
import { nobleCrypto } from "#contracts/ledger/noble-crypto.ts"
import type { Rotation } from "#contracts/ledger/rotation.ts"
import { isAuthenticated, judgeHead, type Trust, trustedKeys } from "#contracts/ledger/trust.ts"
import { parseKeptProof } from "#contracts/ledger/verify-consistency.ts"
import type { HeadCheck, Tasks } from "./protocol.ts"

const { sha256, verifyEd25519 } = nobleCrypto

/**
 * Checks a checkpoint on this device: its signature by the reader's key, and that it continues an earlier one that
 * is signed by that key as well.
 */
export function checkHead(
  { size, note, growth }: Pick<Tasks["head"]["asks"], "size" | "note" | "growth">,
  trust: Trust,
  rotations: readonly Rotation[] = [],
): HeadCheck {
  const head = readCheckpoint(note)
  if (isMalformed(head))
    return { size, note, from: null, failures: [failure("checkpoint_malformed", { detail: head.malformed })] }
  const failures = signatureFailures(head, trust, rotations)
  const { size: found } = head.unverifiedCheckpoint
  if (found !== size) failures.push(failure("checkpoint_malformed", { detail: `${found}, not ${size}` }))
  // Witnesses need not have seen the earlier one.
  const judgeOld = (old: UnverifiedCheckpoint) =>
    signatureFailures(old, { keys: trustedKeys(trust, old.unverifiedCheckpoint) ?? [] }, rotations)
  const from = growth === null ? null : checkGrowth(growth, head, judgeOld, failures)
  return { size, note, from, failures }
}

/** Whether a proof, in its file's form, shows that a checkpoint continues another; both have been verified before. */
export function continues({ older, newer, growth }: Tasks["growth"]["asks"]): boolean {
  const [old, now, proof] = [readCheckpoint(older), readCheckpoint(newer), parseKeptProof(growth)]
  if (isMalformed(old) || isMalformed(now) || isMalformed(proof)) return false
  const [before, after] = [old.unverifiedCheckpoint, now.unverifiedCheckpoint]
  return before.origin === after.origin && verifyConsistency(proof.hashes, before, after, sha256)
}

function signatureFailures(
  head: UnverifiedCheckpoint,
  trust: Trust,
  rotations: readonly Rotation[],
): Failure[] {
  const brought = trustedKeys(trust, head.unverifiedCheckpoint)
  const trusted = keysForHead(brought, null, rotations, head.unverifiedCheckpoint)
  const judged = judgeHead(head, trusted.heads, trust.policy, verifyEd25519)
  const found = judged.failures.map(({ code, ...context }) => failure(code, context))
  if (!isAuthenticated(trusted, judged, trust.policy) && found.length === 0)
    found.push(failure("checkpoint_not_signed_by_key", {}))
  return found
}

function checkGrowth(
  growth: string,
  { unverifiedCheckpoint: now }: UnverifiedCheckpoint,
  judgeOld: (old: UnverifiedCheckpoint) => readonly Failure[],
  failures: Failure[],
): number | null {
  const wrong = (detail: string): null => {
    failures.push(failure("consistency_wrong", { detail }))
    return null
  }
  const proof = parseKeptProof(growth)
  if (isMalformed(proof)) return wrong(proof.malformed)
  const old = readCheckpoint(proof.checkpoint)
  if (isMalformed(old)) return wrong(old.malformed)
  const { origin, size } = old.unverifiedCheckpoint
  if (origin !== now.origin || size !== proof.size) return wrong(`${origin}, ${size}`)
  const misfits = judgeOld(old)
  if (misfits.length > 0) {
    failures.push(...misfits)
    return null
  }
  if (verifyConsistency(proof.hashes, old.unverifiedCheckpoint, now, sha256)) return size
  return wrong(`${size}, ${now.size}`)
}
