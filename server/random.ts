import { randomFillSync } from "node:crypto"

const pool = Buffer.alloc(16_384)
let used = pool.length

/**
 * Random bytes for ids, salts and nonces, drawn 16 KiB at a time: a call for each costs more than the hash or the
 * row it is for. What is given out is wiped here.
 */
export function takeRandom(length: number): Buffer {
  const taken = Buffer.allocUnsafe(length)
  putRandom(taken, 0, length)
  return taken
}

/** The same into a place that is there already. */
export function putRandom(target: Buffer, at: number, length: number): void {
  if (used + length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  for (let i = 0; i < length; i++) {
    target[at + i] = pool[used + i] as number
    pool[used + i] = 0
  }
  used += length
}
