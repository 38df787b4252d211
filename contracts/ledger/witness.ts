import { equalBytes, fromBase64 } from "../bytes.ts"
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts"
import { isMalformed, type Malformed, malformed } from "./malformed.ts"
import { emptyRoot, verifyConsistency } from "./merkle.ts"
import { type Note, parseNote, type VerifierKey, verifyNote } from "./note.ts"
import type { VerifierCrypto } from "./ports.ts"

/**
 * What a witness is asked and how it decides (c2sp.org/tlog-witness), without clock, disk or network. The body of
 * POST add-checkpoint:
 *
 *     old <size of the checkpoint that the witness cosigned last, or 0>
 *     <base64 of each hash of the consistency proof, at most 63>
 *     <empty line>
 *     <the signed checkpoint>
 */
export type AddCheckpoint = {
  readonly old: number
  readonly proof: readonly Uint8Array[]
  readonly note: Note
  /** What the note's first three lines say, unverified. */
  readonly checkpoint: Checkpoint
}

const maxProof = 63
/** Far beyond any request: 64 hashes, and a checkpoint with a hundred signatures. */
export const maxAddCheckpointBytes = 64 * 1024

export function parseAddCheckpoint(text: string): AddCheckpoint | Malformed {
  if (text.length > maxAddCheckpointBytes) return malformed("the request is too long")
  const split = text.indexOf("\n\n")
  if (split < 0) return malformed("the request has no empty line before its checkpoint")
  const [first, ...lines] = text.slice(0, split).split("\n")
  const old = Number(/^old (0|[1-9][0-9]{0,15})$/.exec(first ?? "")?.[1])
  if (!Number.isSafeInteger(old)) return malformed("the request does not begin with an old size")
  const proof = readProof(lines)
  if (isMalformed(proof)) return proof
  const note = parseNote(text.slice(split + 2))
  if (isMalformed(note)) return note
  const checkpoint = readForeignCheckpoint(note.text)
  return isMalformed(checkpoint) ? checkpoint : { old, proof, note, checkpoint }
}

function readProof(lines: readonly string[]): Uint8Array[] | Malformed {
  if (lines.length > maxProof) return malformed("the proof has more than 63 hashes")
  try {
    const proof = lines.map(fromBase64)
    return proof.every((hash) => hash.length === 32) ? proof : malformed("a line of the proof is not a hash")
  } catch {
    return malformed("a line of the proof is not base64")
  }
}

/** A checkpoint of any log: other logs than ours may put extension lines after the three; they are cosigned too. */
export function readForeignCheckpoint(text: string): Checkpoint | Malformed {
  const [origin, size, root, ...extensions] = text.slice(0, -1).split("\n")
  if (extensions.some((line) => line === "")) return malformed("a checkpoint has an empty line")
  return parseCheckpoint(`${origin}\n${size}\n${root}\n`)
}

/** What a witness answers when it does not cosign. `knownSize` is the body of a 409 that names the size. */
export type NotCosigned = {
  readonly status: 400 | 403 | 404 | 409 | 422
  readonly why: string
  readonly knownSize?: number
  /** Signed by the log and at odds with what it signed before: worth keeping, for it may prove a second history. */
  readonly evidence?: true
}

/**
 * Decides in the order of the standard. `keys` are those that the witness trusts, of all its logs; `known` answers
 * the last cosigned checkpoint of an origin. Answers null when all is well and the checkpoint is to be cosigned.
 */
export function whyNotCosign(
  request: AddCheckpoint,
  keys: readonly VerifierKey[],
  known: Checkpoint | null,
  { sha256, verifyEd25519 }: VerifierCrypto,
): NotCosigned | null {
  const { old, proof, note, checkpoint } = request
  const trusted = keys.filter(({ name }) => name === checkpoint.origin)
  if (trusted.length === 0) return { status: 404, why: "this witness does not know the log" }
  const verdict = verifyNote(note, trusted, verifyEd25519)
  if ("badKey" in verdict || verdict.verifiedBy.length === 0)
    return { status: 403, why: "no good signature of a key that this witness trusts" }
  if (old > checkpoint.size) return { status: 400, why: "the old size is larger than the checkpoint" }
  const before = known ?? { size: 0, root: emptyRoot(sha256) }
  if (old !== before.size)
    return {
      status: 409,
      why: `the last cosigned checkpoint has ${before.size} records`,
      knownSize: before.size,
    }
  if (checkpoint.size === before.size && !equalBytes(checkpoint.root, before.root))
    return { status: 409, why: "another tree of the same size was cosigned before", evidence: true }
  if (!verifyConsistency(proof, before, checkpoint, sha256))
    return {
      status: 422,
      why: "the proof does not lead from the last cosigned checkpoint to this one",
      evidence: true,
    }
  return null
}
