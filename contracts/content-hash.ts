import { sha256 } from "@noble/hashes/sha2.js"
import { toHex, utf8 } from "./bytes.ts"
import { canonicalJson } from "./canonical-json.ts"

/** SHA-256, lower-case hex, of a value's RFC 8785 canonical JSON. */
export const contentHash = (value: unknown): string => toHex(sha256(utf8(canonicalJson(value))))

/** SHA-256, lower-case hex, of a text's UTF-8 bytes. */
export const textHash = (text: string): string => toHex(sha256(utf8(text)))
