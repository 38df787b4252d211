import canonicalize from "canonicalize"

/**
 * RFC 8785 (JCS) canonical JSON, narrowed to what a ledger can hold for ever: integers below 2^53 in size (no
 * floats), ASCII member names, no lone surrogates, nothing that JSON would silently drop or rewrite.
 */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** What cannot be, or is not, canonical JSON; the message says why and where. */
export class CanonicalJsonError extends Error {
  override name = "CanonicalJsonError"
}

/** Deep enough for any record, shallow enough that hostile nesting cannot exhaust the stack. */
export const maxDepth = 64

const asciiName = /^[\x20-\x7e]*$/
export const isMemberName = (name: string): boolean => asciiName.test(name)

const surrogateEscape = /\\ud[89a-f]/

/**
 * The one text of a value. Throws CanonicalJsonError on a value outside the narrowed form. `JSON.stringify`
 * agrees with JCS on everything but the order of members (and lone surrogates, which are refused), and is several
 * times faster than a canonicaliser.
 */
export function canonicalJson(value: unknown): string {
  if (check(value, 0, false)) return JSON.stringify(value)
  const text = canonicalize(value)
  if (text === undefined) throw new CanonicalJsonError("nothing to encode")
  return text
}

/**
 * Reads a text that must already be canonical: encoding the result again gives the same characters, so
 * duplicate members, other white space, other number or escape forms and numbers beyond 2^53 are refused.
 * Throws CanonicalJsonError.
 *
 * `JSON.stringify` is asked first, and only where it disagrees (for example on names that look like array
 * indices) the full encoding decides.
 */
export function parseCanonical(text: string): Json {
  let value: Json
  try {
    value = JSON.parse(text)
  } catch {
    throw new CanonicalJsonError("not JSON")
  }
  const inOrder = check(value, 0, !surrogateEscape.test(text))
  if (inOrder && JSON.stringify(value) === text) return value
  if (canonicalize(value) !== text) throw new CanonicalJsonError("JSON, but not in canonical form")
  return value
}

/**
 * Throws on what the narrowed form excludes; says whether all members stand in canonical order.
 * `wellFormed`: the caller knows that no string can hold a lone surrogate (UTF-8 text without such escapes).
 */
function check(value: unknown, depth: number, wellFormed: boolean): boolean {
  switch (typeof value) {
    case "string":
      if (!wellFormed && !value.isWellFormed()) throw new CanonicalJsonError("lone surrogate in a string")
      return true
    case "number":
      if (!Number.isSafeInteger(value)) throw new CanonicalJsonError(`not an integer below 2^53: ${value}`)
      return true
    case "boolean":
      return true
    case "object":
      if (value === null) return true
      if (depth >= maxDepth) throw new CanonicalJsonError(`nested deeper than ${maxDepth}`)
      return Array.isArray(value)
        ? checkItems(value, depth, wellFormed)
        : checkMembers(value, depth, wellFormed)
    default:
      throw new CanonicalJsonError(`${typeof value} is not JSON`)
  }
}

function checkItems(items: readonly unknown[], depth: number, wellFormed: boolean): boolean {
  let inOrder = true
  for (const item of items) if (!check(item, depth + 1, wellFormed)) inOrder = false
  return inOrder
}

function checkMembers(value: object, depth: number, wellFormed: boolean): boolean {
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null)
    throw new CanonicalJsonError("only plain objects can be encoded")
  let inOrder = true
  let before: string | null = null
  for (const name of Object.keys(value)) {
    if (!isMemberName(name)) throw new CanonicalJsonError("a member name is not printable ASCII")
    if (before !== null && name < before) inOrder = false
    before = name
    if (!check((value as Record<string, unknown>)[name], depth + 1, wellFormed)) inOrder = false
  }
  return inOrder
}
