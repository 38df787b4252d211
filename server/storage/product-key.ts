import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"
import { assert } from "#contracts/assert.ts"
import type { Id } from "#contracts/ids.ts"

/**
 * The key of one data product: 32 random bytes that seal its files. It is stored only wrapped by the master
 * key; erasing the wrapped key erases the product's files, in backups too.
 *
 * A wrapped key is: version byte 1 ‖ nonce (12) ‖ AES-256-GCM ciphertext (32) ‖ tag (16), with the product's id
 * as associated data, so that one product's key cannot be put in the place of another's.
 */
export const productKeyBytes = 32
const wrappedBytes = 1 + 12 + productKeyBytes + 16

export const makeProductKey = (): Uint8Array => randomBytes(productKeyBytes)

export function wrapProductKey(masterKey: Uint8Array, product: Id<"product">, key: Uint8Array): Uint8Array {
  assert(masterKey.length === 32 && key.length === productKeyBytes, "keys have 32 bytes")
  const nonce = randomBytes(12)
  const cipher = createCipheriv("aes-256-gcm", masterKey, nonce).setAAD(label(product))
  return Buffer.concat([Buffer.of(1), nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()])
}

/** Throws when the wrapped key was changed, is another product's, or another master key wrapped it. */
export function unwrapProductKey(masterKey: Uint8Array, product: Id<"product">, wrapped: Uint8Array): Uint8Array {
  assert(wrapped.length === wrappedBytes && wrapped[0] === 1, "a wrapped product key of version 1")
  const body = wrapped.subarray(13, 13 + productKeyBytes)
  const decipher = createDecipheriv("aes-256-gcm", masterKey, wrapped.subarray(1, 13), { authTagLength: 16 })
    .setAAD(label(product))
    .setAuthTag(wrapped.subarray(wrappedBytes - 16))
  return Buffer.concat([decipher.update(body), decipher.final()])
}

const label = (product: Id<"product">): Buffer => Buffer.from(`quanheng/product-key/v1\n${product}`)
