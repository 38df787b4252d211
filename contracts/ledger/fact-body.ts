import { isCommitment, type LeafBody } from "./encoding.ts"
import { type FactBody, type FactType, factTypes } from "./fact.ts"

/** Bodies by type, as the records of this log hold them once `problemOfBody` has found nothing. */
export type KnownFact = { [T in FactType]: { readonly type: T; readonly body: FactBody<T> } }[FactType]

/**
 * The member of a leaf's body that is wrong for its type, or null when all is right: the clear members must fit the type's schema, every
 * confidential member must be there, as a commitment, and there are no others.
 */
export function problemOfBody(type: FactType, body: LeafBody): string | null {
  const { clear, secret } = factTypes[type]
  const members: Record<string, unknown> = { ...body }
  for (const name of secret as readonly string[]) {
    if (!isCommitment(members[name])) return name
    delete members[name]
  }
  const parsed = clear.safeParse(members)
  if (parsed.success) return null
  const [issue] = parsed.error.issues
  const at = issue?.code === "unrecognized_keys" ? issue.keys : issue?.path
  return at?.join(".") ?? "body"
}
