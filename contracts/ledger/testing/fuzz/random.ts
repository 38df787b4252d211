/** For tests: a generator that gives the same numbers for the same seed (mulberry32), so that a failure is found again. */
export type Random = {
  /** A whole number from 0 to below `n`. */
  below(n: number): number
  of<T>(all: readonly T[]): T
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number): number => Math.floor(next() * n)
  return { below, of: (all) => all[below(all.length)] as (typeof all)[number] }
}
