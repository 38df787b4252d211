import { fromBase64, toBase64 } from "../bytes.ts"
import { type Malformed, malformed } from "./malformed.ts"

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
