import type { Json } from "../../canonical-json.ts"
import type { Journal, Posting } from "../../escrow.ts"
import type { TestFact } from "./seal.ts"

/** For tests: the facts of whole trades, interleaved, as a market would certify them. */
const hash = (digit: string): string => digit.repeat(64)
const idOf = (prefix: string, n: number): string => `${prefix}_${n.toString().padStart(26, "0")}`
const cny = (minor: number) => ({ minor: String(minor), currency: "CNY" as const })

export const tradeId = (n: number): string => idOf("trd", n)

function journal(type: string, trade: number, postings: Posting[]): Journal {
  return {
    source: { type, id: idOf("pay", trade) },
    trade: tradeId(trade),
    occurredAt: "2026-01-01T00:00:00.000Z",
    postings,
  }
}

/** The facts of one paid trade, of 100.00 with a fee of 10 %, from proposal to settlement: 13 records. */
export function paidTrade(n: number): TestFact[] {
  const trade = tradeId(n)
  const payment = idOf("pay", n)
  const listing = `l:${hash("a")}`
  const step = (
    type: TestFact["type"],
    version: number,
    state: string,
    values: Record<string, Json> = {},
  ) => ({
    type,
    threads: [trade, listing],
    values: { version, state, ...values },
  })
  const pay = (
    type: TestFact["type"],
    version: number,
    values: Record<string, Json>,
    postings?: Posting[],
  ): TestFact => ({
    type,
    threads: [payment, trade],
    values: { version, trade, ...values },
    ...(postings === undefined ? {} : { journal: journal(type.split("@")[0] as string, n, postings) }),
  })
  const agreed = { side: "buyer", agreementHash: hash("b"), method: "click", user: "usr_x" }
  const delivered = { grant: idOf("gra", n), versionHash: hash("c"), measuredHash: hash("c"), check: "same" }
  return [
    step("trade.proposed@1", 1, "proposed", {
      deadline: null,
      buyer: "甲",
      seller: "乙",
      listing: "lst_x",
      price: cny(10000),
    }),
    step("trade.agreed@1", 2, "agreed", { ...agreed, standing: true }),
    pay("payment.started@1", 1, { rail: "bank", amount: cny(10000) }),
    step("trade.funding@1", 3, "funding", { payment, rail: "bank" }),
    pay("payment.held@1", 2, { rail: "bank", amount: cny(10000) }, [
      { account: "bank", debit: cny(10000) },
      { account: `held:${trade}`, credit: cny(10000) },
    ]),
    step("trade.funded@1", 4, "funded", { payment }),
    {
      type: "grant.issued@2",
      threads: [idOf("gra", n), trade],
      values: { version: 1, trade, versionHash: hash("c"), expires: "2027-01-01T00:00:00.000Z" },
    },
    step("trade.delivered@2", 5, "delivered", delivered),
    {
      type: "grant.fetched@2",
      threads: [idOf("gra", n), trade],
      values: { version: 2, trade, sha256: hash("d"), user: "usr_x" },
    },
    step("trade.accepted@1", 6, "accepted", { by: "buyer" }),
    pay("payment.parted@1", 3, { release: cny(10000), fee: cny(1000), refund: cny(0) }, [
      { account: `held:${trade}`, debit: cny(10000) },
      { account: "seller_payable:pty_x", credit: cny(9000) },
      { account: "platform_fee", credit: cny(1000) },
    ]),
    pay("payment.released@1", 4, { amount: cny(9000), reference: "QH1" }, [
      { account: "seller_payable:pty_x", debit: cny(9000) },
      { account: "bank", credit: cny(9000) },
    ]),
    step("trade.settled@1", 7, "settled", { payment }),
  ]
}

/** Trades one after the other in pairs, their records interleaved; cut to `records`. */
export function market(records: number): TestFact[] {
  const facts: TestFact[] = []
  for (let n = 1; facts.length < records; n += 2) {
    const [a, b] = [paidTrade(n), paidTrade(n + 1)]
    facts.push(...a.flatMap((fact, i) => [fact, b[i] as TestFact]))
  }
  return facts.slice(0, records)
}
