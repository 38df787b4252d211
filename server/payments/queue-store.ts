import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { Payment } from "#contracts/payment.ts"
import type { Time } from "#contracts/time.ts"
import type { TradeState } from "#contracts/trade.ts"
import type { Waiting } from "../queue.ts"
import type { Intent, IntentSubject } from "./store.ts"

/**
 * What the operator looks after. `receipts`: bank transfers that a trade waits for. `payouts`: legs to pay by
 * bank, refunds that the provider refused among them. `late`: bank transfers whose trade ended; what still comes goes back. `stuck`: card payments whose call
 * has an unknown or failed outcome, or whose money has been on its way for more than a quarter of an hour.
 */
export const paymentQueues = ["receipts", "payouts", "stuck", "late"] as const
export type PaymentQueue = (typeof paymentQueues)[number]

/** Its refund goes by bank, though it was paid otherwise, and has not gone yet. */
const refundByBank = (sql: Sql) =>
  sql`coalesce(p.row->'refund'->>'rail' = 'bank' and p.row->'refund'->>'state' = 'pending', false)`

const inQueue = (sql: Sql, queue: PaymentQueue) => {
  switch (queue) {
    case "receipts":
      return sql`p.rail = 'bank' and p.state = 'started' and t.payment = p.id and t.state = 'funding'`
    case "late":
      return sql`p.rail = 'bank' and p.state = 'started'
        and not (coalesce(t.payment, '') = p.id and t.state = 'funding')`
    case "payouts":
      return sql`p.state = 'parting' and (p.rail = 'bank' or ${refundByBank(sql)})`
    case "stuck":
      return sql`p.rail = 'card' and p.state in ('started', 'held', 'parting') and (
        exists (select 1 from intents i where i.payment = p.id and i.state in ('unknown', 'failed')
          and i.created_at < now() - interval '1 minute')
        or p.state = 'parting' and (p.row->>'updatedAt')::timestamptz < now() - interval '15 minutes')
        -- What waits for a bank payment and nothing else is in that queue.
        and not (p.state = 'parting' and ${refundByBank(sql)} and coalesce(p.row->'release'->>'state', 'done') = 'done')`
  }
}

/** A payment with the names of who is concerned. */
export type PaymentCard = {
  payment: Payment
  tradeState: TradeState
  /** Until when the trade waits; null while it does not. */
  deadline: Time | null
  frozen: boolean
  title: LocalizedText
  buyerName: LocalizedText
  sellerName: LocalizedText
  /** Whether it is the one that its trade goes on with. */
  isCurrent: boolean
  /** Where a release and a refund by bank go to. */
  sellerAccount: string | null
  /** Where a release by the payment's rail would go to now. */
  releaseAccount: string | null
  /** Whether the seller has another account now than when the release was decided. */
  swapped: boolean
  buyerAccount: string | null
}

const columns = (
  sql: Sql,
) => sql`p.row as payment, t.state as "tradeState", coalesce(t.payment = p.id, false) as "isCurrent", t.deadline, l.row->'title' as title,
  coalesce(t.row->>'frozenBy', l.row->>'frozenBy', b.row->>'frozenBy', s.row->>'frozenBy') is not null as frozen,
  b.row->'name' as "buyerName", s.row->'name' as "sellerName",
  p.row->'release'->>'state' = 'pending' and p.row->'release'->>'to' is not null
    and p.row->'release'->>'to' is distinct from
      case p.rail when 'bank' then s.row->>'bankAccount' else s.row->>'payee' end as swapped,
  case p.rail when 'bank' then s.row->>'bankAccount' else s.row->>'payee' end as "releaseAccount",
  s.row->>'bankAccount' as "sellerAccount", coalesce(p.row->'refund'->>'to', b.row->>'bankAccount') as "buyerAccount"`

const tables = (
  sql: Sql,
) => sql`payments p join trades t on t.id = p.trade join listings l on l.id = t.listing
  join parties b on b.id = t.buyer join parties s on s.id = t.seller`

export async function loadPaymentCards(
  sql: Sql,
  queue: PaymentQueue,
  after: string | null,
  limit: number,
): Promise<PaymentCard[]> {
  return sql<PaymentCard[]>`select ${columns(sql)} from ${tables(sql)}
    where ${inQueue(sql, queue)} ${after === null ? sql`` : sql`and p.id > ${after}`} order by p.id limit ${limit}`
}

export async function loadPaymentCard(sql: Sql, id: Id<"payment">): Promise<PaymentCard | null> {
  const [card] = await sql<PaymentCard[]>`select ${columns(sql)} from ${tables(sql)} where p.id = ${id}`
  return card ?? null
}

export async function countQueues(sql: Sql): Promise<Record<PaymentQueue, Waiting>> {
  const count = async (queue: PaymentQueue): Promise<Waiting> => {
    const [row] = await sql<Waiting[]>`
      select count(*)::float8 as count, min(p.row->>'updatedAt') as oldest
      from payments p join trades t on t.id = p.trade where ${inQueue(sql, queue)}`
    return row ?? { count: 0, oldest: null }
  }
  const [receipts, payouts, stuck, late] = await Promise.all([
    count("receipts"),
    count("payouts"),
    count("stuck"),
    count("late"),
  ])
  return { receipts, payouts, stuck, late }
}

/** A call that was made for a payment, without its parameters. */
export type PaymentCall = Pick<Intent, "kind" | "state" | "reference" | "failure"> & {
  attempts: number
  sentMs: number | null
}

export async function loadCallsOf(sql: Sql, payment: Id<"payment">): Promise<PaymentCall[]> {
  return sql<PaymentCall[]>`
    select kind, state, reference, failure, attempts, (extract(epoch from sent_at) * 1000)::float8 as "sentMs"
    from intents where payment = ${payment} order by created_at, key`
}

/** The same for a chargeback, or another thing that calls are made for. */
export async function loadCallsFor(sql: Sql, subject: IntentSubject): Promise<PaymentCall[]> {
  return sql<PaymentCall[]>`
    select kind, state, reference, failure, attempts, (extract(epoch from sent_at) * 1000)::float8 as "sentMs"
    from intents where subject = ${subject} order by created_at, key`
}
