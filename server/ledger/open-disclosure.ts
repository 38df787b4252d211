import { createDecipheriv, type KeyObject } from "node:crypto"
import type { Opened } from "../commit/finish-fact.ts"
import type { SealedDisclosure } from "./disclosure-store.ts"

/**
 * Decrypts what commit/finish-fact.ts encrypted: 0x01 ‖ nonce (12) ‖ ciphertext ‖ tag (16), AES-256-GCM, bound to
 * its fact and owner. Throws when the key or the row is another one.
 */
export function openDisclosure(
  { subject, version, owner, sealed }: SealedDisclosure,
  key: KeyObject,
): Opened[] {
  if (sealed[0] !== 1) throw new Error(`the disclosure ${subject}@${version} has an unknown form`)
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, 13))
    .setAAD(Buffer.from(`${subject}@${version}:${owner}`))
    .setAuthTag(sealed.subarray(-16))
  const text = decipher.update(sealed.subarray(13, -16), undefined, "utf8") + decipher.final("utf8")
  return JSON.parse(text)
}
