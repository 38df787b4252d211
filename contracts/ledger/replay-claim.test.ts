import { describe, expect, test } from "vitest"
import type { FactType } from "./fact.ts"
import type { FailureList } from "./failure.ts"
import type { KeyTable } from "./key-table.ts"
import { ClaimReplay } from "./replay-claim.ts"

/** Replays facts about one thing, each with its opened amount, and answers what was found, as `code record`. */
function found(facts: readonly (readonly [FactType, number?])[]): string[] {
  const failures: string[] = []
  const list = { add: (code: string, { record }: { record: number }) => failures.push(`${code} ${record}`) }
  const replay = new ClaimReplay(
    list as unknown as FailureList,
    { textOf: () => "it" } as unknown as KeyTable,
    false,
  )
  facts.forEach(([type, amount], record) => {
    const opened =
      amount === undefined ? [] : [["/body/amount", { minor: String(amount), currency: "CNY" }] as const]
    replay.step(record, 1, type, new Map(opened), null)
  })
  return failures
}

describe("refunds and debts replayed", () => {
  test.each<[string, (readonly [FactType, number?])[], string[]]>([
    [
      "a refund that came back",
      [["refund.decided@1"], ["refund.repaid@1"], ["refund.returned@1"], ["refund.repaid@1"]],
      [],
    ],
    [
      "a refund paid twice",
      [["refund.decided@1"], ["refund.repaid@1"], ["refund.repaid@1"]],
      ["payment_step_illegal 2"],
    ],
    [
      "one paid that was only asked for",
      [["refund.asked@1"], ["refund.repaid@1"]],
      ["payment_step_illegal 1"],
    ],
    [
      "one decided after it was dropped",
      [["refund.asked@1"], ["refund.dropped@1"], ["refund.decided@1"]],
      ["payment_step_illegal 2"],
    ],
    [
      "a refund that a chargeback lowered and then ended",
      [["refund.decided@1"], ["refund.lowered@1"], ["refund.chargedBack@1"]],
      [],
    ],
    [
      "one that was paid by bank as the provider refused it",
      [["refund.decided@1"], ["refund.bankAsked@1"], ["refund.toBank@1"], ["refund.repaid@1"]],
      [],
    ],
    [
      "one that is to be paid by bank after it was paid",
      [["refund.decided@1"], ["refund.repaid@1"], ["refund.toBank@1"]],
      ["payment_step_illegal 2"],
    ],
    [
      "one paid after a chargeback ended it",
      [["refund.decided@1"], ["refund.chargedBack@1"], ["refund.repaid@1"]],
      ["payment_step_illegal 2"],
    ],
    [
      "one that a chargeback ended after it was paid",
      [["refund.decided@1"], ["refund.repaid@1"], ["refund.chargedBack@1"]],
      ["payment_step_illegal 2"],
    ],
    [
      "a debt paid in two ways",
      [["debt.opened@1", 90], ["debt.owed@1"], ["debt.netted@1", 60], ["debt.repaid@1", 30]],
      [],
    ],
    [
      "one that two operators took out of the balance",
      [["debt.opened@1", 90], ["debt.owed@1"], ["debt.takeAsked@1"], ["debt.takenBack@1", 90]],
      [],
    ],
    [
      "more taken than was owed",
      [["debt.opened@1", 90], ["debt.owed@1"], ["debt.netted@1", 91]],
      ["amount_mismatch 2"],
    ],
    [
      "a debt lowered after it was written off",
      [
        ["debt.opened@1", 90],
        ["debt.writtenOff@1", 90],
        ["debt.repaid@1", 1],
      ],
      ["payment_step_illegal 2", "amount_mismatch 2"],
    ],
    ["a debt that was never opened", [["debt.repaid@1", 1]], ["payment_step_illegal 0"]],
  ])("%s", (_, facts, expected) => expect(found(facts)).toEqual(expected))
})
