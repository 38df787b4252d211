import type { Grant } from "#contracts/delivery.ts"
import type { Id } from "#contracts/ids.ts"
import type { ActorRole, FactType } from "#contracts/ledger/fact.ts"
import type { Listing } from "#contracts/listing.ts"
import type { Party } from "#contracts/party.ts"
import type { Payment } from "#contracts/payment.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import { addMs, type Time } from "#contracts/time.ts"
import {
  isWaiting,
  type Trade,
  type TradeState,
  type TradeStep,
  tradeTransitions,
  waitMs,
} from "#contracts/trade.ts"
import { nextState } from "#contracts/transition.ts"
import { type Decision, decide, type FactActor, type Guard, type PendingFact } from "../decision.ts"
import type { PaymentPart } from "../payments/rules.ts"

/** What a trade's rules read of a party. */
export type Trader = Pick<Party, "id" | "version" | "state" | "frozenBy" | "payee" | "bankAccount">

/** A trade with all that its rules look at. */
export type Scene = {
  trade: Trade
  buyer: Trader
  seller: Trader
  listing: Pick<Listing, "id" | "version" | "state" | "frozenBy" | "publishedAt">
  /** The trade's current payment, if one was started. */
  payment: Payment | null
  grant: Grant | null
  /** The count of moves at which parties and listing were read (db/schema/listing.ts). */
  moves?: string
  /** Seats still free at the trade's plan; null where it has no limit. */
  freeSeats: number | null
}

export const systemActor = (job: string): FactActor => ({ role: "system", job })

export const userActor = (role: ActorRole, party: Id<"party">, user: Id<"user">): FactActor => ({
  role,
  party,
  user,
})

/** What an outgoing step relies on besides the trade: that neither party nor the listing is frozen meanwhile. */
export const guardsOf = ({ buyer, seller, listing }: Scene): Guard[] => [
  { noun: "party", id: buyer.id, version: buyer.version },
  { noun: "party", id: seller.id, version: seller.version },
  { noun: "listing", id: listing.id, version: listing.version },
]

/** Supervision stops the way out of a trade by freezing it, its listing or a party. */
export function frozenRefusal({ trade, buyer, seller, listing }: Scene): Refusal | null {
  if (trade.frozenBy) return refuse("frozen", "trade", { freeze: trade.frozenBy })
  if (listing.frozenBy) return refuse("frozen", "listing", { freeze: listing.frozenBy })
  for (const party of [buyer, seller])
    if (party.frozenBy) return refuse("frozen", "party", { freeze: party.frozenBy })
  return null
}

/** The state a step leads to, or the refusal that names the state the trade is in. */
export function stepFrom(trade: Trade, step: TradeStep): TradeState | Refusal {
  return (
    nextState(tradeTransitions, trade.state, step) ??
    refuse("trade_step_not_allowed", step, { state: trade.state })
  )
}

/** The trade one version on, in a state, with that state's deadline running from now. */
export function advance(trade: Trade, state: TradeState, now: Time, changes: Partial<Trade> = {}): Trade {
  const wait = isWaiting(state) ? waitMs(trade, state) : null
  const clock = {
    deadline: wait === null || trade.frozenBy ? null : addMs(now, wait),
    deadlineLeftMs: trade.frozenBy ? wait : null,
  }
  return { ...trade, ...clock, ...changes, state, version: trade.version + 1, updatedAt: now }
}

/** The fact that tells of a trade's change. The buyer's key keeps what the system does; both parties may read. */
export function tradeFact<T extends Extract<FactType, `trade.${string}`>>(
  type: T,
  trade: Trade,
  actor: FactActor,
  body: Omit<Extract<PendingFact, { type: T }>["body"], "version" | "state">,
  secret: Extract<PendingFact, { type: T }>["secret"],
): PendingFact {
  return {
    type,
    subject: { noun: "trade", id: trade.id, version: trade.version },
    threads: [{ id: trade.id }],
    actor,
    occurredAt: trade.updatedAt,
    body: { version: trade.version, state: trade.state, ...body },
    secret,
    owner: actor.role === "system" ? trade.buyer : actor.party,
    readers: [trade.buyer, trade.seller],
  } as unknown as PendingFact
}

/** The trade's next row and fact with the payment's part, as one decision. */
export function together(
  scene: Scene,
  row: Trade,
  fact: PendingFact,
  parts: PaymentPart | null,
  more: Partial<Decision> = {},
): Decision {
  return decide({
    guards: guardsOf(scene),
    jobs: parts ? [{ task: "partPayment", payload: { payment: parts.payment.id } }] : [],
    result: { state: row.state },
    ...more,
    changes: [{ noun: "trade", row }, ...(parts?.changes ?? []), ...(more.changes ?? [])],
    facts: [fact, ...(parts?.facts ?? []), ...(more.facts ?? [])],
    journals: parts?.journals ?? [],
  })
}
