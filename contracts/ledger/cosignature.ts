import { concat, fromBase64, toBase64, utf8 } from "../bytes.ts"
import { isMalformed, type Malformed, malformed } from "./malformed.ts"
import { isKeyName, keyIdOf, type Note, type NoteSignature, parseSignatureLine } from "./note.ts"
import type { Sha256, SignEd25519, VerifyEd25519 } from "./ports.ts"

/**
 * Cosignatures (c2sp.org/tlog-cosignature), Ed25519: a witness says that at this time the checkpoint was the
 * largest of its log that it had seen, and that it continues all that it saw before. What is signed is
 *
 *     cosignature/v1
 *     time <unix seconds>
 *     <the checkpoint's text, all of it>
 *
 * and the line on the note carries the time (8 bytes, big-endian) before the signature.
 */
export const cosignatureType = 0x04

/** A witness's key. Its members are named so that it is never taken for a log's key, which signs other bytes. */
export type CosignerKey = {
  readonly cosigner: string
  readonly keyId: string
  readonly publicKey: Uint8Array
}

/** `time` in Unix seconds. */
export type Cosignature = { readonly time: number; readonly signature: Uint8Array }

const cosignatureBytes = 8 + 64

export function cosignerKey(name: string, publicKey: Uint8Array, sha256: Sha256): CosignerKey {
  if (!isKeyName(name) || publicKey.length !== 32) throw new Error("not a key name and an Ed25519 public key")
  return { cosigner: name, keyId: keyIdOf(name, cosignatureType, publicKey, sha256), publicKey }
}

/** `name+hex(key id)+base64(0x04 ‖ public key)`, without a newline. */
export const formatCosignerKey = ({ cosigner, keyId, publicKey }: CosignerKey): string =>
  `${cosigner}+${keyId}+${toBase64(concat(Uint8Array.of(cosignatureType), publicKey))}`

/** One verifier key of a witness; a single final newline, as a file has it, is allowed. */
export function parseCosignerKey(text: string, sha256: Sha256): CosignerKey | Malformed {
  const parts = /^([^\s+\u0085]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n?$/u.exec(text)
  if (parts === null || !isKeyName(parts[1] as string)) return malformed("not a verifier key: name+id+key")
  let bytes: Uint8Array
  try {
    bytes = fromBase64(parts[3] as string)
  } catch {
    return malformed("not a verifier key: its bytes are not base64")
  }
  if (bytes[0] !== cosignatureType)
    return malformed(`not a witness's Ed25519 key: its kind is ${bytes[0] ?? "missing"}, not 4`)
  if (bytes.length !== 33) return malformed("not an Ed25519 key")
  const key = cosignerKey(parts[1] as string, bytes.slice(1), sha256)
  return key.keyId === parts[2] ? key : malformed("the key's id is not that of its name and bytes")
}

/** The bytes that a witness signs. `time` is a whole number of seconds. */
export function cosignedMessage(text: string, time: number): Uint8Array {
  if (!Number.isSafeInteger(time) || time < 0) throw new Error("a cosignature's time is whole Unix seconds")
  return utf8(`cosignature/v1\ntime ${time}\n${text}`)
}

/** Cosigns a checkpoint's text, whose consistency the caller has checked. */
export function cosign(text: string, time: number, key: CosignerKey, sign: SignEd25519): NoteSignature {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time))
  const signature = sign(cosignedMessage(text, time))
  return { name: key.cosigner, keyId: key.keyId, signature: concat(bytes, signature) }
}

/** Takes a line's bytes apart. A time beyond 2^53 lies in no present, and is refused. */
export function readCosignature({ signature }: NoteSignature): Cosignature | Malformed {
  if (signature.length !== cosignatureBytes) return malformed("a cosignature is not a time and 64 bytes")
  const view = new DataView(signature.buffer, signature.byteOffset, 8)
  const time = view.getBigUint64(0)
  if (time > BigInt(Number.MAX_SAFE_INTEGER)) return malformed("a cosignature's time is beyond 2^53")
  return { time: Number(time), signature: signature.slice(8) }
}

/** Which of the known witnesses cosigned, and when last; each once. */
export type Cosigned = { readonly key: CosignerKey; readonly time: number }
export type CosignedVerdict = { readonly cosigned: readonly Cosigned[] } | { readonly badKey: CosignerKey }

/**
 * Checks the cosignatures on a note, in the order of the keys. Lines of unknown keys are ignored; a known key's
 * line that does not fit rejects the note (c2sp.org/signed-note), whatever else stands on it.
 */
export function verifyCosignatures(
  note: Note,
  keys: readonly CosignerKey[],
  verify: VerifyEd25519,
): CosignedVerdict {
  const cosigned: Cosigned[] = []
  for (const key of keys) {
    const lines = note.signatures.filter(({ name, keyId }) => name === key.cosigner && keyId === key.keyId)
    const times: number[] = []
    for (const line of lines) {
      const read = readCosignature(line)
      if (isMalformed(read)) return { badKey: key }
      if (!verify(key.publicKey, cosignedMessage(note.text, read.time), read.signature))
        return { badKey: key }
      times.push(read.time)
    }
    if (times.length > 0) cosigned.push({ key, time: Math.max(...times) })
  }
  return { cosigned }
}

/** The signature lines that a witness answers with (c2sp.org/tlog-witness): one or more, each with its newline. */
export function parseSignatureLines(text: string): NoteSignature[] | Malformed {
  const lines = text.split("\n")
  if (lines.pop() !== "" || lines.length === 0) return malformed("not signature lines")
  if (lines.length > 100) return malformed("too many signature lines")
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const signature = parseSignatureLine(line)
    if (isMalformed(signature)) return signature
    signatures.push(signature)
  }
  return signatures
}
