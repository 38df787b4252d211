/**
 * What a parser of outside text answers when the text does not have the one form that is accepted: a value, not
 * an exception, because a hostile or damaged file is expected. `malformed` says what is wrong, for people.
 */
export type Malformed = { readonly malformed: string }

export const malformed = (reason: string): Malformed => ({ malformed: reason })

export function isMalformed(value: unknown): value is Malformed {
  return typeof value === "object" && value !== null && "malformed" in value
}
