import type { Id } from "../ids.ts"
import type { Time } from "../time.ts"
import { parseCertificate } from "./certificate-form.ts"
import { type Checkpoint, readCheckpoint, type UnverifiedCheckpoint } from "./checkpoint.ts"
import { decodeLeaf, type Leaf, leafHash } from "./encoding.ts"
import { type FactBody, isFactType } from "./fact.ts"
import { problemOfBody } from "./fact-body.ts"
import type { FailureCode } from "./failure.ts"
import { isMalformed } from "./malformed.ts"
import { verifyInclusion } from "./merkle.ts"
import { formatVerifierKey, parseVerifierKey, sameKey, type VerifierKey, verifyNote } from "./note.ts"
import type { Sha256, VerifierCrypto } from "./ports.ts"
import type { RotationReason } from "./rotation-reason.ts"

/**
 * A log takes another signing key (LEDGER section 5). The fact `key.rotated@1` at position i names both keys; it is
 * always the last record of the tree that is signed next, of size i + 1: the **handover**, which the key before and
 * the new key both sign. So the key before vouches for the new one, and the new one shows that somebody has it.
 * From size i + 1 on the new key has to sign; the key before may sign too, for readers who know only that one, as
 * long as its holder keeps it, and counts for nothing.
 *
 * A rotation is shown by a tlog-proof (contracts/ledger/certificate-form.ts) that carries its record, under the handover;
 * the n-th of a log is `rotations/<n>` in every bundle. Whoever trusts one key of the chain can follow it to the
 * others: forward by the signature of the key before, back by that of the new key.
 */
export type Rotation = {
  /** 1 for a log's first. */
  readonly version: number
  readonly index: number
  readonly from: VerifierKey
  readonly to: VerifierKey
  readonly reason: RotationReason
  /** When its record was sealed. */
  readonly at: string
  /** The tree of the handover, of size `index` + 1. */
  readonly handover: Checkpoint
}

/** The subject of `key.rotated@1`, as the market's row: what the newest one says. */
export type LogKeyRow = {
  readonly id: Id<"logKey">
  readonly version: number
  readonly from: string
  readonly to: string
  readonly reason: RotationReason
  readonly at: Time
}

export type RotationProblem = {
  readonly code: FailureCode
  readonly record?: number
  readonly detail?: string
}
export const isProblem = (answer: object): answer is RotationProblem => "code" in answer

/** Reads and checks the proof of one rotation: form, inclusion, and the signatures of both keys. */
export function readRotation(
  text: string,
  { sha256, verifyEd25519 }: VerifierCrypto,
): Rotation | RotationProblem {
  const certificate = parseCertificate(text)
  if (isMalformed(certificate)) return bad(certificate.malformed)
  if (certificate.extra === null) return bad("it does not carry its record")
  const head = readCheckpoint(certificate.checkpoint)
  if (isMalformed(head)) return bad(head.malformed)
  const handover = head.unverifiedCheckpoint
  const record = readRecord(certificate.extra, handover.origin, sha256)
  if ("code" in record) return record
  const { leaf, from, to, body } = record
  const { index } = leaf
  if (index !== certificate.index) return bad("its record says another position")
  if (handover.size !== index + 1) return bad("its checkpoint does not end with its record")
  const hash = leafHash(certificate.extra, sha256)
  if (!verifyInclusion(certificate.proof, index, handover.size, hash, handover.root, sha256))
    return { code: "rotation_proof_wrong", record: index }
  if (!isSigned(head, from, verifyEd25519)) return { code: "rotation_not_by_former_key", record: index }
  if (!isSigned(head, to, verifyEd25519)) return { code: "rotation_not_by_new_key", record: index }
  const { version, reason } = body
  return { version, index, from, to, reason, at: leaf.at, handover }
}

const bad = (detail: string): RotationProblem => ({ code: "rotation_malformed", detail })

type RotationRecord = {
  readonly leaf: Leaf
  readonly body: FactBody<"key.rotated@1">
  readonly from: VerifierKey
  readonly to: VerifierKey
}

function readRecord(bytes: Uint8Array, origin: string, sha256: Sha256): RotationRecord | RotationProblem {
  const decoded = decodeLeaf(bytes)
  if (isMalformed(decoded)) return bad(decoded.malformed)
  if (!("leaf" in decoded)) return bad("its record is of an unknown version")
  const { leaf } = decoded
  const { type } = leaf
  if (!isFactType(type) || type !== "key.rotated@1") return bad("its record is of another type")
  const problem = problemOfBody(type, leaf.body)
  if (problem !== null) return bad(`its record's ${problem}`)
  if (leaf.log !== origin) return bad("its record is of another log")
  const body = leaf.body as FactBody<"key.rotated@1">
  const [from, to] = [readKey(body.from, origin, sha256), readKey(body.to, origin, sha256)]
  if (from === null || to === null || sameKey(from, to)) return bad("its keys are not two of this log")
  return { leaf, body, from, to }
}

function readKey(text: string, origin: string, sha256: Sha256): VerifierKey | null {
  const key = parseVerifierKey(text, sha256)
  return isMalformed(key) || key.name !== origin || formatVerifierKey(key) !== text ? null : key
}

function isSigned(
  { note }: UnverifiedCheckpoint,
  key: VerifierKey,
  verify: VerifierCrypto["verifyEd25519"],
): boolean {
  const verdict = verifyNote(note, [key], verify)
  return "verifiedBy" in verdict && verdict.verifiedBy.length === 1
}

/** What is wrong with a rotation as the next of a chain, or null. The first of a chain may be any. */
export function problemOfNext(before: Rotation | null, next: Rotation): RotationProblem | null {
  const { version, index, handover } = next
  const fits =
    before === null ||
    (version === before.version + 1 &&
      index > before.index &&
      handover.origin === before.handover.origin &&
      sameKey(before.to, next.from))
  return fits ? null : { code: "rotation_out_of_order", record: index, detail: `${version}` }
}
