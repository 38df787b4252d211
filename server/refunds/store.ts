import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import { type Money, makeMoney } from "#contracts/money.ts"
import type { Refund } from "#contracts/refund.ts"
import { endedHere } from "../payments/card-calls.ts"
import type { Waiting } from "../queue.ts"

export async function loadRefund(sql: Sql, id: Id<"refund">): Promise<Refund | null> {
  const [row] = await sql<{ row: Refund }[]>`select row from refunds where id = ${id}`
  return row?.row ?? null
}

export async function countRefundsOf(sql: Sql, payment: Id<"payment">): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::float8 as count from refunds where payment = ${payment}`
  return row?.count ?? 0
}

/** What the platform bears of lost chargebacks of a trade, in the currency of its money; null where that is nothing. */
export async function loadBorne(
  sql: Sql,
  { trade, amount: { currency } }: Pick<Refund, "trade" | "amount">,
): Promise<Money | null> {
  const [row] = await sql<{ sum: string | null }[]>`select sum(amount)::text as sum from postings
    where trade = ${trade} and account = 'chargeback_loss' and currency = ${currency}`
  const sum = BigInt(row?.sum ?? 0)
  return sum > 0n ? makeMoney(sum, currency) : null
}

/** The refunds of a trade, oldest first. */
export async function loadRefundsOf(sql: Sql, trade: Id<"trade">): Promise<Refund[]> {
  const rows = await sql<{ row: Refund }[]>`select row from refunds where trade = ${trade} order by id`
  return rows.map(({ row }) => row)
}

/** Refunds that are still on their way by themselves; those by bank wait for a person. */
export const loadOpenRefunds = (sql: Sql, after: string, limit: number): Promise<{ id: Id<"refund"> }[]> =>
  sql<{ id: Id<"refund"> }[]>`
    select id from refunds where state = 'decided' and rail <> 'bank' and id > ${after}
      and (row->>'updatedAt')::timestamptz < now() - interval '30 seconds' order by id limit ${limit}`

/** `waitsForSeller`, of a refund that was decided. */
const waits = (sql: Sql) => sql`(r.row->'askedBy'->>'role' = 'seller' and coalesce(d.state, '') = 'owed')`

/**
 * Refunds that wait for a person: `asked` for a second one, decided ones of the bank rail for their transfer, and
 * those of the card rail that have been on their way for a quarter of an hour. What waits for its seller is among
 * the debts.
 */
export const refundQueue = (
  sql: Sql,
) => sql`(r.state = 'asked' or r.state = 'decided' and not ${waits(sql)} and (r.rail = 'bank'
  or (r.row->>'updatedAt')::timestamptz < now() - interval '15 minutes'))`

export type RefundCard = {
  refund: Refund
  title: LocalizedText
  buyerName: LocalizedText
  sellerName: LocalizedText
  /** Where a refund by bank goes to. */
  buyerAccount: string | null
  reference: string
  /** What the provider said of the last attempt that failed. */
  failure: string | null
  /** Whether it was refused, and no call is under way: it may be paid by bank. */
  refused: boolean
  /** Whether it waits until its seller has paid their part. */
  waits: boolean
  frozen: boolean
}

const columns = (sql: Sql) => sql`r.row as refund, l.row->'title' as title, b.row->'name' as "buyerName",
  s.row->'name' as "sellerName", coalesce(r.row->>'to', b.row->>'bankAccount') as "buyerAccount", p.reference,
  (select i.failure from intents i where i.subject = r.id order by i.created_at desc, i.key desc limit 1) as failure,
  coalesce((select bool_and(i.state = 'failed') and (array_agg(i.failure order by i.created_at desc, i.key desc))[1]
    <> all(${[...endedHere]}::text[]) from intents i where i.subject = r.id), false) as refused,
  r.state = 'decided' and ${waits(sql)} as waits,
  coalesce(t.row->>'frozenBy', l.row->>'frozenBy', b.row->>'frozenBy', s.row->>'frozenBy') is not null as frozen`

const tables = (
  sql: Sql,
) => sql`refunds r left join debts d on d.id = r.row->>'debt' join payments p on p.id = r.payment join trades t on t.id = r.trade
  join listings l on l.id = t.listing join parties b on b.id = t.buyer join parties s on s.id = t.seller`

export const loadRefundQueue = (sql: Sql, limit: number): Promise<RefundCard[]> =>
  sql<
    RefundCard[]
  >`select ${columns(sql)} from ${tables(sql)} where ${refundQueue(sql)} order by r.id limit ${limit}`

export const loadRefundCardsOf = (sql: Sql, payment: Id<"payment">): Promise<RefundCard[]> =>
  sql<RefundCard[]>`select ${columns(sql)} from ${tables(sql)} where r.payment = ${payment} order by r.id`

export async function countRefunds(sql: Sql): Promise<Waiting> {
  const [row] = await sql<Waiting[]>`
    select count(*)::float8 as count, min(r.row->>'updatedAt') as oldest
    from refunds r left join debts d on d.id = r.row->>'debt' where ${refundQueue(sql)}`
  return row ?? { count: 0, oldest: null }
}
