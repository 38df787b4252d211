import { isOwnMatter, type Person } from "#contracts/actor.ts"
import type { Balance } from "#contracts/balance.ts"
import { type Journal, journalHash } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { FactBody, FactSecret, FactType, Json } from "#contracts/ledger/fact.ts"
import { compareMoney, type Money } from "#contracts/money.ts"
import type { Party } from "#contracts/party.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import {
  mostOpenTopUps,
  type TopUp,
  type TopUpRail,
  type TopUpStep,
  topUpReference,
  topUpTransitions,
} from "#contracts/top-up.ts"
import { nextState } from "#contracts/transition.ts"
import { moveWith } from "../balances/rules.ts"
import { type Decision, decide, type FactActor, type PendingFact } from "../decision.ts"
import { topUpJournal } from "../escrow/balance-book.ts"

/** Ids and a nonce for what is made, and who makes it. */
export type NewTopUp = { id: Id<"topUp">; nonce: string; user: Id<"user"> }

/** A party says how much it pays in and how; nothing has moved yet. `open` of its top-ups wait for their money. */
export function startTopUp(
  party: Pick<Party, "id" | "version" | "state" | "frozenBy">,
  wanted: { amount: Money; rail: TopUpRail },
  made: NewTopUp,
  open: number,
  actor: FactActor,
  now: Time,
): Decision | Refusal {
  if (party.frozenBy) return refuse("frozen", "party", { freeze: party.frozenBy })
  if (party.state !== "verified") return refuse("party_not_verified", "party")
  if (open >= mostOpenTopUps) return refuse("too_many_top_ups", "party", { most: mostOpenTopUps })
  const { amount, rail } = wanted
  const topUp: TopUp = {
    id: made.id,
    version: 1,
    state: "started",
    party: party.id,
    rail,
    amount,
    reference: topUpReference(made.id),
    charge: null,
    failure: null,
    startedBy: made.user,
    nonce: made.nonce,
    startedAt: now,
    updatedAt: now,
  }
  const decision = told(topUp, topUpFact("topUp.started@1", topUp, actor, { rail }, { amount }))
  return { ...decision, guards: [{ noun: "party", id: party.id, version: party.version }] }
}

/** What a rail says has come in; `charge` is the provider's or the bank's own number for it. */
export type TopUpCaptured = { amount: Money; charge: string }

/** Money has come, and is the party's to use: also late, and also while the party is frozen. */
export function receiveTopUp(
  topUp: TopUp,
  balance: Balance,
  captured: TopUpCaptured,
  actor: FactActor,
  now: Time,
): Decision | Refusal {
  const { amount, charge } = captured
  const received = advance(topUp, "receive", now, { charge, failure: null })
  if (isRefusal(received)) return received
  if (amount.currency !== topUp.amount.currency || compareMoney(amount, topUp.amount) !== 0)
    return refuse("payment_mismatch", "amount", { expected: topUp.amount.minor, got: amount.minor })
  const journal = topUpJournal("received", received, now)
  const body = { rail: received.rail, journalHash: journalHash(journal) }
  const fact = topUpFact("topUp.received@1", received, actor, body, { amount, reference: charge })
  const movement = { why: "toppedUp", amount, cause: causeOf(received), actor } as const
  return moveWith(told(received, fact, journal), balance, movement, now)
}

/** An operator has seen the party's transfer on the platform's account; nobody confirms their own. */
export function confirmTopUp(
  topUp: TopUp,
  balance: Balance,
  captured: TopUpCaptured,
  by: Person & { user: Id<"user"> },
  now: Time,
): Decision | Refusal {
  if (isOwnMatter(by, topUp.party)) return refuse("own_matter", "topUp")
  if (topUp.rail !== "bank") return refuse("rail_not_available", "bank")
  return receiveTopUp(topUp, balance, captured, { role: "operator", party: by.party, user: by.user }, now)
}

/** It ends without money: taken back by the party, its page expired, or nobody paid in time. */
export function failTopUp(topUp: TopUp, reason: string, actor: FactActor, now: Time): Decision | Refusal {
  const failed = advance(topUp, "fail", now, { failure: reason })
  if (isRefusal(failed)) return failed
  return told(failed, topUpFact("topUp.failed@1", failed, actor, { reason }, {}))
}

export const causeOf = ({ id, version }: TopUp) => ({ noun: "topUp", id, version }) as const

export const told = (topUp: TopUp, fact: PendingFact, journal?: Journal): Decision =>
  decide({
    changes: [{ noun: "topUp", row: topUp }],
    facts: [fact],
    journals: journal ? [journal] : [],
    result: { topUp: topUp.id, state: topUp.state },
  })

export function advance(topUp: TopUp, step: TopUpStep, now: Time, changes: Partial<TopUp>): TopUp | Refusal {
  const state = nextState(topUpTransitions, topUp.state, step)
  if (!state) return refuse("top_up_state", step, { state: topUp.state })
  return { ...topUp, ...changes, state, version: topUp.version + 1, updatedAt: now }
}

/** In the thread of the top-up and in the party's own, which no trade is in. Only the party reads what is confidential. */
export function topUpFact<T extends Extract<FactType, `topUp.${string}`>>(
  type: T,
  topUp: TopUp,
  actor: FactActor,
  body: Omit<FactBody<T>, "version">,
  secret: Record<FactSecret<T>, Json>,
): PendingFact {
  return {
    type,
    subject: { noun: "topUp", id: topUp.id, version: topUp.version },
    threads: [{ id: topUp.id }, { party: topUp.party }],
    actor,
    occurredAt: topUp.updatedAt,
    body: { version: topUp.version, ...body },
    secret,
    owner: topUp.party,
    readers: [topUp.party],
  } as unknown as PendingFact
}
