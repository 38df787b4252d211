import fc from "fast-check"
import { expect, test } from "vitest"
import { memoryBundle } from "./bundle.ts"
import { market } from "./testing/market.ts"
import { headOf, makeTurnedBundle, type Turn, turned } from "./testing/rotated.ts"
import { makeSigner, sealLog, testCrypto } from "./testing/seal.ts"
import { verifyBundle } from "./verify.ts"

const origin = "quanheng/test/0a1b2c3d"
const keys = Array.from({ length: 5 }, () => makeSigner(origin))
const stranger = makeSigner(origin)
const records = 40

/** A log whose key was changed up to four times, at any positions. */
const logs = fc.uniqueArray(fc.nat(records - 1), { minLength: 1, maxLength: 4 }).map((places) => {
  const turns = places
    .sort((a, b) => a - b)
    .map((place, i): Turn => ({ at: place + i, from: keys[i] as never, to: keys[i + 1] as never }))
  return { turns, log: sealLog(origin, turned(market(records), turns)) }
})

const dueAt = (turns: readonly Turn[], size: number) =>
  keys[turns.filter(({ at }) => at < size).length] as never

test("any key of the chain leads to the one that signed, in a bundle of any range, from any kept checkpoint", async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.nat(), fc.nat(), fc.nat(), fc.nat(), async ({ turns, log }, a, b, c, d) => {
      const size = log.leaves.length
      const [from, to] = [a % (size + 1), b % (size + 1)].sort((x, y) => x - y) as [number, number]
      const files = await makeTurnedBundle(log, turns, { from, to })
      const own = keys[c % (turns.length + 1)] as (typeof keys)[number]
      const kept = d % (size + 1)
      const report = await verifyBundle(memoryBundle(files), {
        crypto: testCrypto,
        keys: [own.key],
        since: headOf(log, kept, [dueAt(turns, kept)]),
      })
      // A range may hold no proof from a checkpoint that is nobody's; whatever there is to be said must be that.
      const codes = report.failures.map(({ code }) => code).filter((code) => code !== "since_not_provable")
      expect(codes).toEqual([])
      expect(report.rotations.length).toBe(turns.length)
    }),
    { numRuns: 40 },
  )
})

test("a head signed by another key than the due one is not taken, whoever signed it and whoever reads it", async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.nat(), fc.nat(), async ({ turns, log }, a, b) => {
      const wrong = [...keys.slice(0, turns.length), stranger]
      const signer = wrong[a % wrong.length] as (typeof keys)[number]
      const own = keys[b % (turns.length + 1)] as (typeof keys)[number]
      const files = await makeTurnedBundle(log, turns, { signers: [signer] })
      const report = await verifyBundle(memoryBundle(files), { crypto: testCrypto, keys: [own.key] })
      const code = signer === stranger ? "checkpoint_not_signed_by_key" : "checkpoint_by_former_key"
      expect(report.failures.map((one) => one.code)).toEqual([code])
    }),
    { numRuns: 25 },
  )
})
