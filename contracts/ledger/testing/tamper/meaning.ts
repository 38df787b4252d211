import type { Json } from "../../../canonical-json.ts"
import type { Journal, Posting } from "../../../escrow.ts"
import { bundleFiles } from "../../export.ts"
import { makeBundle } from "../bundle.ts"
import { origin, signer } from "../fixture.ts"
import { paidTrade, tradeId } from "../market.ts"
import { sealLog, type TestFact } from "../seal.ts"
import { type Group, given, type TamperCase } from "./case.ts"

/** Logs that are sealed and signed without fault, but tell of something that may not happen. */
export const trade = paidTrade(1)

const at = (index: number): TestFact => trade[index] as TestFact

const withValues = (fact: TestFact, values: Record<string, Json>): TestFact => ({
  ...fact,
  values: { ...fact.values, ...values },
})

export const without = (...indices: number[]): TestFact[] => trade.filter((_, i) => !indices.includes(i))

const changed = (index: number, values: Record<string, Json>): TestFact[] =>
  trade.with(index, withValues(at(index), values))

/** The trade with a freeze put in before a record, and everything after it a version later. */
function frozen(index: number, version: number, state: string): TestFact[] {
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

const cny = (minor: string) => ({ minor, currency: "CNY" as const })

const withPostings = (index: number, postings: Posting[]): TestFact[] =>
  trade.with(index, { ...at(index), journal: { ...(at(index).journal as Journal), postings } })

const cases: readonly (readonly [edit: string, facts: TestFact[], finds: TamperCase["finds"][number]])[] = [
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
  ["an amount that is not its journal's", changed(4, { amount: cny("9999") }), "amount_mismatch 4"],
  ["a fee that is not its journal's", changed(10, { fee: cny("999") }), "amount_mismatch 10"],
  ["more parted than was held", changed(10, { refund: cny("1") }), "released_over_held 10"],
  [
    "more leaving the held funds, in the book, than came in",
    withPostings(10, [
      { account: `held:${tradeId(1)}`, debit: cny("20000") },
      { account: "platform_fee", credit: cny("20000") },
    ]),
    "released_over_held 10",
  ],
  [
    "a journal whose debits and credits differ, certified as it is",
    withPostings(4, [
      { account: "bank", debit: cny("9000") },
      { account: `held:${tradeId(1)}`, credit: cny("10000") },
    ]),
    `journal_unbalanced 4 ${bundleFiles.book}`,
  ],
  [
    "a step of a trade that names no trade",
    trade.with(9, { ...at(9), threads: ["l:x"] }),
    "subject_missing 9",
  ],
]

export const meaningGroups: readonly Group[] = [
  {
    title: "Sealed and signed without fault, but not allowed to happen",
    about: "The verifier replays what the records mean: steps of trades and payments, held funds, the book.",
    cases: cases.map(([edit, facts, find]) => ({
      edit,
      file: bundleFiles.records,
      make: () => given(makeBundle(sealLog(origin, facts), signer)),
      verdict: "broken",
      finds: [find],
    })),
  },
]
