import { fromBase64, toBase64 } from "../bytes.ts"
import { readCheckpoint, type UnverifiedCheckpoint } from "./checkpoint.ts"
import { decodeLeaf, type Envelope, type Leaf, leafHash } from "./encoding.ts"
import { type Failure, failure } from "./failure.ts"
import { isMalformed, type Malformed, malformed } from "./malformed.ts"
import { verifyInclusion } from "./merkle.ts"
import type { VerifierCrypto } from "./ports.ts"
import { judgeHead, type Trust, trustedKeys, type WitnessReport } from "./trust.ts"

/**
 * A certificate is a C2SP tlog-proof, one file that shows that a record is in the log:
 *
 *     c2sp.org/tlog-proof@v1
 *     extra <base64 of the leaf>
 *     index <n>
 *     <base64 of each sibling hash, leaf to root>
 *     <empty line>
 *     <the signed checkpoint>
 *
 * The standard lets `extra` be absent; then the leaf has to come beside the file.
 */
export type Certificate = {
  readonly extra: Uint8Array | null
  readonly index: number
  readonly proof: readonly Uint8Array[]
  /** The signed note, as published. */
  readonly checkpoint: string
}

const magic = "c2sp.org/tlog-proof@v1"
const maxProof = 63
const maxLength = 1_100_000

export function formatCertificate({ extra, index, proof, checkpoint }: Certificate): string {
  const lines = [magic]
  if (extra !== null) lines.push(`extra ${toBase64(extra)}`)
  lines.push(`index ${index}`, ...proof.map(toBase64))
  return `${lines.join("\n")}\n\n${checkpoint}`
}

/** Strict: what does not print to the same text again is malformed. The checkpoint is not read here. */
export function parseCertificate(text: string): Certificate | Malformed {
  if (text.length > maxLength) return malformed("a certificate is too long")
  const split = text.indexOf("\n\n")
  if (split < 0) return malformed("a certificate has no empty line before its checkpoint")
  const lines = text.slice(0, split).split("\n")
  if (lines.shift() !== magic) return malformed("not a tlog-proof, version 1")
  try {
    const extra = lines[0]?.startsWith("extra ") ? fromBase64((lines.shift() as string).slice(6)) : null
    if (extra?.length === 0) return malformed("a certificate without extra data leaves the line away")
    const index = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? "")
    if (index === null || !Number.isSafeInteger(Number(index[1])))
      return malformed("a certificate has no index")
    const proof = lines.map(fromBase64)
    if (proof.length > maxProof || proof.some((hash) => hash.length !== 32))
      return malformed("a certificate's proof is not a list of hashes")
    const certificate = { extra, index: Number(index[1]), proof, checkpoint: text.slice(split + 2) }
    return formatCertificate(certificate) === text ? certificate : malformed("not in its one form")
  } catch {
    return malformed("a certificate holds something that is not base64")
  }
}

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
}

/**
 * Checks a certificate: form, record, inclusion, signature, and cosignatures where the reader has a policy. `keys`
 * are the reader's own (empty, and no log in a policy: nothing can be authenticated); `leaf` is the record's bytes where the certificate does not carry them.
 */
export function verifyCertificate(
  text: string,
  options: Trust & { readonly crypto: VerifierCrypto; readonly leaf?: Uint8Array },
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
  const judged = judgeHead(head, keys ?? [], options.policy, verifyEd25519)
  const { signature, witnesses } = judged
  for (const { code, ...detail } of judged.failures)
    if (code !== "checkpoint_not_signed_by_key" || keys !== null) failures.push(failure(code, detail))
  const { index } = certificate
  return { failures, authenticated: signature === "signed", index, head, bytes, leaf, witnesses }
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
})
