import { fromBase64, toBase64 } from "../bytes.ts"
import { VerificationStop } from "./bundle.ts"
import type { BundleFiles } from "./bundle-files.ts"
import { type Checkpoint, readCheckpoint } from "./checkpoint.ts"
import { consistencyFile } from "./export.ts"
import type { FailureCode, FailureList } from "./failure.ts"
import type { HeadKeys } from "./head-keys.ts"
import { isMalformed, type Malformed, malformed } from "./malformed.ts"
import { verifyConsistency } from "./merkle.ts"
import type { VerifierCrypto } from "./ports.ts"
import type { Rotation } from "./rotation.ts"
import { hashBytes } from "./tiles.ts"
import { textOf } from "./verify-companions.ts"
import type { TreeAudit } from "./verify-tree.ts"

export type ConsistencyInput = {
  readonly checkpoint: Checkpoint
  readonly heads: HeadKeys
  /** The changes of the log's key that the bundle proves. */
  readonly rotations: readonly Rotation[]
  readonly files: BundleFiles
  readonly tree: TreeAudit
  readonly failures: FailureList
  readonly crypto: VerifierCrypto
}

/**
 * The file consistency/<from>-<to>, in the form in which a witness is asked (c2sp.org/tlog-witness):
 *
 *     old <from>
 *     <base64 of each hash of the proof>
 *     <empty line>
 *     <the signed checkpoint of size from>
 */
export type KeptProof = {
  readonly size: number
  readonly hashes: readonly Uint8Array[]
  readonly checkpoint: string
}

const maxProofBytes = 1_100_000
const maxHashes = 126

export function formatKeptProof({ size, hashes, checkpoint }: KeptProof): string {
  return `${[`old ${size}`, ...hashes.map(toBase64)].join("\n")}\n\n${checkpoint}`
}

/** Strict: what does not print to the same text again is malformed. The checkpoint is not read here. */
export function parseKeptProof(text: string): KeptProof | Malformed {
  const split = text.indexOf("\n\n")
  const [first, ...lines] = text.slice(0, Math.max(split, 0)).split("\n")
  const old = /^old (0|[1-9][0-9]{0,15})$/.exec(first ?? "")
  if (old === null || lines.length > maxHashes) return malformed("it is not a proof")
  try {
    const hashes = lines.map(fromBase64)
    if (hashes.some((hash) => hash.length !== hashBytes)) return malformed("it is not a list of hashes")
    const proof = { size: Number(old[1]), hashes, checkpoint: text.slice(split + 2) }
    return formatKeptProof(proof) === text ? proof : malformed("it is not in its one form")
  } catch {
    return malformed("it holds something that is not base64")
  }
}

/** Each proof that the bundle carries from an earlier export must hold. */
export async function checkKeptProofs(input: ConsistencyInput): Promise<void> {
  for (const file of input.files.paths("consistency")) {
    const bytes = await input.files.read(file, maxProofBytes)
    if (bytes === null) continue
    const problem = problemOfProof(textOf(bytes) ?? "", file, input)
    if (problem !== null) input.failures.add("consistency_wrong", { file, detail: problem })
  }
}

function problemOfProof(text: string, file: string, input: ConsistencyInput): string | null {
  const { checkpoint, heads, crypto } = input
  const proof = parseKeptProof(text)
  if (isMalformed(proof)) return proof.malformed
  const old = readCheckpoint(proof.checkpoint)
  if (isMalformed(old)) return old.malformed
  const before = old.unverifiedCheckpoint
  if (proof.size !== before.size || file !== consistencyFile(before.size, checkpoint.size))
    return "its sizes differ"
  if (before.origin !== checkpoint.origin) return "it is of another log"
  if (heads.judge(old, crypto.verifyEd25519) !== "signed") return "its checkpoint is not signed by the key"
  return verifyConsistency(proof.hashes, before, checkpoint, crypto.sha256)
    ? null
    : "the log does not continue it"
}

/** Shows that the log continues the checkpoint that the reader kept; answers its size when it does. */
export async function checkSince(input: ConsistencyInput, kept: string): Promise<number | null> {
  const { checkpoint, heads, failures, crypto } = input
  const head = readCheckpoint(kept)
  if (isMalformed(head)) return noProof(failures, "since_malformed", head.malformed)
  const old = head.unverifiedCheckpoint
  if (old.origin !== checkpoint.origin) return noProof(failures, "since_other_log", old.origin)
  if (heads.judge(head, crypto.verifyEd25519) !== "signed")
    return noProof(failures, "since_signature_bad", "")
  if (old.size > checkpoint.size) return noProof(failures, "since_newer", `${old.size}, ${checkpoint.size}`)
  const proof = await proofFrom(input, old.size)
  if (proof === null) return noProof(failures, "since_not_provable", `${old.size}`)
  if (verifyConsistency(proof, old, checkpoint, crypto.sha256)) return old.size
  return noProof(failures, "since_inconsistent", "")
}

function noProof(failures: FailureList, code: FailureCode, detail: string): null {
  failures.add(code, { detail })
  return null
}

/** A proof from a smaller tree, out of the file that the bundle has for it or out of its tiles; null: neither has it. */
export async function proofFrom(
  input: ConsistencyInput,
  size: number,
): Promise<readonly Uint8Array[] | null> {
  return (await proofInBundle(input, size)) ?? (await input.tree.consistencyFrom(size))
}

async function proofInBundle(
  { checkpoint, files }: ConsistencyInput,
  size: number,
): Promise<readonly Uint8Array[] | null> {
  const path = consistencyFile(size, checkpoint.size)
  const bytes = files.has(path) ? await files.read(path, maxProofBytes) : null
  const proof = bytes === null ? null : parseKeptProof(textOf(bytes) ?? "")
  if (isMalformed(proof))
    throw new VerificationStop("consistency_wrong", { file: path, detail: proof.malformed })
  return proof?.hashes ?? null
}
