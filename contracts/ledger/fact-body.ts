import { isCommitment, type LeafBody } from "./encoding.ts"
import { type FactBody, type FactType, factTypes } from "./fact.ts"

/** Bodies by type, as the records of this log hold them once `problemOfBody` has found nothing. */
export type KnownFact = { [T in FactType]: { readonly type: T; readonly body: FactBody<T> } }[FactType]

/**
 * What is wrong with a leaf's body for its type, or null: the clear members must fit the type's schema, every
 * confidential member must be there, as a commitment, and there are no others.
 */
export function problemOfBody(type: FactType, body: LeafBody): string | null {
  const { clear, secret } = factTypes[type]
  const members: Record<string, unknown> = { ...body }
  for (const name of secret as readonly string[]) {
    if (!Object.hasOwn(members, name)) return `${name} is missing`
    if (!isCommitment(members[name])) return `${name} is not a commitment`
    delete members[name]
  }
  const parsed = clear.safeParse(members)
  if (parsed.success) return null
  const issue = parsed.error.issues[0]
  return issue === undefined ? "not valid" : `${issue.path.join(".")}: ${issue.message}`
}
