import { concat, equalBytes, fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from "../bytes.ts"
import { isMalformed, type Malformed, malformed } from "./malformed.ts"
import type { Sha256, SignEd25519, VerifyEd25519 } from "./ports.ts"

/**
 * Signed notes (c2sp.org/signed-note), byte for byte:
 *
 *     <text, ending with a newline>
 *     <empty line>
 *     — <key name> base64(key id, 4 bytes big-endian ‖ signature)
 */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] }
export type NoteSignature = { readonly name: string; readonly keyId: string; readonly signature: Uint8Array }

/** A key that signatures are checked with; `keyId` is 8 hex digits. */
export type VerifierKey = { readonly name: string; readonly keyId: string; readonly publicKey: Uint8Array }

/** Signature types of c2sp.org/signed-note; only Ed25519 is checked here, others count as unknown keys. */
export const ed25519Type = 0x01

const maxNoteBytes = 1_000_000
const maxSignatures = 100
const nameForm = /^[^\s+\u0085]+$/u
const hasControls = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x20 && text[i] !== "\n") return true
  return false
}

/** A key's name: no white space, no plus, no control characters. */
export const isKeyName = (text: string): boolean => nameForm.test(text) && !hasControls(text)

/** First 4 bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key), as hex. */
export function keyIdOf(name: string, type: number, publicKey: Uint8Array, sha256: Sha256): string {
  return toHex(sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4))
}

export function verifierKey(name: string, publicKey: Uint8Array, sha256: Sha256): VerifierKey {
  if (!isKeyName(name) || publicKey.length !== 32) throw new Error("not a key name and an Ed25519 public key")
  return { name, keyId: keyIdOf(name, ed25519Type, publicKey, sha256), publicKey }
}

/** `name+hex(key id)+base64(type ‖ public key)`, without a newline. */
export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${key.keyId}+${toBase64(concat(Uint8Array.of(ed25519Type), key.publicKey))}`
}

/** One verifier key; a single final newline, as a file has it, is allowed. */
export function parseVerifierKey(text: string, sha256: Sha256): VerifierKey | Malformed {
  const parts = /^([^\s+\u0085]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n?$/u.exec(text)
  if (parts === null || !isKeyName(parts[1] as string)) return malformed("not a verifier key: name+id+key")
  const bytes = base64(parts[3] as string)
  if (bytes === null || bytes.length !== 33 || bytes[0] !== ed25519Type)
    return malformed("not an Ed25519 key")
  const key = verifierKey(parts[1] as string, bytes.slice(1), sha256)
  return key.keyId === parts[2] ? key : malformed("the key's id is not that of its name and bytes")
}

function base64(text: string): Uint8Array | null {
  try {
    return fromBase64(text)
  } catch {
    return null
  }
}

export const formatNote = (note: Note): string =>
  `${note.text}\n${note.signatures.map(signatureLine).join("")}`

export function signatureLine({ name, keyId, signature }: NoteSignature): string {
  return `\u2014 ${name} ${toBase64(concat(fromHex(keyId), signature))}\n`
}

/** Signs the text, which must be well formed and end with a newline (else it throws). */
export function signNote(text: string, key: VerifierKey, sign: SignEd25519): Note {
  if (!isNoteText(text)) throw new Error("a note's text ends with a newline and has no control characters")
  return { text, signatures: [{ name: key.name, keyId: key.keyId, signature: sign(utf8(text)) }] }
}

const isNoteText = (text: string): boolean => text.endsWith("\n") && text.isWellFormed() && !hasControls(text)

/** Strict: whatever does not print to the same bytes again is malformed. At least one signature line. */
export function parseNote(source: string | Uint8Array): Note | Malformed {
  if (source.length > maxNoteBytes) return malformed("a note is too long")
  const whole = typeof source === "string" ? source : decode(source)
  if (whole === null || !whole.isWellFormed()) return malformed("a note is not UTF-8")
  if (typeof source === "string" && utf8(source).length > maxNoteBytes) return malformed("a note is too long")
  if (hasControls(whole)) return malformed("a note has control characters")
  const split = whole.lastIndexOf("\n\n")
  if (split < 0) return malformed("a note has no empty line before its signatures")
  const text = whole.slice(0, split + 1)
  const lines = whole.slice(split + 2).split("\n")
  if (lines.pop() !== "" || lines.length === 0) return malformed("a note has no signature line")
  if (lines.length > maxSignatures) return malformed("a note has too many signatures")
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const signature = parseSignatureLine(line)
    if (isMalformed(signature)) return signature
    signatures.push(signature)
  }
  const note = { text, signatures }
  return formatNote(note) === whole ? note : malformed("a note is not in its one form")
}

function decode(bytes: Uint8Array): string | null {
  try {
    return fromUtf8(bytes)
  } catch {
    return null
  }
}

/** One signature line, without its newline. */
export function parseSignatureLine(line: string): NoteSignature | Malformed {
  const parts = /^\u2014 ([^\s+\u0085]+) ([A-Za-z0-9+/=]+)$/u.exec(line)
  const bytes = parts === null ? null : base64(parts[2] as string)
  if (parts === null || bytes === null || bytes.length < 5) return malformed("not a signature line")
  return { name: parts[1] as string, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) }
}

/** `badKey`: a known key's signature that does not fit rejects the note, whatever else stands on it. */
export type NoteVerdict = { readonly verifiedBy: readonly VerifierKey[] } | { readonly badKey: VerifierKey }

/** Signatures of unknown keys are ignored; a key counts once. An empty `verifiedBy` means: signed by none known. */
export function verifyNote(note: Note, keys: readonly VerifierKey[], verify: VerifyEd25519): NoteVerdict {
  const message = utf8(note.text)
  const verifiedBy: VerifierKey[] = []
  for (const { name, keyId, signature } of note.signatures) {
    const key = keys.find((known) => known.name === name && known.keyId === keyId)
    if (key === undefined) continue
    if (signature.length !== 64 || !verify(key.publicKey, message, signature)) return { badKey: key }
    if (!verifiedBy.includes(key)) verifiedBy.push(key)
  }
  return { verifiedBy }
}

export const sameKey = (a: VerifierKey, b: VerifierKey): boolean =>
  a.name === b.name && equalBytes(a.publicKey, b.publicKey)
