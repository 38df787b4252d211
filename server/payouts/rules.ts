import { assert } from "#contracts/assert.ts"
import { balanced, type Journal, journalHash } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { FactBody, FactSecret, FactType, Json } from "#contracts/ledger/fact.ts"
import { compareMoney, isZero, type Money, movable } from "#contracts/money.ts"
import { type Payout, type PayoutStep, payoutTransitions } from "#contracts/payout.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { nextState } from "#contracts/transition.ts"
import { type Decision, decide, type FactActor, type PendingFact } from "../decision.ts"
import { systemActor } from "../trades/scene.ts"

/** The platform's own money, from the provider's balance to its bank. `paid` may still come back (MONEY §3.9). */
const actor = systemActor("payouts")

/** `own` is what is the platform's own there: what is held for others does not leave this way. */
export function startPayout(
  made: { id: Id<"payout">; nonce: string; owner: Id<"party"> },
  amount: Money,
  own: Money,
  by: FactActor,
  now: Time,
): Decision | Refusal {
  if (isZero(amount) || !movable(amount)) return refuse("invalid_input", "amount")
  if (compareMoney(amount, own) > 0) return refuse("payout_too_large", "amount", { most: own.minor })
  const payout: Payout = {
    ...made,
    version: 1,
    state: "started",
    amount,
    reference: null,
    failure: null,
    startedAt: now,
    updatedAt: now,
  }
  const fact = payoutFact("payout.started@1", payout, by, {}, { amount })
  return {
    ...told(payout, fact),
    jobs: [{ task: "carryPayout", payload: { payout: payout.id } }],
  }
}

export function payPayout(payout: Payout, reference: string, now: Time): Decision | Refusal {
  const paid = advance(payout, "pay", now, { reference })
  if (isRefusal(paid)) return paid
  const journal = movedJournal("payout.paid", paid, now)
  const { amount } = paid
  const body = { journalHash: journalHash(journal) }
  return told(paid, payoutFact("payout.paid@1", paid, actor, body, { amount, reference }), journal)
}

/** It came to nothing, or came back after it had been paid: then the money is where it was before. */
export function failPayout(
  payout: Payout,
  reference: string | null,
  reason: string,
  now: Time,
): Decision | Refusal {
  if (payout.state === "paid") {
    const back = advance(payout, "return", now, { failure: reason })
    if (isRefusal(back)) return back
    const journal = movedJournal("payout.returned", back, now)
    const body = { reason, journalHash: journalHash(journal) }
    return told(back, payoutFact("payout.returned@1", back, actor, body, { amount: back.amount }), journal)
  }
  const failed = advance(payout, "fail", now, { reference, failure: reason })
  return isRefusal(failed)
    ? failed
    : told(failed, payoutFact("payout.failed@1", failed, actor, { reason }, {}))
}

const told = (payout: Payout, fact: PendingFact, journal?: Journal): Decision =>
  decide({
    changes: [{ noun: "payout", row: payout }],
    facts: [fact],
    journals: journal ? [journal] : [],
    result: { payout: payout.id, state: payout.state },
  })

function movedJournal(type: "payout.paid" | "payout.returned", payout: Payout, occurredAt: Time): Journal {
  const { amount, nonce, id } = payout
  const [to, from] =
    type === "payout.paid"
      ? (["bank", "provider_available"] as const)
      : (["provider_available", "bank"] as const)
  const journal: Journal = {
    nonce,
    source: { type, id },
    trade: null,
    occurredAt,
    postings: [
      { account: to, debit: amount },
      { account: from, credit: amount },
    ],
  }
  assert(balanced(journal), `${type} of ${id} balances`)
  return journal
}

function advance(payout: Payout, step: PayoutStep, now: Time, changes: Partial<Payout>): Payout | Refusal {
  const state = nextState(payoutTransitions, payout.state, step)
  if (!state) return refuse("payout_state", step, { state: payout.state })
  return { ...payout, ...changes, state, version: payout.version + 1, updatedAt: now }
}

function payoutFact<T extends Extract<FactType, `payout.${string}`>>(
  type: T,
  payout: Payout,
  by: FactActor,
  body: Omit<FactBody<T>, "version">,
  secret: Record<FactSecret<T>, Json>,
): PendingFact {
  return {
    type,
    subject: { noun: "payout", id: payout.id, version: payout.version },
    threads: [{ id: payout.id }],
    actor: by,
    occurredAt: payout.updatedAt,
    body: { version: payout.version, ...body },
    secret,
    owner: payout.owner,
    readers: [payout.owner],
  } as unknown as PendingFact
}
