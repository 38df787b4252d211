import { beforeAll, describe, expect, test } from "vitest"
import { makeBundle } from "#contracts/ledger/testing/bundle.ts"
import { log, signer } from "#contracts/ledger/testing/fixture.ts"
import { market } from "#contracts/ledger/testing/market.ts"
import { sealLog } from "#contracts/ledger/testing/seal.ts"
import { type Given, given } from "#contracts/ledger/testing/tamper/case.ts"
import { tamperCases } from "#contracts/ledger/testing/tamper/matrix.ts"
import { byPython, byTypeScript, type Opinion } from "./testing/agreement.ts"
import { damaged } from "./testing/damage.ts"
import { python, withPython } from "./testing/python.ts"

/**
 * Every row of the tamper matrix, whole bundles of many sizes and ranges, and bundles that were damaged by chance,
 * through docs/verify.py: it finds the same failures in the same records and files as the TypeScript verifier, but
 * for those of meaning, which it leaves alone.
 */
type Case = readonly [name: string, given: Given]

const ranges = [
  [0, 100],
  [5, 20],
  [256, 300],
  [100, 512],
  [512, 530],
  [529, 530],
  [10, 10],
  [530, 530],
] as const

const whole: readonly Case[] = [
  ...[0, 1, 2, 255, 256, 257, 511, 512].map(
    (n): Case => [`${n} records`, given(makeBundle(sealLog(log.origin, market(n)), signer))],
  ),
  ...ranges.map(
    ([from, to]): Case => [`the range ${from} to ${to}`, given(makeBundle(log, signer, from, to))],
  ),
]
const cases: readonly Case[] = [
  ...whole,
  ...tamperCases.map(({ file, edit, make }): Case => [`${file}: ${edit}`, make()]),
]

describe.skipIf(python === null)(withPython("docs/verify.py finds what the other finds"), () => {
  let answers: readonly Opinion[] = []
  beforeAll(async () => {
    answers = await byPython(cases.map(([, one]) => one))
  }, 300_000)

  test.each(cases.map(([name, one], i) => ({ name, one, i })))("$name", async ({ one, i }) => {
    expect(answers[i]).toEqual(await byTypeScript(one))
  })

  test("whole bundles are intact", () => {
    for (const [i, [name]] of whole.entries()) expect(answers[i]?.verdict, name).toBe("intact")
  })
})

/** Another part of the endless list: QUANHENG_FUZZ_SEED; more of it: QUANHENG_FUZZ_RUNS. */
const seed = Number(process.env.QUANHENG_FUZZ_SEED ?? 1)
const runs = Number(process.env.QUANHENG_FUZZ_RUNS ?? 250)

test.skipIf(python === null)(
  withPython(`docs/verify.py agrees on ${runs} bundles damaged by chance, from seed ${seed}`),
  async () => {
    const made = Array.from({ length: runs }, (_, i) => damaged(seed + i))
    const answers = await byPython(made)
    for (const [i, one] of made.entries()) {
      const expected = await byTypeScript(one)
      expect({ seed: seed + i, ...answers[i] }).toEqual({ seed: seed + i, ...expected })
    }
  },
  600_000,
)
