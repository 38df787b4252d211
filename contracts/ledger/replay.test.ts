import { describe, expect, test } from "vitest"
import type { Json } from "../canonical-json.ts"
import { memoryBundle } from "./bundle.ts"
import { makeBundle } from "./testing/bundle.ts"
import { paidTrade } from "./testing/market.ts"
import { makeSigner, sealLog, type TestFact, testCrypto } from "./testing/seal.ts"
import { verifyBundle } from "./verify.ts"

/** Logs that are sealed and signed without fault, but tell of something that may not happen. */
const origin = "quanheng/test/0a1b2c3d"
const signer = makeSigner(origin)

async function failuresOf(facts: readonly TestFact[], from = 0): Promise<string[]> {
  const files = makeBundle(sealLog(origin, facts), signer, from)
  const report = await verifyBundle(memoryBundle(files), { crypto: testCrypto, keys: [signer.key] })
  return report.failures.map(({ code, record }) => `${code} ${record}`)
}

const trade = paidTrade(1)
const at = (index: number): TestFact => trade[index] as TestFact
const withValues = (fact: TestFact, values: Record<string, Json>): TestFact => ({
  ...fact,
  values: { ...fact.values, ...values },
})
const without = (...indices: number[]): TestFact[] => trade.filter((_, i) => !indices.includes(i))
const changed = (index: number, values: Record<string, Json>): TestFact[] =>
  trade.with(index, withValues(at(index), values))

const frozen = (index: number, version: number, state: string): TestFact[] => {
  const freeze: TestFact = {
    ...at(5),
    type: "trade.frozen@1",
    values: { version, state, freeze: "frz_00000000000000000000000001" },
  }
  const later = trade
    .slice(index)
    .map((fact) =>
      fact.type.startsWith("trade.")
        ? withValues(fact, { version: (fact.values.version as number) + 1 })
        : fact,
    )
  return [...trade.slice(0, index), freeze, ...later]
}

describe("the meaning of the records", () => {
  test("a whole trade is right", async () => {
    expect(await failuresOf(trade)).toEqual([])
  })

  test.each<[string, TestFact[], string]>([
    ["a trade that begins in the middle", trade.slice(3), "step_illegal 0"],
    ["a trade accepted before it was delivered", without(7), "step_illegal 8"],
    ["a trade settled twice", [...trade, withValues(at(12), { version: 8 })], "step_illegal 13"],
    [
      "a fact that says another state than its step leads to",
      changed(9, { state: "settled" }),
      "step_illegal 9",
    ],
    ["a version left out", changed(9, { version: 7 }), "version_gap 9"],
    ["a version told twice", changed(9, { version: 5 }), "version_gap 9"],
    ["a delivery while frozen", frozen(7, 5, "funded"), "step_while_frozen 8"],
    ["a freeze that changes the state", frozen(7, 5, "delivered"), "step_illegal 7"],
    ["money held twice", trade.toSpliced(5, 0, withValues(at(4), { version: 3 })), "payment_step_illegal 5"],
    ["money parted that was never held", without(4), "payment_step_illegal 9"],
    ["money released before it was parted", without(10), "payment_step_illegal 10"],
    [
      "a seller paid twice",
      trade.toSpliced(12, 0, withValues(at(11), { version: 5 })),
      "payment_step_illegal 12",
    ],
    ["a trade settled without its payment", without(2, 4, 10, 11), "trade_without_payment 8"],
    [
      "an amount that is not the journal's",
      changed(4, { amount: { minor: "9999", currency: "CNY" } }),
      "amount_mismatch 4",
    ],
    [
      "a fee that is not the journal's",
      changed(10, { fee: { minor: "999", currency: "CNY" } }),
      "amount_mismatch 10",
    ],
    [
      "more parted than held",
      changed(10, { refund: { minor: "1", currency: "CNY" } }),
      "released_over_held 10",
    ],
    [
      "a body without a member",
      trade.with(9, { ...at(9), values: { version: 6, state: "accepted" } }),
      "body_malformed 9",
    ],
    ["a body with an unknown member", changed(9, { secretly: 1 }), "body_malformed 9"],
  ])("%s is named", async (_, facts, expected) => {
    expect(await failuresOf(facts)).toContain(expected)
  })

  test("more leaves the held funds, in the book, than came in", async () => {
    const postings = [
      { account: "held:trd_00000000000000000000000001", debit: { minor: "20000", currency: "CNY" } },
      { account: "platform_fee", credit: { minor: "20000", currency: "CNY" } },
    ] as const
    const journal = { ...(at(10).journal as NonNullable<TestFact["journal"]>), postings: [...postings] }
    expect(await failuresOf(trade.with(10, { ...at(10), journal }))).toContain("released_over_held 10")
  })

  test("a range that begins inside a trade assumes what was before, and no more", async () => {
    for (const from of [1, 4, 5, 9, 11]) expect(await failuresOf(trade, from)).toEqual([])
    expect(await failuresOf(without(7), 4)).toContain("step_illegal 8")
  })
})
