import { isOwnMatter, type Person } from "#contracts/actor.ts"
import type { Balance } from "#contracts/balance.ts"
import type { Debt, DebtStep } from "#contracts/debt.ts"
import { debtTransitions } from "#contracts/debt.ts"
import { type Journal, journalHash } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { FactBody, FactSecret, FactType, Json } from "#contracts/ledger/fact.ts"
import { compareMoney, isZero, type Money, minus } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { nextState } from "#contracts/transition.ts"
import { moveWith } from "../balances/rules.ts"
import {
  type Change,
  type Decision,
  decide,
  type FactActor,
  factOfTrade,
  type PendingFact,
} from "../decision.ts"
import { type DebtWay, debtJournal } from "../escrow/claims-book.ts"
import { frozenRefusal, guardsOf, type Scene } from "../trades/scene.ts"

/** A debt's part of a decision that may change other things too. */
export type DebtPart = { debt: Debt; changes: Change[]; facts: PendingFact[]; journals: Journal[] }

const part = (debt: Debt, fact: PendingFact, journals: Journal[] = []): DebtPart => ({
  debt,
  changes: [{ noun: "debt", row: debt }],
  facts: [fact],
  journals,
})

/** Only the seller reads what they owe, and why. */
function debtFact<T extends Extract<FactType, `debt.${string}`>>(
  type: T,
  debt: Debt,
  actor: FactActor,
  body: Omit<FactBody<T>, "version" | "trade">,
  secret: Record<FactSecret<T>, Json>,
): PendingFact {
  return factOfTrade(
    type,
    {
      noun: "debt",
      row: debt,
      actor,
      owner: actor.role === "system" ? debt.seller : actor.party,
      readers: [debt.seller],
    },
    body,
    secret,
  )
}

function advance(debt: Debt, step: DebtStep, now: Time, changes: Partial<Debt>): Debt | Refusal {
  const state = nextState(debtTransitions, debt.state, step)
  if (!state) return refuse("debt_state", step, { state: debt.state })
  return { ...debt, ...changes, state, version: debt.version + 1, updatedAt: now }
}

export type NewDebt = {
  id: Id<"debt">
  nonce: string
  cause: Debt["cause"]
  causeId: string
  /** The seller's net part: what the book has as `seller_receivable`. */
  amount: Money
}

/** Why the money cannot be taken back at the provider or out of the seller's balance, or null where that can be tried. */
export function whyOwed(payment: Payment): Debt["owedFor"] {
  if (payment.rail === "bank") return "bank"
  if (payment.rail === "balance") return null
  return transferOf(payment) === null ? "noTransfer" : null
}

/** The provider's transfer by which the seller was paid; null where all was kept back, and on the bank rail. */
export const transferOf = ({ rail, release }: Payment): string | null =>
  rail === "card" && release?.state === "done" ? release.reference : null

/** What a seller has to give back of a release, booked as `seller_receivable` by the fact that causes it. */
export function openDebt(payment: Payment, made: NewDebt, actor: FactActor, now: Time): DebtPart {
  const owedFor = whyOwed(payment)
  const start = owedFor === null ? "reversing" : "owed"
  const debt: Debt = {
    ...made,
    version: 1,
    state: start,
    seller: payment.seller,
    buyer: payment.buyer,
    trade: payment.trade,
    payment: payment.id,
    left: made.amount,
    owedFor,
    writeOff: null,
    openedAt: now,
    updatedAt: now,
  }
  const body = { payment: payment.id, cause: debt.cause, start } as const
  return part(debt, debtFact("debt.opened@1", debt, actor, body, { amount: debt.amount }))
}

/** It could not be taken back: from here on it is kept back from releases, or repaid by bank. */
export function oweDebt(
  debt: Debt,
  owedFor: NonNullable<Debt["owedFor"]>,
  actor: FactActor,
  now: Time,
): DebtPart | Refusal {
  const owed = advance(debt, "owe", now, { owedFor })
  return isRefusal(owed) ? owed : part(owed, debtFact("debt.owed@1", owed, actor, {}, { reason: owedFor }))
}

type Lowered =
  | { way: "reversed" | "repaid"; reference: string }
  | { way: "takenBack" }
  | { way: "netted"; payment: Id<"payment"> }

/** The ways that take a debt back at once, before anything is owed. */
const atOnce: readonly Lowered["way"][] = ["reversed", "takenBack"]

/** The seller has paid a part of it or all of it, in one of the ways. */
export function lowerDebt(
  debt: Debt,
  amount: Money,
  how: Lowered,
  actor: FactActor,
  now: Time,
): DebtPart | Refusal {
  const lowered = lower(debt, amount, atOnce.includes(how.way) ? { owedFor: "balance" } : {}, now)
  if (isRefusal(lowered)) return lowered
  if (debt.state === "reversing" && !atOnce.includes(how.way)) return refuse("debt_state", how.way)
  if (debt.state === "owed" && how.way === "reversed") return refuse("debt_state", how.way)
  const journal = debtJournal(lowered, how.way, amount, now)
  const body = { settled: lowered.state === "paid", journalHash: journalHash(journal) }
  const { way: _, ...told } = how
  const secret = { amount, ...told }
  const fact = debtFact(`debt.${how.way}@1` as "debt.repaid@1", lowered, actor, body, secret as never)
  return part(lowered, fact, [journal])
}

/** Out of the seller's own balance as far as it suffices: what it does not is owed. A freeze stops it, as all that leaves. */
export function takeDebtBack(
  scene: Scene,
  debt: Debt,
  balance: Balance,
  actor: FactActor,
  now: Time,
): Decision | Refusal {
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  const { available } = balance
  const amount = compareMoney(available, debt.left) < 0 ? available : debt.left
  const part = isZero(amount)
    ? oweDebt(debt, "balance", actor, now)
    : lowerDebt(debt, amount, { way: "takenBack" }, actor, now)
  if (isRefusal(part)) return part
  const { changes, facts, journals } = part
  // The trade too: it may be frozen by itself while this is decided.
  const guards = [
    ...guardsOf(scene),
    { noun: "trade", id: scene.trade.id, version: scene.trade.version } as const,
  ]
  const decision = decide({ changes, facts, journals, guards, result: { debt: debt.id } })
  if (isZero(amount)) return decision
  const cause = { noun: "debt", id: debt.id, version: part.debt.version } as const
  return moveWith(decision, balance, { why: "takenBack", amount, cause, actor }, now)
}

function lower(debt: Debt, amount: Money, changes: Partial<Debt>, now: Time): Debt | Refusal {
  if (amount.currency !== debt.left.currency) return refuse("payment_mismatch", "currency")
  if (isZero(amount)) return refuse("invalid_input", "amount")
  if (compareMoney(amount, debt.left) > 0)
    return refuse("debt_too_small", "amount", { left: debt.left.minor })
  const left = minus(debt.left, amount)
  return isZero(left)
    ? advance(debt, "settle", now, { left, writeOff: null })
    : advance(debt, "lower", now, { left, writeOff: null, ...changes })
}

type Operator = Person & { user: Id<"user"> }

/**
 * Gives up what is left, as a loss of the platform's: asked by one operator, confirmed by another. What lowers the debt
 * meanwhile makes the asking void.
 */
export function writeOffDebt(debt: Debt, note: string, by: Operator, now: Time): DebtPart | Refusal {
  if (isOwnMatter(by, debt.seller, debt.buyer)) return refuse("own_matter", "debt")
  const actor: FactActor = { role: "operator", party: by.party, user: by.user }
  if (debt.writeOff === null) {
    const asked = advance(debt, "ask", now, { writeOff: { user: by.user, note, at: now } })
    if (isRefusal(asked)) return asked
    return part(asked, debtFact("debt.writeOffAsked@1", asked, actor, {}, { note }))
  }
  if (debt.writeOff.user === by.user) return refuse("second_person", "debt")
  const amount = debt.left
  const gone = advance(debt, "writeOff", now, { left: { ...amount, minor: "0" } })
  if (isRefusal(gone)) return gone
  const journal: Journal = debtJournal(gone, "writtenOff" satisfies DebtWay, amount, now)
  const body = { journalHash: journalHash(journal) }
  return part(gone, debtFact("debt.writtenOff@1", gone, actor, body, { amount, note }), [journal])
}
