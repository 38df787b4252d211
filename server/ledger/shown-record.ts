import { decodeLeaf, type Envelope, type Leaf } from "#contracts/ledger/encoding.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import type { SealedRow } from "./explorer-store.ts"

/**
 * A sealed record as a list shows it. `leaf` is only an envelope where this version does not know its form.
 * `subject` is what it is about where the record itself says so: a party's id, which it blinds, is left out.
 */
export type ShownRecord = {
  readonly index: number
  readonly subject: string | null
  readonly leaf: Leaf | Envelope
}

export function shownRecord({ index, subject, leaf: bytes }: SealedRow): ShownRecord {
  const decoded = decodeLeaf(bytes)
  if (isMalformed(decoded)) throw new Error(`record ${index} is stored damaged: ${decoded.malformed}`)
  const leaf = "leaf" in decoded ? decoded.leaf : decoded.unknownVersion
  return { index, subject: namesSubject(leaf, subject) ? subject : null, leaf }
}

/** Whether the record says in clear what it is about. */
export const namesSubject = (leaf: Leaf | Envelope, subject: string): boolean =>
  "threads" in leaf && leaf.threads.some(([key]) => key === subject)
