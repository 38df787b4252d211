import type { Checkpoint, HeadSignature, UnverifiedCheckpoint } from "./checkpoint.ts"
import { sameKey, type VerifierKey, verifyNote } from "./note.ts"
import type { VerifyEd25519 } from "./ports.ts"
import type { Rotation } from "./rotation.ts"

/** `former_key`: signed, but only by a key that the log had given up before a head of this size. */
export type KeyVerdict = HeadSignature | "former_key"

/** The keys that heads of a log may be signed with: by their size where its rotations are known, else any of them. */
export class HeadKeys {
  readonly known: readonly VerifierKey[]
  readonly rotations: readonly Rotation[]

  constructor(known: readonly VerifierKey[], rotations: readonly Rotation[] = []) {
    this.known = known
    this.rotations = rotations
  }

  /** The keys that the log itself may have signed a head of this size with; the handover counts as the new key's. */
  at(size: number): readonly VerifierKey[] {
    return this.rotations.length === 0 ? this.known : this.known.slice(this.turnAt(size)).slice(0, 1)
  }

  /** How many rotations lie before a head of this size. */
  turnAt(size: number): number {
    return this.rotations.filter(({ handover }) => handover.size <= size).length
  }

  judge({ unverifiedCheckpoint, note }: UnverifiedCheckpoint, verify: VerifyEd25519): KeyVerdict {
    const { origin, size } = unverifiedCheckpoint
    const verdict = verifyNote(note, this.known, verify)
    if ("badKey" in verdict) return "bad"
    const own = verdict.verifiedBy.filter(({ name }) => name === origin)
    if (own.length === 0) return "unknown_key"
    const due = this.at(size)
    return own.some((key) => due.some((one) => sameKey(one, key))) ? "signed" : "former_key"
  }
}

/** Which keys heads are checked with, and what that says of who signed. */
export type TrustedKeys = {
  readonly heads: HeadKeys
  /** The reader's own key, or one of the chain that it leads to; not out of what is being checked. */
  readonly brought: boolean
  /** A key on the way from the reader's to the head's was given up because somebody else may have it. */
  readonly compromised: boolean
  /** The rotations are of other keys than those that should lead to the head's. */
  readonly astray: boolean
}

/**
 * The keys for a head: `brought` are the reader's, null when there are none; `own` is the key that came with the
 * head, which is used then. Where one of them stands in the chain of rotations, the whole chain is known.
 */
export function keysForHead(
  brought: readonly VerifierKey[] | null,
  own: VerifierKey | null,
  rotations: readonly Rotation[],
  { size }: Checkpoint,
): TrustedKeys {
  const anchors = brought ?? (own === null ? [] : [own])
  const [first] = rotations
  const chain = first === undefined ? [] : [first.from, ...rotations.map(({ to }) => to)]
  const places = chain.flatMap((key, i) => (anchors.some((one) => sameKey(one, key)) ? [i] : []))
  if (places.length === 0) {
    const heads = new HeadKeys(anchors)
    return {
      heads,
      brought: brought !== null,
      compromised: false,
      astray: chain.length > 0 && anchors.length > 0,
    }
  }
  const heads = new HeadKeys(chain, rotations)
  const turn = heads.turnAt(size)
  const isDoubtful = (place: number): boolean =>
    rotations
      .slice(Math.min(place, turn), Math.max(place, turn))
      .some(({ reason }) => reason === "compromised")
  const compromised = brought !== null && places.every(isDoubtful)
  return { heads, brought: brought !== null, compromised, astray: false }
}
