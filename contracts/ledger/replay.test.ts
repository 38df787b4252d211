import { describe, expect, test } from "vitest"
import { memoryBundle } from "./bundle.ts"
import { makeBundle } from "./testing/bundle.ts"
import { origin, signer } from "./testing/fixture.ts"
import { sealLog, type TestFact, testCrypto } from "./testing/seal.ts"
import { trade, without } from "./testing/tamper/meaning.ts"
import { verifyBundle } from "./verify.ts"

async function failuresOf(facts: readonly TestFact[], from = 0): Promise<string[]> {
  const files = makeBundle(sealLog(origin, facts), signer, from)
  const report = await verifyBundle(memoryBundle(files), { crypto: testCrypto, keys: [signer.key] })
  return report.failures.map(({ code, record }) => `${code} ${record}`)
}

/** What may not happen is in the tamper matrix: tamper.slow.test.ts. */
describe("the meaning of the records", () => {
  test("a whole trade is right", async () => {
    expect(await failuresOf(trade)).toEqual([])
  })

  test("a range that begins inside a trade assumes what was before, and no more", async () => {
    for (const from of [1, 4, 5, 9, 11]) expect(await failuresOf(trade, from)).toEqual([])
    expect(await failuresOf(without(7), 4)).toContain("step_illegal 8")
  })
})
