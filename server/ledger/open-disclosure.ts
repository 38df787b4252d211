import { createDecipheriv } from "node:crypto"
import type { Opened } from "../commit/finish-fact.ts"
import type { PartyKeys } from "../commit/key-ring.ts"
import type { SealedDisclosure } from "./disclosure-store.ts"

/**
 * Decrypts what commit/finish-fact.ts encrypted: 0x02 ‖ nonce (12) ‖ ciphertext ‖ tag (16), AES-256-GCM, bound to
 * its fact and owner; 0x01 in rows from before there were value keys, under the owner's key alone. Nothing when the
 * key was destroyed, as in a database put back from before an erasure. Throws when the key or the row is another one.
 */
export function openDisclosure(
  { subject, version, owner, sealed }: SealedDisclosure,
  keys: PartyKeys,
): Opened[] {
  if (sealed[0] !== 1 && sealed[0] !== 2)
    throw new Error(`the disclosure ${subject}@${version} has an unknown form`)
  const nonce = nonceOf(sealed)
  const key = sealed[0] === 1 ? keys.data : keys.valueKey(nonce)
  if (key === null) return []
  const decipher = createDecipheriv("aes-256-gcm", key, nonce)
    .setAAD(Buffer.from(`${subject}@${version}:${owner}`))
    .setAuthTag(sealed.subarray(-16))
  const text = decipher.update(sealed.subarray(13, -16), undefined, "utf8") + decipher.final("utf8")
  return JSON.parse(text)
}

export const nonceOf = (sealed: Uint8Array): Uint8Array => sealed.subarray(1, 13)
