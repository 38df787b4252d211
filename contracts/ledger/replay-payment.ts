import type { Json } from "../canonical-json.ts"
import { type AccountKind, accountKind, type Journal, signed } from "../escrow.ts"
import { type Money, minorOf, money } from "../money.ts"
import type { FactType } from "./fact.ts"
import type { FailureList } from "./failure.ts"
import type { KeyTable } from "./key-table.ts"

type PaymentReplayState = {
  state: "started" | "failed" | "held" | "parting"
  released: boolean
  refunded: boolean
  /** A chargeback has taken what was there, or a part. */
  chargedBack: boolean
  /** What is held, in minor units, where it was opened. */
  held: bigint | null
}

/** Which states each payment fact may follow; each leg is paid out at most once. */
const follows = {
  "payment.held@1": ["started", "failed"],
  "payment.failed@1": ["started"],
  "payment.parted@1": ["held"],
  "payment.parted@2": ["held"],
  "payment.released@1": ["parting"],
  "payment.refunded@1": ["parting"],
  "payment.givenBack@1": ["held", "parting"],
  "payment.redirected@1": ["parting"],
  "payment.netted@1": ["parting"],
  "payment.contested@1": ["held", "parting"],
  "payment.cleared@1": ["held", "parting"],
  "payment.chargedBack@1": ["held", "parting"],
  "payment.releaseReturned@1": ["parting"],
  "payment.refundReturned@1": ["parting"],
  "payment.offset@1": ["parting"],
  "payment.bankAsked@1": ["parting"],
  "payment.bankDropped@1": ["parting"],
  "payment.toBank@1": ["parting"],
} as const satisfies Record<string, readonly PaymentReplayState["state"][]>

/** Null: it stays as it was. */
const stateAfter = {
  "payment.started@1": "started",
  "payment.prepaid@1": "held",
  "payment.held@1": "held",
  "payment.failed@1": "failed",
  "payment.parted@1": "parting",
  "payment.parted@2": "parting",
  "payment.released@1": "parting",
  "payment.refunded@1": "parting",
  "payment.givenBack@1": null,
  "payment.redirected@1": "parting",
  "payment.netted@1": "parting",
  "payment.contested@1": null,
  "payment.cleared@1": null,
  "payment.chargedBack@1": null,
  "payment.releaseReturned@1": "parting",
  "payment.refundReturned@1": "parting",
  "payment.offset@1": "parting",
  "payment.bankAsked@1": "parting",
  "payment.bankDropped@1": "parting",
  "payment.toBank@1": "parting",
} as const

type PaymentFactType = keyof typeof stateAfter

/** How a payment begins: with a money to come, or with money that is here. */
const beginnings: readonly PaymentFactType[] = ["payment.started@1", "payment.prepaid@1"]
const partings: readonly PaymentFactType[] = ["payment.parted@1", "payment.parted@2"]
/** About a refund leg that has not gone back. */
const bankFacts: readonly PaymentFactType[] = [
  "payment.bankAsked@1",
  "payment.bankDropped@1",
  "payment.toBank@1",
]
export const isPaymentFact = (type: FactType): type is PaymentFactType => Object.hasOwn(stateAfter, type)

/** Replays payments: their steps, the amounts against their journals, and the held funds of each trade. */
export class PaymentReplay {
  private readonly failures: FailureList
  private readonly payments = new Map<number, PaymentReplayState | null>()
  /** The balance of each `held:<trade>` account and currency; null where the opening balance is not known. */
  private readonly heldFunds = new Map<string, bigint | null>()
  private readonly keys: KeyTable
  private assumeUnseen: boolean

  constructor(failures: FailureList, keys: KeyTable, assumeUnseen: boolean) {
    this.failures = failures
    this.keys = keys
    this.assumeUnseen = assumeUnseen
  }

  forget(keys: readonly string[] | null): void {
    this.assumeUnseen = true
    this.heldFunds.clear()
    if (keys === null) this.payments.clear()
    else for (const key of keys) this.payments.set(this.keys.idOfText(key), null)
  }

  step(
    record: number,
    key: number,
    type: PaymentFactType,
    values: ReadonlyMap<string, Json>,
    journal: Journal | null,
  ): void {
    const before = this.payments.get(key)
    if (!this.mayFollow(type, before))
      this.failures.add("payment_step_illegal", { record, detail: `${this.keys.textOf(key)}: ${type}` })
    const after: PaymentReplayState = {
      state: stateAfter[type] ?? before?.state ?? "held",
      held: heldAfter(type, before, values),
      released: isDone(type, "payment.released@1", "payment.releaseReturned@1", before?.released),
      refunded: isDone(type, "payment.refunded@1", "payment.refundReturned@1", before?.refunded),
      chargedBack: type === "payment.chargedBack@1" || before?.chargedBack === true,
    }
    if (partings.includes(type)) this.checkParts(record, after, values)
    this.payments.set(key, after)
    if (journal === null) return
    for (const [name, expected, found] of amountsOf(type, values, journal))
      if (expected !== found)
        this.failures.add("amount_mismatch", {
          record,
          detail: `${name} ${expected} ≠ ${found}`,
        })
    this.moveHeld(record, journal)
  }

  private mayFollow(type: PaymentFactType, before: PaymentReplayState | null | undefined): boolean {
    if (before === null) return true
    if (before === undefined) return beginnings.includes(type) || this.assumeUnseen
    if (beginnings.includes(type)) return false
    if (type === "payment.released@1" && before.released) return false
    if (type === "payment.refunded@1" && before.refunded) return false
    if (type === "payment.releaseReturned@1" && !before.released) return false
    if (type === "payment.refundReturned@1" && !before.refunded) return false
    if (bankFacts.includes(type) && before.refunded) return false
    if (type === "payment.offset@1" && (before.refunded || !before.chargedBack)) return false
    const allowed: readonly string[] = follows[type as keyof typeof follows]
    return allowed.includes(before.state)
  }

  private checkParts(record: number, payment: PaymentReplayState, values: ReadonlyMap<string, Json>): void {
    const [release, refund] = [minor(values, "release"), minor(values, "refund")]
    if (payment.held === null || release === null || refund === null) return
    if (release + refund > payment.held)
      this.failures.add("released_over_held", {
        record,
        detail: `${release + refund} > ${payment.held}`,
      })
  }

  /** What a journal adds to the held funds of its trade, or takes. */
  moveHeld(record: number, journal: Journal): void {
    for (const posting of journal.postings) {
      if (accountKind(posting.account) !== "held") continue
      const { currency } = "debit" in posting ? posting.debit : posting.credit
      const key = `${posting.account} ${currency}`
      const before = this.heldFunds.get(key)
      const added = -signed(posting)
      if (before === null || (before === undefined && this.assumeUnseen && added < 0n)) {
        this.heldFunds.set(key, null)
        continue
      }
      const balance = (before ?? 0n) + added
      if (balance < 0n)
        this.failures.add("released_over_held", {
          record,
          detail: `${posting.account} ${balance}`,
        })
      if (balance === 0n) this.heldFunds.delete(key)
      else this.heldFunds.set(key, balance)
    }
  }

  /** A trade that ends by a payment needs one whose parts were decided. */
  checkEnd(record: number, payment: number, text: string | null): void {
    if (text === null) return
    const state = this.payments.get(payment)
    if (state === null || (state === undefined && this.assumeUnseen)) return
    if (state?.state !== "parting" && state?.chargedBack !== true)
      this.failures.add("trade_without_payment", { record, detail: text })
  }
}

/** What is still held: money that is given back before the parting leaves less to part. */
function heldAfter(
  type: PaymentFactType,
  before: PaymentReplayState | null | undefined,
  values: ReadonlyMap<string, Json>,
): bigint | null {
  if (type === "payment.held@1" || type === "payment.prepaid@1") return minor(values, "amount")
  const held = before?.held ?? null
  if (before?.state !== "held" || held === null) return held
  if (type !== "payment.givenBack@1" && type !== "payment.chargedBack@1") return held
  const given = minor(values, type === "payment.givenBack@1" ? "amount" : "lost")
  return given === null ? null : held - given
}

export function minor(values: ReadonlyMap<string, Json>, name: string): bigint | null {
  const value = values.size === 0 ? undefined : values.get(`/body/${name}`)
  if (value === undefined) return null
  const parsed = money.safeParse(value)
  return parsed.success ? minorOf(parsed.data as Money) : null
}

/** The sum that a journal moves on accounts of a kind: credits positive. */
export function credited(journal: Journal, kind: AccountKind): bigint {
  let sum = 0n
  for (const posting of journal.postings) if (accountKind(posting.account) === kind) sum -= signed(posting)
  return sum
}
const isDone = (
  type: PaymentFactType,
  by: PaymentFactType,
  undoneBy: PaymentFactType,
  before: boolean | undefined,
): boolean => type === by || (before === true && type !== undoneBy)

type Comparison = readonly [name: string, expected: bigint, found: bigint]

/** The opened amounts of a payment fact beside what its journal moves. */
function amountsOf(type: PaymentFactType, values: ReadonlyMap<string, Json>, journal: Journal): Comparison[] {
  const compared: Comparison[] = []
  const compare = (name: string, expected: bigint | null, found: bigint): void => {
    if (expected !== null) compared.push([name, expected, found])
  }
  const amount = minor(values, "amount")
  if (type === "payment.held@1" || type === "payment.prepaid@1")
    compare("amount", amount, credited(journal, "held"))
  if (type === "payment.released@1") compare("amount", amount, -credited(journal, "seller_payable"))
  if (type === "payment.refunded@1" || type === "payment.offset@1")
    compare("amount", amount, -credited(journal, "refund_payable"))
  if (type === "payment.givenBack@1") {
    compare("amount", amount, credited(journal, "refund_payable"))
    compare("fee", minor(values, "fee"), -credited(journal, "platform_fee"))
    compare("tax", minor(values, "tax"), -credited(journal, "tax_payable"))
  }
  if (type === "payment.releaseReturned@1") compare("amount", amount, credited(journal, "seller_payable"))
  if (type === "payment.refundReturned@1") compare("amount", amount, credited(journal, "refund_payable"))
  if (!partings.includes(type)) return compared
  const [release, fee, refund] = [minor(values, "release"), minor(values, "fee"), minor(values, "refund")]
  compare("refund", refund, credited(journal, "refund_payable"))
  if (type === "payment.parted@1") {
    compare("fee", fee, credited(journal, "platform_fee") + credited(journal, "tax_payable"))
    if (release !== null && fee !== null)
      compare("release − fee", release - fee, credited(journal, "seller_payable"))
    return compared
  }
  const tax = minor(values, "tax")
  compare("fee", fee, credited(journal, "platform_fee"))
  compare("tax", tax, credited(journal, "tax_payable"))
  if (release !== null && fee !== null && tax !== null)
    compare("release − fee − tax", release - fee - tax, credited(journal, "seller_payable"))
  return compared
}
