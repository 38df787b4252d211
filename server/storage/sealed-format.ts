import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto"
import { assert } from "#contracts/assert.ts"

/**
 * How a file of a data product lies in storage:
 *
 *     header (48 bytes): "QHSEAL" ‖ 0x00 ‖ version 0x01 ‖ chunk size (u32 BE) ‖ 4 zero bytes ‖ salt (32)
 *     chunk, repeated:   nonce (12) ‖ ciphertext (chunk size, the last one 1 … chunk size) ‖ tag (16)
 *
 * Each chunk is AES-256-GCM under a key of this file alone, HKDF-SHA-256(product key, salt,
 * "quanheng/file/v1"), with a random nonce. The associated data is header ‖ chunk index (u64 BE) ‖ 1 for the
 * last chunk, else 0: chunks cannot be changed, reordered, dropped or moved to another file, and the file
 * cannot be cut at a chunk's border. Any chunk is checked alone, so a range is served without reading the rest
 * and no byte leaves before its tag was good. A file of zero bytes is one empty last chunk.
 */
export const chunkBytes = 1024 * 1024
export const headerBytes = 48
const nonceBytes = 12
const tagBytes = 16
export const chunkOverheadBytes = nonceBytes + tagBytes

const magic = Buffer.from("QHSEAL\u0000\u0001", "latin1")

/** A stored file is not what was stored: a flipped bit, a cut, a swap, or the wrong key. */
export class SealBrokenError extends Error {
  override name = "SealBrokenError"
}

/** What seals or opens the chunks of one file. */
export type ChunkCipher = { header: Uint8Array; chunk: number; key: Uint8Array }

export function newChunkCipher(productKey: Uint8Array, chunk: number = chunkBytes): ChunkCipher {
  assert(Number.isInteger(chunk) && chunk > 0 && chunk <= 64 * chunkBytes, "a chunk size in range")
  const size = Buffer.alloc(8)
  size.writeUInt32BE(chunk)
  return cipherOf(productKey, Buffer.concat([magic, size, randomBytes(32)]), chunk)
}

/** Throws SealBrokenError when this is no header of a version known here. */
export function readChunkCipher(productKey: Uint8Array, header: Uint8Array): ChunkCipher {
  const bytes = Buffer.from(header)
  if (bytes.length !== headerBytes || !bytes.subarray(0, 8).equals(magic))
    throw new SealBrokenError("not a sealed file of a known version")
  const chunk = bytes.readUInt32BE(8)
  if (chunk === 0 || chunk > 64 * chunkBytes) throw new SealBrokenError("chunk size out of range")
  return cipherOf(productKey, bytes, chunk)
}

function cipherOf(productKey: Uint8Array, header: Buffer, chunk: number): ChunkCipher {
  assert(productKey.length === 32, "a product key has 32 bytes")
  const key = hkdfSync("sha256", productKey, header.subarray(16), "quanheng/file/v1", 32)
  return { header, chunk, key: new Uint8Array(key) }
}

/** The parts of one sealed chunk, in the order in which they are written. */
export function sealChunk(cipher: ChunkCipher, index: number, last: boolean, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceBytes)
  const gcm = createCipheriv("aes-256-gcm", cipher.key, nonce).setAAD(place(cipher, index, last))
  const sealed = Buffer.allocUnsafeSlow(plain.length + chunkOverheadBytes)
  sealed.set(nonce)
  sealed.set(gcm.update(plain), nonceBytes)
  gcm.final()
  sealed.set(gcm.getAuthTag(), nonceBytes + plain.length)
  return sealed
}

/** Throws SealBrokenError when the chunk is not the one that was sealed at this place. */
export function openChunk(cipher: ChunkCipher, index: number, last: boolean, sealed: Uint8Array): Uint8Array {
  const nonce = sealed.subarray(0, nonceBytes)
  const gcm = createDecipheriv("aes-256-gcm", cipher.key, nonce, { authTagLength: tagBytes })
  gcm.setAAD(place(cipher, index, last)).setAuthTag(sealed.subarray(sealed.length - tagBytes))
  const plain = gcm.update(sealed.subarray(nonceBytes, sealed.length - tagBytes))
  try {
    gcm.final()
  } catch {
    throw new SealBrokenError(`chunk ${index} is not what was stored`)
  }
  return plain
}

function place(cipher: ChunkCipher, index: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(headerBytes + 9)
  bytes.set(cipher.header)
  bytes.writeBigUInt64BE(BigInt(index), headerBytes)
  bytes[headerBytes + 8] = last ? 1 : 0
  return bytes
}

/** Number of chunks and of plain bytes in a stored file of this many bytes. Throws SealBrokenError. */
export function measureSealed(storedBytes: number, chunk: number): { chunks: number; bytes: number } {
  const body = storedBytes - headerBytes
  const chunks = Math.ceil(body / (chunk + chunkOverheadBytes))
  const bytes = body - chunks * chunkOverheadBytes
  const least = (chunks - 1) * chunk
  if (chunks < 1 || bytes < least || (bytes === least && chunks > 1))
    throw new SealBrokenError("the stored file has a length that no sealed file has")
  return { chunks, bytes }
}
