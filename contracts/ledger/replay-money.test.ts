import { expect, test } from "vitest"
import type { Json } from "../canonical-json.ts"
import type { Posting } from "../escrow.ts"
import { memoryBundle } from "./bundle.ts"
import { makeBundle } from "./testing/bundle.ts"
import { origin, signer } from "./testing/fixture.ts"
import { paidTrade, tradeId } from "./testing/market.ts"
import { sealLog, type TestFact, testCrypto } from "./testing/seal.ts"
import { verifyBundle } from "./verify.ts"

/** What moves money beside a payment's legs, replayed. Each wrong log is the right one with one change. */
const cny = (minor: string) => ({ minor, currency: "CNY" as const })
const trade = tradeId(1)
const payment = "pay_00000000000000000000000001"
const chargeback = "cbk_00000000000000000000000001"
const payout = "pyo_00000000000000000000000001"

function fact(
  type: TestFact["type"],
  threads: string[],
  values: Record<string, Json>,
  postings?: Posting[],
): TestFact {
  const [source] = type.split("@") as [string]
  const journal = {
    source: { type: source, id: threads[0] as string },
    trade: threads.includes(trade) ? trade : null,
    occurredAt: "2026-01-02T00:00:00.000Z",
    postings: postings ?? [],
  }
  return { type, threads, values, ...(postings === undefined ? {} : { journal }) }
}

const opened = fact(
  "chargeback.opened@1",
  [chargeback, trade],
  { version: 1, trade, payment, reason: "fraudulent", amount: cny("10000"), fee: cny("1500") },
  [
    { account: "dispute_withdrawn", debit: cny("10000") },
    { account: "dispute_fees", debit: cny("1500") },
    { account: "provider_available", credit: cny("11500") },
  ],
)
const contested = fact("payment.contested@1", [payment, trade], { version: 3, trade, chargeback })
const answered = fact("chargeback.answered@1", [chargeback, trade], {
  version: 2,
  trade,
  evidenceHash: "ab".repeat(32),
})
const conceded = fact("chargeback.conceded@1", [chargeback, trade], { version: 2, trade })
const lost = fact("chargeback.lost@1", [chargeback, trade], { version: 3, trade, amount: cny("10000") }, [
  { account: `held:${trade}`, debit: cny("10000") },
  { account: "dispute_withdrawn", credit: cny("10000") },
])
const chargedBack = fact("payment.chargedBack@1", [payment, trade], {
  version: 4,
  trade,
  chargeback,
  lost: cny("10000"),
  release: cny("0"),
  fee: cny("0"),
  refund: cny("0"),
})
const ended = fact("trade.chargedBack@1", [trade], {
  version: 6,
  state: "refunded",
  payment,
  chargeback,
})
/** Paid and delivered, then taken back by the bank. */
const beforeRelease = [...paidTrade(1).slice(0, 9), opened, contested, answered, lost, chargedBack, ended]

const platform = [
  fact("payout.started@1", [payout], { version: 1, amount: cny("500") }),
  fact("payout.paid@1", [payout], { version: 2, amount: cny("500"), reference: "po_1" }, [
    { account: "bank", debit: cny("500") },
    { account: "provider_available", credit: cny("500") },
  ]),
  fact("payout.returned@1", [payout], { version: 3, reason: "account_closed", amount: cny("500") }, [
    { account: "provider_available", debit: cny("500") },
    { account: "bank", credit: cny("500") },
  ]),
]

const [early, late] = ["cor_00000000000000000000000001", "cor_00000000000000000000000002"]
const corrected = [
  fact("correction.asked@1", [early], { version: 1, kind: "line", reason: "ownResult", amount: cny("70") }),
  fact(
    "correction.bookedOut@1",
    [early],
    { version: 2, reason: "ownResult", amount: cny("70"), reference: "txn_1" },
    [
      { account: "other_cost", debit: cny("70") },
      { account: "suspense", credit: cny("70") },
    ],
  ),
  fact("correction.asked@1", [late], { version: 1, kind: "tax", reason: "taxPaid", amount: cny("80") }),
  fact("correction.taxPaid@1", [late], { version: 2, reason: "taxPaid", amount: cny("80") }, [
    { account: "tax_payable", debit: cny("80") },
    { account: "bank", credit: cny("80") },
  ]),
]

/** Parted in two; the buyer's part goes by bank, as the provider refuses it. */
const byBank = [
  ...paidTrade(1).slice(0, 10),
  fact(
    "payment.parted@1",
    [payment, trade],
    { version: 3, trade, release: cny("6000"), fee: cny("600"), refund: cny("4000") },
    [
      { account: `held:${trade}`, debit: cny("10000") },
      { account: "seller_payable:pty_x", credit: cny("5400") },
      { account: "platform_fee", credit: cny("600") },
      { account: `refund_payable:${trade}`, credit: cny("4000") },
    ],
  ),
  fact("payment.bankAsked@1", [payment, trade], { version: 4, trade, to: "6222", note: "closed" }),
  fact("payment.toBank@1", [payment, trade], { version: 5, trade, to: "6222", note: "closed" }),
  fact(
    "payment.refunded@1",
    [payment, trade],
    { version: 6, trade, amount: cny("4000"), reference: "BL-1" },
    [
      { account: `refund_payable:${trade}`, debit: cny("4000") },
      { account: "bank", credit: cny("4000") },
    ],
  ),
]

async function failuresOf(facts: readonly TestFact[]): Promise<string[]> {
  const files = makeBundle(sealLog(origin, facts), signer)
  const report = await verifyBundle(memoryBundle(files), { crypto: testCrypto, keys: [signer.key] })
  return report.failures.map(({ code, record }) => `${code} ${record}`)
}

const changed = (facts: readonly TestFact[], index: number, values: Record<string, Json>): TestFact[] =>
  facts.with(index, { ...(facts[index] as TestFact), values: { ...facts[index]?.values, ...values } })

test("a payment that the bank took back ends its trade, a payout that came back is a payout, and a correction one", async () => {
  expect(await failuresOf(beforeRelease)).toEqual([])
  expect(await failuresOf(beforeRelease.with(11, conceded))).toEqual([])
  expect(await failuresOf(platform)).toEqual([])
  expect(await failuresOf(corrected)).toEqual([])
  expect(await failuresOf(byBank)).toEqual([])
})

test.each<[string, TestFact[], string]>([
  [
    "a chargeback that nobody opened",
    beforeRelease.filter((one) => one !== opened),
    "payment_step_illegal 10",
  ],
  [
    "a chargeback lost twice",
    [...beforeRelease, changed([lost], 0, { version: 4 })[0] as TestFact],
    "payment_step_illegal 15",
  ],
  [
    "an answer to one that was conceded",
    beforeRelease.toSpliced(11, 0, changed([conceded], 0, {})[0] as TestFact),
    "payment_step_illegal 12",
  ],
  [
    "an answer after the end",
    [...beforeRelease, changed([answered], 0, { version: 4 })[0] as TestFact],
    "payment_step_illegal 15",
  ],
  [
    "an amount that is not its journal's",
    changed(beforeRelease, 9, { amount: cny("9999") }),
    "amount_mismatch 9",
  ],
  [
    "a trade charged back whose payment was not",
    beforeRelease.filter((one) => one !== chargedBack),
    "trade_without_payment 13",
  ],
  [
    "a refund said to go by bank after it went",
    [...byBank, ...changed(byBank.slice(12, 13), 0, { version: 7 })],
    "payment_step_illegal 14",
  ],
  ["a correction that nobody asked for", corrected.slice(1), "payment_step_illegal 0"],
  [
    "a correction of another amount than booked",
    changed(corrected, 1, { amount: cny("71") }),
    "amount_mismatch 1",
  ],
  ["tax of another amount than booked", changed(corrected, 3, { amount: cny("79") }), "amount_mismatch 3"],
  ["a payout that came back before it was paid", platform.toSpliced(1, 1), "payment_step_illegal 1"],
  [
    "a payout of another amount than booked",
    changed(platform, 1, { amount: cny("501") }),
    "amount_mismatch 1",
  ],
])("%s is found", async (_, facts, finds) => {
  expect(await failuresOf(facts)).toContain(finds)
})

const bob = "pty_00000000000000000000000002"
const topUp = "tup_00000000000000000000000001"
const withdrawal = "wdr_00000000000000000000000001"
const moved = (cause: string, version: number, why: string, number: number, totals: [string, string]) =>
  fact("balance.moved@1", [cause], {
    version,
    why,
    balance: "bal_00000000000000000000000001",
    number,
    available: cny(totals[0]),
    reserved: cny(totals[1]),
  })
/** Topped up by 10.00; 4.00 of it is taken out again. */
const prepaid = [
  fact("topUp.started@1", [topUp], { version: 1, rail: "bank", amount: cny("1000") }),
  fact(
    "topUp.received@1",
    [topUp],
    {
      version: 2,
      rail: "bank",
      amount: cny("1000"),
      reference: "BR-1",
    },
    [
      { account: "bank", debit: cny("1000") },
      { account: `buyer_credit:${bob}`, credit: cny("1000") },
    ],
  ),
  moved(topUp, 2, "toppedUp", 1, ["1000", "0"]),
  fact("withdrawal.asked@1", [withdrawal], { version: 1, amount: cny("400"), account: "6222" }),
  moved(withdrawal, 1, "reserved", 2, ["600", "400"]),
  fact("withdrawal.approved@1", [withdrawal], { version: 2, by: "party" }),
  fact("withdrawal.paid@1", [withdrawal], { version: 3, amount: cny("400"), reference: "BP-1" }, [
    { account: `buyer_credit:${bob}`, debit: cny("400") },
    { account: "bank", credit: cny("400") },
  ]),
  moved(withdrawal, 3, "withdrawn", 3, ["600", "0"]),
]

/** What another process wrote between a movement and its cause. */
const between = fact(
  "topUp.received@1",
  ["tup_00000000000000000000000002"],
  { version: 2, rail: "bank", amount: cny("50"), reference: "BR-2" },
  [
    { account: "bank", debit: cny("50") },
    { account: "buyer_credit:pty_00000000000000000000000003", credit: cny("50") },
  ],
)
const other = fact("topUp.started@1", ["tup_00000000000000000000000002"], {
  version: 1,
  rail: "bank",
  amount: cny("50"),
})
const apart = [other, ...prepaid.toSpliced(2, 0, between)]

test("a balance is what came in and went out of it, also where others wrote between", async () => {
  expect(await failuresOf(prepaid)).toEqual([])
  expect(await failuresOf(apart)).toEqual([])
})

test.each<[string, TestFact[], string]>([
  [
    "a balance that has less than came in",
    changed(prepaid, 2, { available: cny("999") }),
    "amount_mismatch 2",
  ],
  [
    "one from which more is set aside than it has",
    changed(prepaid, 4, { reserved: cny("401") }),
    "amount_mismatch 4",
  ],
  [
    "a balance that has less than came in, told after a record of another's",
    changed(apart, 4, { available: cny("999") }),
    "amount_mismatch 4",
  ],
  [
    "a movement by what moved no balance",
    prepaid.toSpliced(
      1,
      1,
      fact(
        "topUp.received@1",
        [topUp],
        { version: 2, rail: "bank", amount: cny("1000"), reference: "BR-1" },
        [
          { account: "bank", debit: cny("1000") },
          { account: "provider_pending", credit: cny("1000") },
        ],
      ),
    ),
    "amount_mismatch 2",
  ],
  ["a movement told twice", [...prepaid, prepaid[7] as TestFact], "version_gap 8"],
  ["a balance that pays out what never came in", prepaid.toSpliced(1, 2), "amount_mismatch 4"],
  ["a withdrawal that nobody approved", prepaid.toSpliced(5, 1), "payment_step_illegal 5"],
  [
    "a top-up received twice",
    [...prepaid, changed(prepaid, 1, { version: 3 })[1] as TestFact],
    "payment_step_illegal 8",
  ],
])("%s is found", async (_, facts, finds) => {
  expect(await failuresOf(facts)).toContain(finds)
})
