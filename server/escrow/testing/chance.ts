/** Chance that a number repeats: the same seed draws the same. mulberry32. */
export type Chance = {
  /** A whole number from 0 to just under n. */
  below(n: number): number
  one<T>(items: readonly T[]): T
  /** True in so many of a hundred draws. */
  percent(p: number): boolean
  shuffled<T>(items: readonly T[]): T[]
}

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number): number => Math.floor(draw() * n)
  return {
    below,
    one: <T>(items: readonly T[]): T => items[below(items.length)] as T,
    percent: (p) => draw() * 100 < p,
    shuffled(items) {
      const left = [...items]
      return items.map(() => left.splice(below(left.length), 1)[0] as (typeof items)[number])
    },
  }
}
