import { createHash, createPublicKey, hash, type KeyObject, verify } from "node:crypto"
import type { VerifierCrypto } from "#contracts/ledger/ports.ts"

/** DER of a SubjectPublicKeyInfo up to the 32 bytes of an Ed25519 key (RFC 8410 section 4). */
const publicKeyPrefix = Buffer.from("302a300506032b6570032100", "hex")

export const publicKeyOf = (bytes: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([publicKeyPrefix, bytes]), format: "der", type: "spki" })

/** Node makes strings of digests about twice as fast as buffers; each character of a latin1 string is a byte. */
function bytesOf(latin1: string): Uint8Array {
  const bytes = new Uint8Array(latin1.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = latin1.charCodeAt(i)
  return bytes
}

/** The ledger's cryptography by Node's own OpenSSL. */
export const nodeCrypto: VerifierCrypto = {
  sha256: (bytes) => bytesOf(hash("sha256", bytes, "binary")),
  runningSha256: () => {
    const running = createHash("sha256")
    return { update: (bytes) => void running.update(bytes), digest: () => running.digest() }
  },
  verifyEd25519: (publicKey, message, signature) => {
    try {
      return verify(null, message, publicKeyOf(publicKey), signature)
    } catch {
      return false
    }
  },
}
