import type { Json } from "../canonical-json.ts"
import type { Journal } from "../escrow.ts"
import { type TradeState, type TradeStep, tradeTransitions } from "../trade.ts"
import { isFinal, nextState } from "../transition.ts"
import type { Leaf } from "./encoding.ts"
import { ErasedValues } from "./erased-values.ts"
import type { FactType } from "./fact.ts"
import type { KnownFact } from "./fact-body.ts"
import type { FailureList } from "./failure.ts"
import type { KeyTable } from "./key-table.ts"
import { BalanceReplay } from "./replay-balance.ts"
import { ClaimReplay, isClaim } from "./replay-claim.ts"
import { isMoneyFact, MoneyReplay } from "./replay-money.ts"
import { isPaymentFact, PaymentReplay } from "./replay-payment.ts"

/** Which step of the trade's table each fact tells of. */
const stepsOfFact = {
  "trade.confirmed@1": ["confirm"],
  "trade.agreed@1": ["agree"],
  "trade.cancelled@1": ["cancel"],
  "trade.expired@1": ["expire"],
  "trade.funding@1": ["startFunding"],
  "trade.unfunded@1": ["retryFunding"],
  "trade.processing@1": ["process"],
  "trade.funded@1": ["fund", "prepay"],
  "trade.delivered@1": ["deliver"],
  "trade.delivered@2": ["deliver"],
  "trade.accepted@1": ["accept"],
  "trade.disputed@1": ["dispute"],
  "trade.resolved@1": ["resolve", "undelivered"],
  "trade.resolved@2": ["concede"],
  "trade.settled@1": ["settle"],
  "trade.refunded@1": ["refund"],
  "trade.chargedBack@1": ["chargeBack"],
} as const satisfies Partial<Record<FactType, readonly TradeStep[]>>

/** Steps that a freeze stops: what goes out, and every deadline. What comes in from outside still arrives. */
const stoppedByFreeze: readonly TradeStep[] = [
  "confirm",
  "agree",
  "cancel",
  "expire",
  "startFunding",
  "prepay",
  "deliver",
  "undelivered",
  "accept",
]

/** A freeze and its end are no steps of the trade: its state stays. */
const freezes: readonly FactType[] = ["trade.frozen@1", "trade.frozen@2"]
const releases: readonly FactType[] = ["trade.unfrozen@1", "trade.unfrozen@2"]

/** Facts about a trade that change nothing of its course. */
const asides: readonly FactType[] = [...freezes, ...releases, "trade.invoiced@1"]
const beginnings: readonly FactType[] = ["trade.proposed@1", "trade.proposed@2"]

/** The id prefix of the thread that is a fact's own subject; parties' keys are blinded and not followed. */
export const subjectPrefixes: Readonly<Record<string, string>> = {
  registration: "reg_",
  listing: "lst_",
  request: "req_",
  round: "rnd_",
  trade: "trd_",
  payment: "pay_",
  refund: "rfd_",
  debt: "dbt_",
  chargeback: "cbk_",
  payout: "pyo_",
  correction: "cor_",
  topUp: "tup_",
  withdrawal: "wdr_",
  settlement: "stl_",
  bankFile: "bkf_",
  grant: "gra_",
  freeze: "frz_",
  index: "idx_",
  key: "key_",
  hold: "hld_",
  erasure: "era_",
  data: "era_",
}

/** Ends of a trade that name its payment. */
export const endsByPayment = (type: FactType): boolean =>
  type === "trade.settled@1" || type === "trade.refunded@1" || type === "trade.chargedBack@1"

/** In the table's column of versions. */
const unseen = 0
const notKnown = -1

/** Instead of the number of a key that the table has not. */
export const noKey = -1

/** What the replay has to know of a record besides its fact. */
export type ReplayedRecord = Pick<Leaf, "index" | "threads">

type TradeReplayState = { state: TradeState; frozen: boolean }

/**
 * Replays what the records mean: every thing's versions follow each other, every trade takes only steps of its
 * table, and money leaves the held funds only after it came in. At the start of a range, or after a record that
 * is not understood, the state before is assumed. Keeps a few words per thing.
 */
export class Replay {
  private readonly failures: FailureList
  private readonly payments: PaymentReplay
  private readonly claims: ClaimReplay
  private readonly money: MoneyReplay
  private readonly balances: BalanceReplay
  /** Null: the state is not known; whatever comes next is taken as right. */
  private readonly tradeStates = new Map<number, TradeReplayState | null>()
  private readonly keys: KeyTable
  private assumeUnseen: boolean
  trades = 0
  readonly erased = new ErasedValues()

  /** `whole`: no record from `from` on is left out, so that what is not seen was not. */
  constructor(failures: FailureList, keys: KeyTable, from: number, whole = true) {
    this.keys = keys
    this.failures = failures
    this.assumeUnseen = from > 0
    this.payments = new PaymentReplay(failures, keys, from > 0)
    this.claims = new ClaimReplay(failures, keys, from > 0)
    const moveHeld = (record: number, journal: Journal) => this.payments.moveHeld(record, journal)
    this.money = new MoneyReplay(failures, keys, moveHeld, from > 0)
    this.balances = new BalanceReplay(failures, from > 0 || !whole)
  }

  /** What a record that is not understood may have changed; null: anything, and then the caller clears the keys. */
  forget(keys: readonly string[] | null): void {
    if (keys === null) {
      this.assumeUnseen = true
      this.tradeStates.clear()
    } else
      for (const text of keys) {
        const key = this.keys.idOfText(text)
        this.tradeStates.set(key, null)
        this.keys.version[key] = notKnown
      }
    this.payments.forget(keys)
    this.claims.forget(keys)
    this.money.forget(keys)
    if (keys === null) this.balances.forget()
  }

  /** Any of the things may have changed, while what is known of their threads stays. */
  forgetStates(): void {
    this.forget(null)
    this.keys.version.fill(notKnown, 0, this.keys.size)
  }

  /** `values` are the record's opened values by path; `journal` is the one it certifies, where the book is there. */
  step(
    leaf: ReplayedRecord,
    fact: KnownFact,
    values: ReadonlyMap<string, Json>,
    journal: Journal | null,
  ): void {
    if (fact.type === "data.erased@1") this.erased.add(leaf.index, fact.body)
    if (fact.type === "balance.moved@1") this.stepBalance(leaf, fact.body, values)
    const [noun] = fact.type.split(".") as [string]
    const prefix = subjectPrefixes[noun]
    if (prefix === undefined) return
    const keys = leaf.threads.map(([key]) => key).filter((key) => key.startsWith(prefix))
    if (keys[0] === undefined || keys.length > 1) {
      this.withoutSubject(leaf.index, noun)
      return
    }
    const key = this.keys.idOfText(keys[0])
    this.checkVersion(leaf.index, key, fact.body.version)
    if (noun === "trade" && "state" in fact.body) {
      const payment = "payment" in fact.body ? fact.body.payment : null
      const paid = payment === null ? noKey : this.keys.findText(payment)
      this.stepTrade(leaf.index, key, fact.type, fact.body.state, paid, payment)
    }
    if (isClaim(noun)) this.stepClaim(leaf.index, key, fact.type, values, journal)
    else this.stepMoney(leaf.index, key, fact.type, values, journal)
  }

  /** Of a trade, a payment, a refund or a debt, whose records are about exactly one. */
  withoutSubject(record: number, noun: string): void {
    if (noun === "trade" || noun === "payment" || isClaim(noun))
      this.failures.add("subject_missing", { record, detail: noun })
  }

  /** Of a payment, a chargeback, a payout or a correction; others are passed over. */
  stepMoney(
    record: number,
    key: number,
    type: FactType,
    values: ReadonlyMap<string, Json>,
    journal: Journal | null,
  ): void {
    if (journal !== null) this.seeJournal(record, key, journal)
    if (isPaymentFact(type)) this.payments.step(record, key, type, values, journal)
    else if (isMoneyFact(type)) this.money.step(record, key, type, values, journal)
  }

  stepClaim(
    record: number,
    key: number,
    type: FactType,
    values: ReadonlyMap<string, Json>,
    journal: Journal | null,
  ): void {
    if (journal !== null) this.seeJournal(record, key, journal)
    this.claims.step(record, key, type, values, journal)
  }

  /** Of the subject at the version that it has come to by this record. */
  private seeJournal(record: number, key: number, journal: Journal): void {
    this.balances.see(record, { key, version: this.keys.version[key] as number }, journal)
  }

  /** A movement's one thread is its cause's, and its version too. */
  private stepBalance(
    { index, threads }: ReplayedRecord,
    { why, version }: { why: string; version: number },
    values: ReadonlyMap<string, Json>,
  ): void {
    const key = threads[0] === undefined ? noKey : this.keys.findText(threads[0][0])
    this.balances.step(index, why, { key, version }, values)
  }

  /** `key` is the subject's number in the table. */
  checkVersion(record: number, key: number, version: number): void {
    const before = this.keys.version[key] as number
    const fits =
      before === unseen ? this.assumeUnseen || version === 1 : before === notKnown || version === before + 1
    if (!fits)
      this.failures.add("version_gap", {
        record,
        detail: `${this.keys.textOf(key)} ${before} → ${version}`,
      })
    this.keys.version[key] = version
  }

  /** `payment` is the one that the record names: its number where the table has it, and its text. */
  stepTrade(
    record: number,
    key: number,
    type: FactType,
    state: TradeState,
    payment: number,
    paymentText: string | null,
  ): void {
    const before = this.tradeStates.get(key)
    const problem = this.problemOfStep(type, before, state)
    if (problem !== null)
      this.failures.add(problem, { record, detail: `${this.keys.textOf(key)}: ${type} → ${state}` })
    if (before === undefined) this.trades += 1
    const frozen = freezes.includes(type) || (before?.frozen === true && !releases.includes(type))
    if (before) {
      before.state = state
      before.frozen = frozen
    } else this.tradeStates.set(key, { state, frozen })
    if (endsByPayment(type)) this.payments.checkEnd(record, payment, paymentText)
  }

  private problemOfStep(
    type: FactType,
    before: TradeReplayState | null | undefined,
    state: TradeState,
  ): "step_illegal" | "step_while_frozen" | null {
    if (before === null) return null
    if (before === undefined) {
      if (beginnings.includes(type)) return state === "proposed" ? null : "step_illegal"
      return this.assumeUnseen ? null : "step_illegal"
    }
    if (asides.includes(type)) return state === before.state ? null : "step_illegal"
    if (!Object.hasOwn(stepsOfFact, type) || isFinal(tradeTransitions, before.state)) return "step_illegal"
    const steps: readonly TradeStep[] = stepsOfFact[type as keyof typeof stepsOfFact]
    const taken = steps.find((step) => nextState(tradeTransitions, before.state, step) === state)
    if (taken === undefined) return "step_illegal"
    return before.frozen && stoppedByFreeze.includes(taken) ? "step_while_frozen" : null
  }
}
