import type { Json } from "../canonical-json.ts"
import type { Journal } from "../escrow.ts"
import type { FactType } from "./fact.ts"
import type { FailureList } from "./failure.ts"
import type { KeyTable } from "./key-table.ts"
import { credited, minor } from "./replay-payment.ts"

type ClaimState = "asked" | "decided" | "repaid" | "dropped" | "chargedBack" | "open" | "closed"

/** Which states each fact of a refund or a debt may follow; null: it is the first. */
const follows = {
  "refund.asked@1": [null],
  "refund.decided@1": [null, "asked"],
  "refund.dropped@1": ["asked"],
  "refund.repaid@1": ["decided"],
  "refund.returned@1": ["repaid"],
  "refund.offset@1": ["decided"],
  "refund.lowered@1": ["decided"],
  "refund.chargedBack@1": ["decided"],
  "refund.bankAsked@1": ["decided"],
  "refund.bankDropped@1": ["decided"],
  "refund.toBank@1": ["decided"],
  "debt.opened@1": [null],
  "debt.owed@1": ["open"],
  "debt.reversed@1": ["open"],
  "debt.netted@1": ["open"],
  "debt.takenBack@1": ["open"],
  "debt.repaid@1": ["open"],
  "debt.writeOffAsked@1": ["open"],
  "debt.takeAsked@1": ["open"],
  "debt.writtenOff@1": ["open"],
} as const satisfies Partial<Record<FactType, readonly (ClaimState | null)[]>>

type ClaimFactType = keyof typeof follows

const stateAfter: Readonly<Record<ClaimFactType, ClaimState>> = {
  "refund.asked@1": "asked",
  "refund.decided@1": "decided",
  "refund.dropped@1": "dropped",
  "refund.repaid@1": "repaid",
  "refund.returned@1": "decided",
  // Or ended, where it took all of it; nothing more follows then.
  "refund.offset@1": "decided",
  "refund.lowered@1": "decided",
  "refund.chargedBack@1": "chargedBack",
  "refund.bankAsked@1": "decided",
  "refund.bankDropped@1": "decided",
  "refund.toBank@1": "decided",
  "debt.opened@1": "open",
  "debt.owed@1": "open",
  "debt.reversed@1": "open",
  "debt.netted@1": "open",
  "debt.takenBack@1": "open",
  "debt.repaid@1": "open",
  "debt.writeOffAsked@1": "open",
  "debt.takeAsked@1": "open",
  "debt.writtenOff@1": "closed",
}

/** `open`: what of the amount is still to be paid, in minor units, where it was opened. */
type ClaimReplayState = { state: ClaimState; open: bigint | null }

/** Whether records of this noun are replayed here. */
export const isClaim = (noun: string): boolean => noun === "refund" || noun === "debt"

/** Replays refunds and sellers' debts: their steps, their amounts against their journals, and that a debt is paid once. */
export class ClaimReplay {
  private readonly failures: FailureList
  private readonly keys: KeyTable
  private readonly claims = new Map<number, ClaimReplayState | null>()
  private assumeUnseen: boolean

  constructor(failures: FailureList, keys: KeyTable, assumeUnseen: boolean) {
    this.failures = failures
    this.keys = keys
    this.assumeUnseen = assumeUnseen
  }

  forget(keys: readonly string[] | null): void {
    this.assumeUnseen = true
    if (keys === null) this.claims.clear()
    else for (const key of keys) this.claims.set(this.keys.idOfText(key), null)
  }

  step(
    record: number,
    key: number,
    factType: FactType,
    values: ReadonlyMap<string, Json>,
    journal: Journal | null,
  ): void {
    const type = factType as ClaimFactType
    const before = this.claims.get(key)
    if (!this.mayFollow(type, before))
      this.failures.add("payment_step_illegal", { record, detail: `${this.keys.textOf(key)}: ${type}` })
    const amount = minor(values, "amount")
    const open = openAfter(type, before?.open ?? null, amount)
    this.claims.set(key, { state: stateAfter[type], open })
    if (open !== null && open < 0n) this.mismatch(record, "amount", amount ?? 0n, (amount ?? 0n) + open)
    const moved = journal === null ? null : movedBy(type, journal)
    if (moved !== null && amount !== null && amount !== moved) this.mismatch(record, "amount", amount, moved)
  }

  private mismatch(record: number, name: string, expected: bigint, found: bigint): void {
    this.failures.add("amount_mismatch", { record, detail: `${name} ${expected} ≠ ${found}` })
  }

  private mayFollow(type: ClaimFactType, before: ClaimReplayState | null | undefined): boolean {
    if (before === null) return true
    const allowed: readonly (ClaimState | null)[] = follows[type]
    if (before === undefined) return allowed.includes(null) || this.assumeUnseen
    return allowed.includes(before.state)
  }
}

const asksOnly: readonly ClaimFactType[] = ["debt.owed@1", "debt.writeOffAsked@1", "debt.takeAsked@1"]

/** What is left of a debt; null where an amount was not opened, and for refunds. */
function openAfter(type: ClaimFactType, before: bigint | null, amount: bigint | null): bigint | null {
  if (type === "debt.opened@1") return amount
  if (asksOnly.includes(type)) return before
  return before === null || amount === null ? null : before - amount
}

/** What the journal of the fact moves, or null where it has none. */
function movedBy(type: ClaimFactType, journal: Journal): bigint | null {
  if (type === "refund.repaid@1" || type === "refund.offset@1") return -credited(journal, "refund_payable")
  if (type === "refund.returned@1") return credited(journal, "refund_payable")
  return type.startsWith("debt.") ? credited(journal, "seller_receivable") : null
}
