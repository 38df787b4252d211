import { describe, expect, test, vi } from "vitest"
import { toBase64 } from "../bytes.ts"
import { mutated } from "./testing/fuzz/mutate.ts"
import { randomOf } from "./testing/fuzz/random.ts"
import { regressions } from "./testing/fuzz/regressions.ts"
import { type Target, targets } from "./testing/fuzz/targets.ts"

/**
 * Every parser of outside bytes against changed valid inputs. `npm run fuzz` takes a million of them and a seed of
 * its own; a plain run takes some thousands, always the same.
 */
const inputs = Number(process.env.QUANHENG_FUZZ ?? 40_000)
const firstSeed = Number(
  process.env.QUANHENG_FUZZ_SEED ?? (process.env.QUANHENG_FUZZ ? Date.now() % 2 ** 31 : 1),
)
vi.setConfig({ testTimeout: 60_000 + inputs })

/** Which input broke a parser's word: to be kept in testing/fuzz/regressions.ts. */
function broken(target: Target, seed: number, bytes: Uint8Array, error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error)
  return new Error(`${target.name}, seed ${seed}: ${why}; input (base64): ${toBase64(bytes)}`)
}

function fuzz(target: Target, count: number): number {
  let accepted = 0
  for (let i = 0; i < count; i++) {
    const seed = (firstSeed + Math.imul(i, 0x9e3779b1)) >>> 0
    const bytes = mutated(target.seeds, randomOf(seed))
    try {
      if (target.check(bytes)) accepted += 1
    } catch (error) {
      throw broken(target, seed, bytes, error)
    }
  }
  return accepted
}

test("the shares of all parsers are one whole", () => {
  expect(targets.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
})

describe(`fuzzed from seed ${firstSeed}`, () => {
  test.each(targets)("$name", (target) => {
    // A seed is accepted as it is; of the changed ones some are, and not all.
    expect(target.seeds.some((bytes) => target.check(bytes))).toBe(true)
    const count = Math.ceil(inputs * target.share)
    const accepted = fuzz(target, count)
    expect(accepted).toBeLessThan(count)
    if (count > 1000) expect(accepted).toBeGreaterThan(0)
  })
})

describe("what once broke a parser's word", () => {
  test.each(regressions)("$target: $was", ({ target, input }) => {
    const found = targets.find(({ name }) => name === target)
    expect(found?.check(input)).toBe(false)
  })
})
