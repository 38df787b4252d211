import { createHash, createPublicKey, hash, type KeyObject, verify } from "node:crypto"
import type { VerifierCrypto } from "#contracts/ledger/ports.ts"

/** DER of a SubjectPublicKeyInfo up to the 32 bytes of an Ed25519 key (RFC 8410 section 4). */
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex")

const keys = new Map<string, KeyObject>()

function keyObject(publicKey: Uint8Array): KeyObject {
  const name = Buffer.from(publicKey).toString("hex")
  const known =
    keys.get(name) ??
    createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: "der", type: "spki" })
  if (keys.size < 100) keys.set(name, known)
  return known
}

/** The verifier's cryptography by Node's own OpenSSL. */
export const nodeCrypto: VerifierCrypto = {
  sha256: (bytes) => hash("sha256", bytes, "buffer"),
  runningSha256: () => {
    const running = createHash("sha256")
    return { update: (bytes) => void running.update(bytes), digest: () => running.digest() }
  },
  verifyEd25519: (publicKey, message, signature) => {
    try {
      return verify(null, message, keyObject(publicKey), signature)
    } catch {
      return false
    }
  },
}
