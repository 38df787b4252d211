import { randomFillSync } from "node:crypto"

const pool = Buffer.alloc(16_384)
let used = pool.length

/**
 * Random bytes for ids, salts and nonces, drawn 16 KiB at a time: a call for each costs more than the hash or the
 * row it is for. What is given out is wiped here.
 */
export function takeRandom(length: number): Buffer {
  if (used + length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const taken = Buffer.from(pool.subarray(used, used + length))
  pool.fill(0, used, used + length)
  used += length
  return taken
}
