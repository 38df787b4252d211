import { concat, fromHex, toHex, utf8 } from "../bytes.ts"
import { canonicalJson, type Json } from "../canonical-json.ts"
import { isCommitment, type Leaf } from "./encoding.ts"
import type { Sha256 } from "./ports.ts"

export const saltBytes = 16
const domain = utf8("quanheng/commit/v1\n")

/**
 * Hides a value in a public leaf: hex of SHA-256("quanheng/commit/v1\n" ‖ salt ‖ JCS([path, value])).
 * `salt` is 16 random bytes used for this field only; `path` is an RFC 6901 pointer from the leaf's root, so that
 * a commitment cannot be moved to another field.
 */
export function commitment(sha256: Sha256, salt: Uint8Array, path: string, value: Json): string {
  return commitmentOfText(sha256, salt, canonicalJson([path, value]))
}

/** The same over the canonical text of `[path, value]`, for whoever has that text already. */
export function commitmentOfText(sha256: Sha256, salt: Uint8Array, text: string): string {
  if (salt.length !== saltBytes) throw new Error(`a salt is ${saltBytes} bytes`)
  return toHex(sha256(concat(domain, salt, utf8(text))))
}

/** An opened value: one line of disclosures.jsonl, which is sorted by index, then path. */
export type Disclosure = {
  readonly index: number
  readonly path: string
  /** Lower-case hex. */
  readonly salt: string
  readonly value: Json
}

/** The commitment that stands in the leaf at "/actor" or "/body/<name>", or null when there is none. */
export function committedAt(leaf: Leaf, path: string): string | null {
  if (path === "/actor") return "commit" in leaf.actor ? leaf.actor.commit : null
  if (!path.startsWith("/body/")) return null
  const name = path.slice("/body/".length).replaceAll("~1", "/").replaceAll("~0", "~")
  const value = Object.hasOwn(leaf.body, name) ? leaf.body[name] : null
  return isCommitment(value) ? value.commit : null
}

/** The pointer to a body member (RFC 6901 section 3). */
export const bodyPath = (name: string): string => `/body/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`

export type DisclosureVerdict = "fits" | "no_commitment" | "mismatch"

/**
 * Whether the opened value is the one that the leaf committed to. The index is the caller's to match. `text` is
 * the canonical text of `[path, value]`, where the caller has it.
 */
export function checkDisclosure(
  { path, salt, value }: Disclosure,
  leaf: Leaf,
  sha256: Sha256,
  text = canonicalJson([path, value]),
): DisclosureVerdict {
  const committed = committedAt(leaf, path)
  if (committed === null) return "no_commitment"
  return commitmentOfText(sha256, fromHex(salt), text) === committed ? "fits" : "mismatch"
}
