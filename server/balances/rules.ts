import type { UserActor } from "#contracts/actor.ts"
import { assert } from "#contracts/assert.ts"
import type { Balance, BalanceReason } from "#contracts/balance.ts"
import type { Id } from "#contracts/ids.ts"
import { type Money, makeMoney, minorOf } from "#contracts/money.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import type { Side } from "#contracts/trade.ts"
import type { Change, FactActor, Noun, PendingFact } from "../decision.ts"

/** The balance's part of a decision that changes what moved it too. */
export type BalancePart = { balance: Balance; changes: Change[]; facts: PendingFact[] }

/** What moves a balance: the thing that the decision changes, at its new version. */
export type Cause = { noun: Noun; id: string; version: number }

/** By how much a movement changes what is available and what is reserved, in minor units; either may be negative. */
type Effect = { available: bigint; reserved: bigint }

const none = 0n
const changesOf: Readonly<Record<BalanceReason, (amount: bigint) => Effect>> = {
  toppedUp: (amount) => ({ available: amount, reserved: none }),
  earned: (amount) => ({ available: amount, reserved: none }),
  refunded: (amount) => ({ available: amount, reserved: none }),
  returned: (amount) => ({ available: amount, reserved: none }),
  paid: (amount) => ({ available: -amount, reserved: none }),
  takenBack: (amount) => ({ available: -amount, reserved: none }),
  reserved: (amount) => ({ available: -amount, reserved: amount }),
  contested: (amount) => ({ available: -amount, reserved: amount }),
  freed: (amount) => ({ available: amount, reserved: -amount }),
  cleared: (amount) => ({ available: amount, reserved: -amount }),
  withdrawn: (amount) => ({ available: none, reserved: -amount }),
  lost: (amount) => ({ available: none, reserved: -amount }),
}

/** What a movement adds to the two together, which is what its journal credits to `buyer_credit`. */
export const creditOf = (why: BalanceReason, amount: bigint): bigint => {
  const { available, reserved } = changesOf[why](amount)
  return available + reserved
}

/**
 * Moves a balance. Refuses what there is not enough for; what is reserved is taken only by what reserved it, so too
 * little of that is a bug. The fact stands in the thread of its cause, right after the cause's own.
 */
export function moveBalance(
  balance: Balance,
  why: BalanceReason,
  amount: Money,
  cause: Cause,
  actor: FactActor,
  now: Time,
): BalancePart | Refusal {
  assert(amount.currency === balance.currency, "a balance moves in its own currency")
  const change = changesOf[why](minorOf(amount))
  const available = minorOf(balance.available) + change.available
  const reserved = minorOf(balance.reserved) + change.reserved
  if (available < 0n) return refuse("balance_too_small", "balance", { available: balance.available.minor })
  const row: Balance = {
    ...balance,
    version: balance.version + 1,
    available: makeMoney(available, balance.currency),
    reserved: makeMoney(reserved, balance.currency),
    updatedAt: now,
  }
  const fact = {
    type: "balance.moved@1",
    subject: { noun: "balance", id: row.id, version: row.version },
    threads: [{ id: cause.id }],
    actor,
    occurredAt: now,
    body: { version: cause.version, why },
    secret: { balance: row.id, number: row.version, available: row.available, reserved: row.reserved },
    // Nobody else reads what a party has, whoever it was that moved it.
    owner: row.party,
    readers: [row.party],
  } satisfies PendingFact
  return { balance: row, changes: [{ noun: "balance", row }], facts: [fact] }
}

type Parts = { changes: Change[]; facts: PendingFact[] }

/** A decision's parts with the movement of a balance, whose fact comes right after its cause's. */
export function withBalance<P extends Parts>(parts: P, moved: BalancePart, cause: Cause): P {
  const at = parts.facts.findIndex(
    ({ subject }) =>
      subject.noun === cause.noun && subject.id === cause.id && subject.version === cause.version,
  )
  assert(at >= 0, "what moves a balance is told of")
  return {
    ...parts,
    changes: [...parts.changes, ...moved.changes],
    facts: [...parts.facts.slice(0, at + 1), ...moved.facts, ...parts.facts.slice(at + 1)],
  }
}

/** `parts` with what `cause` moves into or out of the balance; a refusal of either is the answer. */
export function moveWith<P extends Parts>(
  parts: P | Refusal,
  balance: Balance,
  movement: { why: BalanceReason; amount: Money; cause: Cause; actor: FactActor },
  now: Time,
): P | Refusal {
  if (isRefusal(parts)) return parts
  const { why, amount, cause, actor } = movement
  const moved = moveBalance(balance, why, amount, cause, actor, now)
  return isRefusal(moved) ? moved : withBalance(parts, moved, cause)
}

/** As what a member acts who pays in to the own party's balance or takes out of it: what the party is here. */
export const sideOf = ({ roles }: Pick<UserActor, "roles">): Side =>
  roles.includes("buyer") ? "buyer" : "seller"

export const sideActor = (actor: UserActor): FactActor & { user: Id<"user"> } => ({
  role: sideOf(actor),
  party: actor.party,
  user: actor.user,
})
