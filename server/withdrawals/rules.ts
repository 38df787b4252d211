import { isOwnMatter, type Person } from "#contracts/actor.ts"
import { type Balance, withdrawable } from "#contracts/balance.ts"
import { type Journal, journalHash } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { ActorRole, FactBody, FactSecret, FactType, Json } from "#contracts/ledger/fact.ts"
import { compareMoney, type Money } from "#contracts/money.ts"
import type { Party } from "#contracts/party.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { nextState } from "#contracts/transition.ts"
import {
  mostOpenWithdrawals,
  type Withdrawal,
  type WithdrawalStep,
  withdrawalReference,
  withdrawalTransitions,
} from "#contracts/withdrawal.ts"
import { moveWith } from "../balances/rules.ts"
import { type Decision, decide, type FactActor, type Guard, type PendingFact } from "../decision.ts"
import { withdrawalJournal } from "../escrow/balance-book.ts"

/** What rules of withdrawals read of the party: it may be frozen, or have another account than when it asked. */
export type Owner = Pick<Party, "id" | "version" | "state" | "frozenBy" | "bankAccount">

/** A person of the party, or of the operator. */
export type Hand = Person & { user: Id<"user">; role: "party" | "operator"; as: ActorRole }

export type NewWithdrawal = { id: Id<"withdrawal">; nonce: string }

/** What a withdrawal is decided on besides itself. */
type Standing = {
  /** What the party owes in the currency: as much stays. */
  owed: Money
  /** Its withdrawals that are under way. */
  open: number
}

/** A person of the party asks: the amount is reserved, to the account that the party has now. */
export function askWithdrawal(
  party: Owner,
  balance: Balance,
  amount: Money,
  made: NewWithdrawal,
  { owed, open }: Standing,
  actor: FactActor & { user: Id<"user"> },
  now: Time,
): Decision | Refusal {
  const stopped = frozenRefusal(party)
  if (stopped) return stopped
  if (party.state !== "verified") return refuse("party_not_verified", "party")
  if (party.bankAccount === null) return refuse("bank_account_missing", "party")
  if (open >= mostOpenWithdrawals)
    return refuse("too_many_withdrawals", "party", { most: mostOpenWithdrawals })
  const most = withdrawable(balance, owed)
  if (compareMoney(amount, most) > 0) return refuse("balance_too_small", "amount", { most: most.minor })
  const withdrawal: Withdrawal = {
    id: made.id,
    version: 1,
    state: "asked",
    party: party.id,
    amount,
    account: party.bankAccount,
    reference: withdrawalReference(made.id),
    askedBy: actor.user,
    approvedBy: null,
    confirmedBy: null,
    bankNumber: null,
    note: null,
    nonce: made.nonce,
    askedAt: now,
    updatedAt: now,
  }
  const secret = { amount, account: withdrawal.account }
  const fact = withdrawalFact("withdrawal.asked@1", withdrawal, actor, {}, secret)
  const decision = { ...told(withdrawal, fact), guards: [guardOf(party)] }
  return moveWith(decision, balance, { why: "reserved", amount, cause: causeOf(withdrawal), actor }, now)
}

/**
 * The second person. `others`: how many members of the party, beside the one who asked, may approve; only where there
 * is none does the operator. `owed`: what the party owes in the currency; where it has come to owe more, since it was
 * asked, than is available besides, that is paid first.
 */
export function approveWithdrawal(
  withdrawal: Withdrawal,
  party: Owner,
  balance: Balance,
  { others, owed }: { others: number; owed: Money },
  by: Hand,
  now: Time,
): Decision | Refusal {
  if (by.role === "operator" && isOwnMatter(by, withdrawal.party)) return refuse("own_matter", "withdrawal")
  const approved = advance(withdrawal, "approve", now, {
    approvedBy: { user: by.user, party: by.party },
  })
  if (isRefusal(approved)) return approved
  if (by.user === withdrawal.askedBy) return refuse("withdrawal_other_person", "withdrawal")
  if (by.role === "operator" && others > 0) return refuse("withdrawal_own_approver", "withdrawal")
  const stopped = frozenRefusal(party) ?? swappedRefusal(withdrawal, party)
  if (stopped) return stopped
  if (compareMoney(balance.available, owed) < 0)
    return refuse("withdrawal_owing", "withdrawal", { owed: owed.minor })
  const fact = withdrawalFact("withdrawal.approved@1", approved, actorOf(by), { by: by.role }, {})
  const reserve: Guard = { noun: "balance", id: balance.id, version: balance.version }
  return { ...told(approved, fact), guards: [guardOf(party), reserve] }
}

/**
 * The party takes it back before it is approved, or the operator refuses it: what was reserved is available again. A
 * freeze hinders neither. One that was approved may have been paid by the bank and only not be confirmed: then nobody
 * but the operator, who says that they have looked.
 */
export function refuseWithdrawal(
  withdrawal: Withdrawal,
  balance: Balance,
  { note, notPaid = false }: { note: string; notPaid?: boolean | undefined },
  by: Hand,
  now: Time,
): Decision | Refusal {
  if (by.role === "operator" && isOwnMatter(by, withdrawal.party)) return refuse("own_matter", "withdrawal")
  const refused = advance(withdrawal, "refuse", now, { note })
  if (isRefusal(refused)) return refused
  if (withdrawal.state === "approved") {
    if (by.role === "party") return refuse("withdrawal_state", "refuse", { state: withdrawal.state })
    if (!notPaid) return refuse("withdrawal_maybe_paid", "notPaid")
  }
  const actor = actorOf(by)
  const fact = withdrawalFact("withdrawal.refused@1", refused, actor, { by: by.role }, { note })
  const { amount } = refused
  const movement = { why: "freed", amount, cause: causeOf(refused), actor } as const
  return moveWith(told(refused, fact), balance, movement, now)
}

/**
 * The operator has paid it by bank, to the account that the party still has: a third person. What the bank had paid
 * before a freeze or a change of the account is a fact all the same: its own statement tells it, or that person does.
 */
export function payWithdrawal(
  withdrawal: Withdrawal,
  balance: Balance,
  party: Owner,
  { bankNumber, isFact }: { bankNumber: string; isFact: boolean },
  by: Hand,
  now: Time,
): Decision | Refusal {
  if (isOwnMatter(by, withdrawal.party)) return refuse("own_matter", "withdrawal")
  const paid = advance(withdrawal, "pay", now, { confirmedBy: by.user, bankNumber })
  if (isRefusal(paid)) return paid
  if (by.user === withdrawal.askedBy || by.user === withdrawal.approvedBy?.user)
    return refuse("withdrawal_other_person", "withdrawal")
  const stopped = frozenRefusal(party) ?? swappedRefusal(withdrawal, party)
  if (stopped && !isFact) return stopped
  const journal = withdrawalJournal("paid", paid, now)
  const { amount } = paid
  const actor = actorOf(by)
  const secret = { amount, reference: bankNumber }
  const body = {
    journalHash: journalHash(journal),
    ...(stopped
      ? { before: stopped.refused === "frozen" ? ("freeze" as const) : ("accountChange" as const) }
      : {}),
  }
  const fact = withdrawalFact("withdrawal.paid@1", paid, actor, body, secret)
  const decision = { ...told(paid, fact, journal), guards: [guardOf(party)] }
  return moveWith(decision, balance, { why: "withdrawn", amount, cause: causeOf(paid), actor }, now)
}

/** The bank has sent it back. */
export function returnWithdrawal(
  withdrawal: Withdrawal,
  balance: Balance,
  note: string,
  by: Hand,
  now: Time,
): Decision | Refusal {
  if (isOwnMatter(by, withdrawal.party)) return refuse("own_matter", "withdrawal")
  const back = advance(withdrawal, "return", now, { note })
  if (isRefusal(back)) return back
  const journal = withdrawalJournal("returned", back, now)
  const { amount, bankNumber } = back
  const actor = actorOf(by)
  const body = { journalHash: journalHash(journal) }
  const secret = { amount, reference: bankNumber, note }
  const fact = withdrawalFact("withdrawal.returned@1", back, actor, body, secret)
  const movement = { why: "returned", amount, cause: causeOf(back), actor } as const
  return moveWith(told(back, fact, journal), balance, movement, now)
}

const frozenRefusal = ({ frozenBy }: Owner): Refusal | null =>
  frozenBy ? refuse("frozen", "party", { freeze: frozenBy }) : null

/** Whoever changed the account since it was asked may not be the one who asked: nothing is paid to the new one. */
const swappedRefusal = ({ account }: Withdrawal, { bankAccount }: Owner): Refusal | null =>
  account === bankAccount ? null : refuse("withdrawal_account_changed", "account")

const guardOf = ({ id, version }: Owner): Guard => ({ noun: "party", id, version })
const causeOf = ({ id, version }: Withdrawal) => ({ noun: "withdrawal", id, version }) as const

const actorOf = ({ as, party, user }: Hand): FactActor => ({ role: as, party, user })

const told = (withdrawal: Withdrawal, fact: PendingFact, journal?: Journal): Decision =>
  decide({
    changes: [{ noun: "withdrawal", row: withdrawal }],
    facts: [fact],
    journals: journal ? [journal] : [],
    result: { withdrawal: withdrawal.id, state: withdrawal.state },
  })

function advance(
  withdrawal: Withdrawal,
  step: WithdrawalStep,
  now: Time,
  changes: Partial<Withdrawal>,
): Withdrawal | Refusal {
  const state = nextState(withdrawalTransitions, withdrawal.state, step)
  if (!state) return refuse("withdrawal_state", step, { state: withdrawal.state })
  return { ...withdrawal, ...changes, state, version: withdrawal.version + 1, updatedAt: now }
}

/** In the thread of the withdrawal and in the party's own, which no trade is in. */
function withdrawalFact<T extends Extract<FactType, `withdrawal.${string}`>>(
  type: T,
  withdrawal: Withdrawal,
  actor: FactActor,
  body: Omit<FactBody<T>, "version">,
  secret: Record<FactSecret<T>, Json>,
): PendingFact {
  return {
    type,
    subject: { noun: "withdrawal", id: withdrawal.id, version: withdrawal.version },
    threads: [{ id: withdrawal.id }, { party: withdrawal.party }],
    actor,
    occurredAt: withdrawal.updatedAt,
    body: { version: withdrawal.version, ...body },
    secret,
    owner: withdrawal.party,
    readers: [withdrawal.party],
  } as unknown as PendingFact
}
