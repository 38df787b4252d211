import type { Balance } from "#contracts/balance.ts"
import type { BankFile } from "#contracts/bank-file.ts"
import type { Chargeback } from "#contracts/chargeback.ts"
import type { Correction } from "#contracts/correction.ts"
import type { Debt } from "#contracts/debt.ts"
import type { Grant } from "#contracts/delivery.ts"
import type { Erasure, Hold } from "#contracts/erasure.ts"
import type { Journal } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { Job } from "#contracts/job.ts"
import type { ActorRole, FactBody, FactSecret, FactType, Json } from "#contracts/ledger/fact.ts"
import type { LogKeyRow } from "#contracts/ledger/rotation.ts"
import type { ThreadIndex } from "#contracts/ledger/thread-map.ts"
import type { Listing } from "#contracts/listing.ts"
import type { Round } from "#contracts/match.ts"
import type { Party } from "#contracts/party.ts"
import type { Payment } from "#contracts/payment.ts"
import type { Payout } from "#contracts/payout.ts"
import type { Refund } from "#contracts/refund.ts"
import type { Registration } from "#contracts/registration.ts"
import type { Request } from "#contracts/request.ts"
import type { Settlement } from "#contracts/settlement.ts"
import type { ExportRecord, Freeze, Opening } from "#contracts/supervision.ts"
import type { Time } from "#contracts/time.ts"
import type { TopUp } from "#contracts/top-up.ts"
import type { Trade } from "#contracts/trade.ts"
import type { Withdrawal } from "#contracts/withdrawal.ts"

/**
 * The certified nouns and the shape of their rows. A row is the noun's whole state as plain JSON, with `id` and
 * `version`; nothing writes one but server/commit.
 */
export type Rows = {
  party: Party
  registration: Registration
  listing: Listing
  request: Request
  round: Round
  trade: Trade
  payment: Payment
  refund: Refund
  debt: Debt
  chargeback: Chargeback
  payout: Payout
  correction: Correction
  balance: Balance
  topUp: TopUp
  withdrawal: Withdrawal
  settlement: Settlement
  bankFile: BankFile
  grant: Grant
  freeze: Freeze
  export: ExportRecord
  opening: Opening
  index: ThreadIndex
  key: LogKeyRow
  erasure: Erasure
  hold: Hold
}
export type Noun = keyof Rows

/** The noun's next state. `row.version` 1 makes it; n takes the place of n − 1, or the decision is lost. */
export type Change = { [N in Noun]: { noun: N; row: Rows[N] } }[Noun]

/** Something the decision was based on and does not change: if its version moved, the decision is lost. */
export type Guard = { noun: Noun; id: string; version: number }

/**
 * A guarded decrement of a plan's free seats; a negative number gives back. `budget:…` is a ticket that is there once
 * (server/trades/procurement-store.ts), and so are `bank:…`, a number of the bank's (server/payments/bank-numbers.ts),
 * and `topUp:…`, a party's next top-up (server/top-ups/store.ts): of two decisions that take the same one, one is lost
 * and decided again.
 */
export type SeatChange = {
  plan: Id<"plan"> | `budget:${string}` | `bank:${string}` | `topUp:${string}`
  take: number
}

/**
 * The sequences a record belongs to: a random id in clear, or a blinded one. `party` is a party's own thread,
 * `catalogue` its public one (registrations, listings), `trades` that of the trades of a listing; blinding
 * these apart keeps what is public from pointing at what is not.
 */
export type ThreadKey =
  | { id: string }
  | { party: Id<"party"> }
  | { catalogue: Id<"party"> }
  | { trades: Id<"listing">; seller: Id<"party"> }

export type FactActor =
  | { role: ActorRole; party: Id<"party">; user: Id<"user"> }
  | { role: "system"; job: string }

/**
 * A certified event that is not sealed yet. Exactly one fact tells of each change, and the reverse: its subject
 * is the changed row at its new version. A balance's movement alone tells the version of what moved it (facts-of-money.ts).
 */
export type PendingFact = {
  [T in FactType]: {
    type: T
    subject: { noun: Noun; id: string; version: number }
    threads: ThreadKey[]
    actor: FactActor
    occurredAt: Time
    body: FactBody<T>
    secret: Record<FactSecret<T>, Json>
    /** The party whose key encrypts the confidential values, and all who may read them. */
    owner: Id<"party">
    readers: Id<"party">[]
  }
}[FactType]

/** A change of something that belongs to one trade, and of whom: its payment, a grant, a refund, a debt, a chargeback. */
type ChangeOfTrade = {
  noun: "payment" | "grant" | "refund" | "debt" | "chargeback"
  row: { id: string; version: number; trade: Id<"trade">; updatedAt: Time }
  actor: FactActor
} & Pick<PendingFact, "owner" | "readers">

/** The fact that tells of it, in the thread of the thing itself and in that of its trade. */
export function factOfTrade<T extends FactType>(
  type: T,
  { noun, row, actor, owner, readers }: ChangeOfTrade,
  body: Omit<FactBody<T>, "version" | "trade">,
  secret: Record<FactSecret<T>, Json>,
): PendingFact {
  return {
    type,
    subject: { noun, id: row.id, version: row.version },
    threads: [{ id: row.id }, { id: row.trade }],
    actor,
    occurredAt: row.updatedAt,
    body: { version: row.version, trade: row.trade, ...body },
    secret,
    owner,
    readers,
  } as unknown as PendingFact
}

/** What a rule answers when it does not refuse: plain data, written whole or not at all. */
export type Decision = {
  changes: Change[]
  guards: Guard[]
  seats: SeatChange[]
  journals: Journal[]
  facts: PendingFact[]
  jobs: Job[]
  /** What the caller gets, now and whenever the same command comes again. */
  result: Json
}

/** A decision of the given parts; what is not given is empty. */
export function decide(parts: Partial<Decision> & Pick<Decision, "changes" | "facts">): Decision {
  return { guards: [], seats: [], journals: [], jobs: [], result: null, ...parts }
}
