import type { Balance } from "#contracts/balance.ts"
import { journalHash } from "#contracts/escrow.ts"
import { compareMoney, isZero, type Money, minus } from "#contracts/money.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import type { TopUp } from "#contracts/top-up.ts"
import { moveWith } from "../balances/rules.ts"
import { type MadeDebt, openTopUpDebt } from "../debts/rules.ts"
import type { Decision } from "../decision.ts"
import { clearedJournal, contestedJournal, lostTopUpJournal } from "../escrow/balance-book.ts"
import { systemActor } from "../trades/scene.ts"
import { advance, causeOf, told, topUpFact } from "./rules.ts"

/**
 * A top-up by card that the payer's bank takes back. What the provider says has happened is booked whatever the
 * balance has: as much as it has is reserved until the bank has decided, and pays for nothing meanwhile.
 */
const actor = systemActor("topUps")

export function contestTopUp(
  topUp: TopUp,
  balance: Balance,
  { reference, amount, fee, reason }: { reference: string; amount: Money; fee: Money; reason: string },
  now: Time,
): Decision | Refusal {
  // A second one has to be looked at by somebody: the first has its own entries.
  if (topUp.contested) return refuse("payment_mismatch", "dispute")
  if (amount.currency !== topUp.amount.currency || fee.currency !== amount.currency)
    return refuse("payment_mismatch", "currency")
  if (isZero(amount) || compareMoney(amount, topUp.amount) > 0) return refuse("payment_mismatch", "amount")
  const reserved = compareMoney(balance.available, amount) < 0 ? balance.available : amount
  const next = advance(topUp, "contest", now, { contested: { reference, state: "open", amount, reserved } })
  if (isRefusal(next)) return next
  const journal = contestedJournal(next, amount, fee, now)
  const body = { reason, journalHash: journalHash(journal) }
  const decision = told(next, topUpFact("topUp.contested@1", next, actor, body, { amount, fee }), journal)
  if (isZero(reserved)) return decision
  return moveWith(decision, balance, { why: "contested", amount: reserved, cause: causeOf(next), actor }, now)
}

/** The bank gave the money back: what was reserved is available again. */
export function clearTopUp(
  topUp: TopUp,
  balance: Balance,
  feeReturned: Money,
  now: Time,
): Decision | Refusal {
  const { contested } = topUp
  if (contested?.state !== "open") return refuse("top_up_state", "clear", { state: topUp.state })
  const next = advance(topUp, "clear", now, { contested: { ...contested, state: "cleared" } })
  if (isRefusal(next)) return next
  const { amount, reserved } = contested
  const journal = clearedJournal(next, amount, feeReturned, now)
  const body = { journalHash: journalHash(journal) }
  const decision = told(next, topUpFact("topUp.cleared@1", next, actor, body, { amount }), journal)
  if (isZero(reserved)) return decision
  return moveWith(decision, balance, { why: "cleared", amount: reserved, cause: causeOf(next), actor }, now)
}

/** The bank keeps it: out of what was reserved. What that did not suffice for the party owes from now on. */
export function loseTopUp(topUp: TopUp, balance: Balance, made: MadeDebt, now: Time): Decision | Refusal {
  const { contested } = topUp
  if (contested?.state !== "open") return refuse("top_up_state", "lose", { state: topUp.state })
  const next = advance(topUp, "lose", now, { contested: { ...contested, state: "lost" } })
  if (isRefusal(next)) return next
  const { amount, reserved } = contested
  const missing = minus(amount, reserved)
  const journal = lostTopUpJournal(next, reserved, missing, now)
  const body = { journalHash: journalHash(journal) }
  const lost = told(next, topUpFact("topUp.lost@1", next, actor, body, { amount, missing }), journal)
  const debt = isZero(missing) ? null : openTopUpDebt(next, { ...made, amount: missing }, actor, now)
  const decision = {
    ...lost,
    changes: [...lost.changes, ...(debt?.changes ?? [])],
    facts: [...lost.facts, ...(debt?.facts ?? [])],
  }
  if (isZero(reserved)) return decision
  return moveWith(decision, balance, { why: "lost", amount: reserved, cause: causeOf(next), actor }, now)
}
