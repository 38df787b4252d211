import type { Json } from "../canonical-json.ts"
import type { AccountKind, Journal } from "../escrow.ts"
import type { FactType } from "./fact.ts"
import type { FailureList } from "./failure.ts"
import type { KeyTable } from "./key-table.ts"
import { credited, minor } from "./replay-payment.ts"

type Side = "debit" | "credit"

type MoneyStep = {
  /** The states that it may follow; none: it is the first. */
  readonly after: readonly string[]
  readonly state: string
  /** Opened amounts, and what the journal moves for each. */
  readonly moves: readonly (readonly [value: string, account: AccountKind, side: Side])[]
}

/** The steps of what moves money beside a payment's own legs. */
const moneySteps = {
  "chargeback.opened@1": {
    after: [],
    state: "opened",
    moves: [
      ["amount", "dispute_withdrawn", "debit"],
      ["fee", "dispute_fees", "debit"],
    ],
  },
  "chargeback.answered@1": { after: ["opened"], state: "answered", moves: [] },
  "chargeback.conceded@1": { after: ["opened"], state: "conceded", moves: [] },
  "chargeback.won@1": {
    after: ["opened", "answered", "conceded"],
    state: "won",
    moves: [
      ["amount", "dispute_withdrawn", "credit"],
      ["feeReturned", "dispute_fees", "credit"],
    ],
  },
  "chargeback.lost@1": {
    after: ["opened", "answered", "conceded"],
    state: "lost",
    moves: [["amount", "dispute_withdrawn", "credit"]],
  },
  "payout.started@1": { after: [], state: "started", moves: [] },
  "payout.paid@1": { after: ["started"], state: "paid", moves: [["amount", "bank", "debit"]] },
  "payout.failed@1": { after: ["started"], state: "failed", moves: [] },
  "payout.returned@1": { after: ["paid"], state: "failed", moves: [["amount", "bank", "credit"]] },
  "correction.asked@1": { after: [], state: "asked", moves: [] },
  "correction.dropped@1": { after: ["asked"], state: "dropped", moves: [] },
  "correction.matched@1": { after: ["asked"], state: "booked", moves: [] },
  "correction.bookedIn@1": { after: ["asked"], state: "booked", moves: [["amount", "suspense", "debit"]] },
  "correction.bookedOut@1": { after: ["asked"], state: "booked", moves: [["amount", "suspense", "credit"]] },
  "correction.taxPaid@1": {
    after: ["asked"],
    state: "booked",
    moves: [
      ["amount", "tax_payable", "debit"],
      ["amount", "bank", "credit"],
    ],
  },
  "topUp.started@1": { after: [], state: "started", moves: [] },
  "topUp.failed@1": { after: ["started"], state: "failed", moves: [] },
  "topUp.received@1": {
    after: ["started", "failed"],
    state: "received",
    moves: [["amount", "buyer_credit", "credit"]],
  },
  "topUp.contested@1": {
    after: ["received"],
    state: "contested",
    moves: [
      ["amount", "dispute_withdrawn", "debit"],
      ["fee", "dispute_fees", "debit"],
    ],
  },
  "topUp.cleared@1": {
    after: ["contested"],
    state: "received",
    moves: [["amount", "dispute_withdrawn", "credit"]],
  },
  "topUp.lost@1": {
    after: ["contested"],
    state: "lost",
    moves: [["amount", "dispute_withdrawn", "credit"]],
  },
  "withdrawal.asked@1": { after: [], state: "asked", moves: [] },
  "withdrawal.approved@1": { after: ["asked"], state: "approved", moves: [] },
  "withdrawal.refused@1": { after: ["asked", "approved"], state: "refused", moves: [] },
  "withdrawal.paid@1": {
    after: ["approved"],
    state: "paid",
    moves: [["amount", "buyer_credit", "debit"]],
  },
  "withdrawal.returned@1": {
    after: ["paid"],
    state: "returned",
    moves: [["amount", "buyer_credit", "credit"]],
  },
} as const satisfies Partial<Record<FactType, MoneyStep>>

type MoneyFactType = keyof typeof moneySteps

export const isMoneyFact = (type: FactType): type is MoneyFactType => Object.hasOwn(moneySteps, type)

/** Replays chargebacks, payouts, corrections, top-ups and withdrawals: their steps, and the opened amounts against their journals. */
export class MoneyReplay {
  private readonly failures: FailureList
  private readonly keys: KeyTable
  /** What each journal does to the held funds of its trade. */
  private readonly moveHeld: (record: number, journal: Journal) => void
  private readonly states = new Map<number, string | null>()
  private assumeUnseen: boolean

  constructor(
    failures: FailureList,
    keys: KeyTable,
    moveHeld: (record: number, journal: Journal) => void,
    assumeUnseen: boolean,
  ) {
    this.failures = failures
    this.keys = keys
    this.moveHeld = moveHeld
    this.assumeUnseen = assumeUnseen
  }

  forget(keys: readonly string[] | null): void {
    this.assumeUnseen = true
    if (keys === null) this.states.clear()
    else for (const key of keys) this.states.set(this.keys.idOfText(key), null)
  }

  step(
    record: number,
    key: number,
    type: MoneyFactType,
    values: ReadonlyMap<string, Json>,
    journal: Journal | null,
  ): void {
    const step: MoneyStep = moneySteps[type]
    if (!this.mayFollow(step, this.states.get(key)))
      this.failures.add("payment_step_illegal", { record, detail: `${this.keys.textOf(key)}: ${type}` })
    this.states.set(key, step.state)
    if (journal === null) return
    for (const [name, account, side] of step.moves) {
      const expected = minor(values, name)
      const found = side === "credit" ? credited(journal, account) : -credited(journal, account)
      if (expected !== null && expected !== found)
        this.failures.add("amount_mismatch", { record, detail: `${name} ${expected} ≠ ${found}` })
    }
    this.moveHeld(record, journal)
  }

  private mayFollow({ after }: MoneyStep, before: string | null | undefined): boolean {
    if (before === null) return true
    if (before === undefined) return after.length === 0 || this.assumeUnseen
    return after.includes(before)
  }
}
