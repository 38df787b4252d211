import { isOwnMatter, type Person } from "#contracts/actor.ts"
import type { Balance } from "#contracts/balance.ts"
import type { Debt, DebtStep } from "#contracts/debt.ts"
import { debtTransitions } from "#contracts/debt.ts"
import { type Journal, journalHash } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { FactBody, FactSecret, FactType, Json } from "#contracts/ledger/fact.ts"
import { compareMoney, isZero, type Money, minus } from "#contracts/money.ts"
import type { Party } from "#contracts/party.ts"
import type { Payment } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import type { TopUp } from "#contracts/top-up.ts"
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
  const owner = actor.role === "system" ? debt.seller : actor.party
  const { trade, ...row } = debt
  if (trade !== null)
    return factOfTrade(
      type,
      { noun: "debt", row: { ...row, trade }, actor, owner, readers: [debt.seller] },
      body,
      secret,
    )
  // In the thread of the debt and in the party's own, which no trade is in.
  return {
    type,
    subject: { noun: "debt", id: debt.id, version: debt.version },
    threads: [{ id: debt.id }, { party: debt.seller }],
    actor,
    occurredAt: debt.updatedAt,
    body: { version: debt.version, ...body },
    secret,
    owner,
    readers: [debt.seller],
  } as unknown as PendingFact
}

function advance(debt: Debt, step: DebtStep, now: Time, changes: Partial<Debt>): Debt | Refusal {
  const state = nextState(debtTransitions, debt.state, step)
  if (!state) return refuse("debt_state", step, { state: debt.state })
  const { take: _, ...rest } = debt
  return { ...rest, ...changes, state, version: debt.version + 1, updatedAt: now }
}

/** Ids and a nonce for a debt that may come of something. */
export type MadeDebt = { id: Id<"debt">; nonce: string }

export type NewDebt = MadeDebt & {
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
  const { seller, buyer, trade, id } = payment
  const owedFor = whyOwed(payment)
  return open({ ...made, seller, buyer, trade, payment: id, owedFor }, actor, now)
}

/** What a party owes of a top-up that its bank took back, booked as `seller_receivable` by the loss. */
export const openTopUpDebt = (
  { id, party }: Pick<TopUp, "id" | "party">,
  made: MadeDebt & { amount: Money },
  actor: FactActor,
  now: Time,
): DebtPart =>
  open(
    {
      ...made,
      cause: "topUp",
      causeId: id,
      seller: party,
      buyer: null,
      trade: null,
      payment: null,
      owedFor: "balance",
    },
    actor,
    now,
  )

type Opened = NewDebt & Pick<Debt, "seller" | "buyer" | "trade" | "payment" | "owedFor">

function open(made: Opened, actor: FactActor, now: Time): DebtPart {
  const start = made.owedFor === null ? "reversing" : "owed"
  const debt: Debt = {
    ...made,
    version: 1,
    state: start,
    left: made.amount,
    writeOff: null,
    openedAt: now,
    updatedAt: now,
  }
  const { cause, payment } = debt
  const body = { ...(payment === null ? {} : { payment }), cause, start } as const
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
  const isFirst = debt.state === "reversing" && atOnce.includes(how.way)
  const lowered = lower(debt, amount, isFirst ? { owedFor: "balance" } : {}, now)
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

/**
 * Out of the balance of the party that owes it, as far as it suffices, by somebody of that party: money that came in
 * later. Until then as much stays in the balance, and neither leaves it nor pays for anything.
 */
export function payDebt(
  debt: Debt,
  party: Pick<Party, "id" | "version" | "frozenBy">,
  balance: Balance,
  actor: FactActor,
  now: Time,
): Decision | Refusal {
  if (party.frozenBy) return refuse("frozen", "party", { freeze: party.frozenBy })
  if (debt.state !== "owed") return refuse("debt_state", "pay", { state: debt.state })
  const { available } = balance
  const amount = compareMoney(available, debt.left) < 0 ? available : debt.left
  if (isZero(amount)) return refuse("balance_too_small", "balance", { available: available.minor })
  const paid = lowerDebt(debt, amount, { way: "takenBack" }, actor, now)
  if (isRefusal(paid)) return paid
  const { changes, facts, journals } = paid
  const decision = decide({
    changes,
    facts,
    journals,
    guards: [{ noun: "party", id: party.id, version: party.version }],
    result: { debt: debt.id, state: paid.debt.state, paid: amount },
  })
  const cause = { noun: "debt", id: debt.id, version: paid.debt.version } as const
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
 * The same without the party's own word: asked by one operator, done by another, for a buyer's refund may wait for it.
 * What changes the debt meanwhile makes the asking void.
 */
export function takeDebt(
  debt: Debt,
  party: Pick<Party, "id" | "version" | "frozenBy">,
  balance: Balance,
  note: string,
  by: Operator,
  now: Time,
): Decision | Refusal {
  if (isOwnMatter(by, debt.seller, debt.buyer)) return refuse("own_matter", "debt")
  const actor: FactActor = { role: "operator", party: by.party, user: by.user }
  if (debt.take) {
    if (debt.take.user === by.user) return refuse("second_person", "debt")
    return payDebt(debt, party, balance, actor, now)
  }
  if (isZero(balance.available)) return refuse("balance_too_small", "balance", { available: "0" })
  const asked = advance(debt, "askTake", now, { take: { user: by.user, note, at: now } })
  if (isRefusal(asked)) return asked
  const { changes, facts } = part(asked, debtFact("debt.takeAsked@1", asked, actor, {}, { note }))
  return decide({ changes, facts, result: { debt: asked.id, state: asked.state } })
}

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
