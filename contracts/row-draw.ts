import { sha256 } from "@noble/hashes/sha2.js"
import { assert } from "./assert.ts"
import { concat, fromHex, utf8 } from "./bytes.ts"

/**
 * The draw of the rows that a listing shows. The market draws them, not the seller, from a seed that nobody
 * could know when the file was registered, and anyone can draw them again:
 *
 *     seed    = SHA-256("quanheng/row-draw/v1\n" ‖ version hash (32 bytes) ‖ checkpoint text)
 *     block k = SHA-256(seed ‖ k as u64 big-endian), k = 0, 1, 2, …
 *     x k     = the first 8 bytes of block k as u64 big-endian
 *
 * The checkpoint is the first one published after the registration was sealed; its text is the note's body,
 * three lines each with its newline, without the signatures. Where the version has at most `wanted` rows, all
 * are drawn. Else, for k = 0, 1, 2, …: an x k of at least floor(2^64 / rows) · rows is skipped, so that every
 * row is equally likely; x k mod rows is the 0-based number of a row; one already drawn is skipped; it ends when
 * `wanted` rows are drawn. They are shown in the file's order.
 */
export const drawnRows = 20

/** @param versionHash lower-case hex. @param checkpointText `origin\nsize\nroot\n`. Returns 32 bytes. */
export function drawSeed(versionHash: string, checkpointText: string): Uint8Array {
  const hash = fromHex(versionHash)
  assert(hash.length === 32, "a version hash has 32 bytes")
  assert(/^[^\n]+\n\d+\n[^\n]+\n$/.test(checkpointText), "a checkpoint's text of three lines")
  return sha256(concat(utf8("quanheng/row-draw/v1\n"), hash, utf8(checkpointText)))
}

/** The 0-based numbers of the drawn rows, ascending and distinct; min(rows, wanted) of them. */
export function drawRows(seed: Uint8Array, rows: number, wanted: number = drawnRows): number[] {
  assert(Number.isSafeInteger(rows) && rows >= 0 && wanted >= 0, "row counts are whole numbers")
  if (rows <= wanted) return Array.from({ length: rows }, (_, row) => row)
  const size = BigInt(rows)
  const fair = (2n ** 64n / size) * size
  const drawn = new Set<number>()
  const block = new Uint8Array(seed.length + 8)
  block.set(seed)
  const counter = new DataView(block.buffer, seed.length)
  for (let k = 0n; drawn.size < wanted; k++) {
    counter.setBigUint64(0, k)
    const x = firstU64(sha256(block))
    if (x < fair) drawn.add(Number(x % size))
  }
  return [...drawn].sort((a, b) => a - b)
}

function firstU64(bytes: Uint8Array): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0)
}
