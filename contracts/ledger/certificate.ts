import { parseCertificate } from "./certificate-form.ts"
import { readCheckpoint, type UnverifiedCheckpoint } from "./checkpoint.ts"
import { decodeLeaf, type Envelope, type Leaf, leafHash } from "./encoding.ts"
import { type Failure, failure } from "./failure.ts"
import { keysForHead } from "./head-keys.ts"
import { isMalformed } from "./malformed.ts"
import { verifyInclusion } from "./merkle.ts"
import type { VerifierCrypto } from "./ports.ts"
import type { Rotation } from "./rotation.ts"
import { isAuthenticated, judgeHead, type Trust, trustedKeys, type WitnessReport } from "./trust.ts"

/** `authenticated`: the checkpoint is signed by a key that the reader brought. */
export type CertificateReport = {
  readonly failures: readonly Failure[]
  readonly authenticated: boolean
  readonly index: number | null
  readonly head: UnverifiedCheckpoint | null
  /** The record's bytes and, where this version understands them, what they say. */
  readonly bytes: Uint8Array | null
  readonly leaf: Leaf | Envelope | null
  /** What the witnesses of the reader's policy have said of the head; null without a policy. */
  readonly witnesses: WitnessReport | null
  /** The reader's key leads to that of the head only through one that somebody else may have. */
  readonly compromised: boolean
}

/**
 * Checks a certificate: form, record, inclusion, signature, and cosignatures where the reader has a policy. `keys`
 * are the reader's own (empty, and no log in a policy: nothing can be authenticated); `leaf` is the record's bytes where
 * the certificate does not carry them; `rotations` are changes of the log's keys, in their order, each checked.
 */
export function verifyCertificate(
  text: string,
  options: Trust & {
    readonly crypto: VerifierCrypto
    readonly leaf?: Uint8Array
    readonly rotations?: readonly Rotation[]
  },
): CertificateReport {
  const certificate = parseCertificate(text)
  if (isMalformed(certificate))
    return broken(failure("certificate_malformed", { detail: certificate.malformed }))
  const head = readCheckpoint(certificate.checkpoint)
  if (isMalformed(head)) return broken(failure("checkpoint_malformed", { detail: head.malformed }))
  const bytes = certificate.extra ?? options.leaf ?? null
  if (bytes === null) return broken(failure("certificate_without_record", { record: certificate.index }))
  const failures: Failure[] = []
  const leaf = readLeaf(bytes, certificate.index, head.unverifiedCheckpoint.origin, failures)
  const { sha256, verifyEd25519 } = options.crypto
  const { size, root } = head.unverifiedCheckpoint
  const hash = leafHash(bytes, sha256)
  if (!verifyInclusion(certificate.proof, certificate.index, size, hash, root, sha256))
    failures.push(failure("proof_wrong", { record: certificate.index }))
  const keys = trustedKeys(options, head.unverifiedCheckpoint)
  const trusted = keysForHead(keys, null, options.rotations ?? [], head.unverifiedCheckpoint)
  const judged = judgeHead(head, trusted.heads, options.policy, verifyEd25519)
  for (const { code, ...detail } of judged.failures)
    if (code !== "checkpoint_not_signed_by_key" || keys !== null) failures.push(failure(code, detail))
  const { index } = certificate
  const { witnesses } = judged
  const { compromised } = trusted
  const authenticated = isAuthenticated(trusted, judged, options.policy)
  return { failures, authenticated, index, head, bytes, leaf, witnesses, compromised }
}

function readLeaf(
  bytes: Uint8Array,
  index: number,
  origin: string,
  failures: Failure[],
): Leaf | Envelope | null {
  const decoded = decodeLeaf(bytes)
  if (isMalformed(decoded)) {
    failures.push(failure("record_malformed", { record: index, detail: decoded.malformed }))
    return null
  }
  const leaf = "leaf" in decoded ? decoded.leaf : decoded.unknownVersion
  if (leaf.index !== index)
    failures.push(failure("record_index_wrong", { record: index, detail: `${leaf.index}` }))
  if (leaf.log !== origin) failures.push(failure("record_of_other_log", { record: index, detail: leaf.log }))
  return leaf
}

const broken = (cause: Failure): CertificateReport => ({
  failures: [cause],
  authenticated: false,
  index: cause.record ?? null,
  head: null,
  bytes: null,
  leaf: null,
  witnesses: null,
  compromised: false,
})
