import { fromBase64, toBase64 } from "../bytes.ts"
import { isOrigin } from "./encoding.ts"
import { isMalformed, type Malformed, malformed } from "./malformed.ts"
import { formatNote, type Note, parseNote, signNote, type VerifierKey, verifyNote } from "./note.ts"
import type { SignEd25519, VerifyEd25519 } from "./ports.ts"

/**
 * The checkpoint (c2sp.org/tlog-checkpoint) is a signed note whose text has three lines, and no extension lines:
 *
 *     <origin>
 *     <size>
 *     base64(<root>)
 */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Uint8Array }

export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/** The text of a checkpoint, without signatures. Strict: one text per checkpoint. */
export function parseCheckpoint(text: string): Checkpoint | Malformed {
  const parts = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text)
  if (parts === null) return malformed("a checkpoint is not its three lines")
  const [origin, size] = [parts[1] as string, Number(parts[2])]
  if (!isOrigin(origin)) return malformed("a checkpoint's origin has an unexpected form")
  if (!Number.isSafeInteger(size)) return malformed("a checkpoint's size is beyond 2^53")
  try {
    return { origin, size, root: fromBase64(parts[3] as string) }
  } catch {
    return malformed("a checkpoint's root is not canonical base64")
  }
}

export type CheckpointSigner = { readonly key: VerifierKey; readonly sign: SignEd25519 }

/** The signed head as it is published. The key's name is the log's origin. */
export function signCheckpoint(checkpoint: Checkpoint, key: VerifierKey, sign: SignEd25519): string {
  return signCheckpointWith(checkpoint, [{ key, sign }])
}

/** Signed with several keys of the log: where one takes the place of another (contracts/ledger/rotation.ts). */
export function signCheckpointWith(checkpoint: Checkpoint, signers: readonly CheckpointSigner[]): string {
  if (signers.some(({ key }) => key.name !== checkpoint.origin))
    throw new Error("a log signs with a key of its own name")
  const text = formatCheckpoint(checkpoint)
  return formatNote({
    text,
    signatures: signers.flatMap(({ key, sign }) => signNote(text, key, sign).signatures),
  })
}

export type UnverifiedCheckpoint = { readonly unverifiedCheckpoint: Checkpoint; readonly note: Note }

/** Reads a signed checkpoint without believing it. */
export function readCheckpoint(source: string | Uint8Array): UnverifiedCheckpoint | Malformed {
  const note = parseNote(source)
  if (isMalformed(note)) return note
  const unverifiedCheckpoint = parseCheckpoint(note.text)
  return isMalformed(unverifiedCheckpoint) ? unverifiedCheckpoint : { unverifiedCheckpoint, note }
}

/** Whether the log itself signed: `signed`; by none of these keys: `unknown_key`; a known key's misfit: `bad`. */
export type HeadSignature = "signed" | "unknown_key" | "bad"

export function checkHeadSignature(
  { unverifiedCheckpoint, note }: UnverifiedCheckpoint,
  keys: readonly VerifierKey[],
  verify: VerifyEd25519,
): HeadSignature {
  const verdict = verifyNote(note, keys, verify)
  if ("badKey" in verdict) return "bad"
  return verdict.verifiedBy.some((key) => key.name === unverifiedCheckpoint.origin) ? "signed" : "unknown_key"
}
