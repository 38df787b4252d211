import type { Sql } from "postgres"
import type { Debt } from "#contracts/debt.ts"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { Currency, Money } from "#contracts/money.ts"
import type { Waiting } from "../queue.ts"

export async function loadDebt(sql: Sql, id: Id<"debt">): Promise<Debt | null> {
  const [row] = await sql<{ row: Debt }[]>`select row from debts where id = ${id}`
  return row?.row ?? null
}

/** What a seller owes in a currency, the oldest first: in this order it is kept back. */
export async function loadOwed(sql: Sql, seller: Id<"party">, currency: Currency): Promise<Debt[]> {
  const rows = await sql<{ row: Debt }[]>`select row from debts
    where seller = ${seller} and state = 'owed' and row->'left'->>'currency' = ${currency} order by id`
  return rows.map(({ row }) => row)
}

export async function loadDebtsOf(sql: Sql, trade: Id<"trade">): Promise<Debt[]> {
  const rows = await sql<{ row: Debt }[]>`select row from debts where trade = ${trade} order by id`
  return rows.map(({ row }) => row)
}

/** What a party owes now, in all currencies. */
export async function loadOwedBy(sql: Sql, party: Id<"party">): Promise<Debt[]> {
  const rows = await sql<{ row: Debt }[]>`select row from debts
    where seller = ${party} and state = 'owed' order by id`
  return rows.map(({ row }) => row)
}

/** Debts whose transfer is still being taken back. */
export const loadReversing = (sql: Sql, after: string, limit: number): Promise<{ id: Id<"debt"> }[]> =>
  sql<{ id: Id<"debt"> }[]>`
    select id from debts where state = 'reversing' and id > ${after}
      and (row->>'updatedAt')::timestamptz < now() - interval '30 seconds' order by id limit ${limit}`

export type DebtCard = {
  debt: Debt
  /** Null of what belongs to no trade. */
  title: LocalizedText | null
  sellerName: LocalizedText
  buyerName: LocalizedText | null
  /** What the party has in its balance, in the currency of the debt. */
  available: Money | null
}

const cards = (sql: Sql) => sql`select d.row as debt, l.row->'title' as title, s.row->'name' as "sellerName",
  b.row->'name' as "buyerName", (select o.row->'available' from balances o where o.party = d.seller
    and o.row->>'currency' = d.row->'left'->>'currency') as available from debts d join parties s on s.id = d.seller
  left join trades t on t.id = d.trade left join listings l on l.id = t.listing left join parties b on b.id = t.buyer`

/** Of one seller, the open ones first, then newest first; or the open ones of all, those that wait longest first. */
export const loadDebtCards = (sql: Sql, seller: Id<"party"> | null, limit: number): Promise<DebtCard[]> =>
  sql<
    DebtCard[]
  >`${cards(sql)} where ${seller === null ? sql`d.state in ('owed', 'reversing')` : sql`d.seller = ${seller}`}
    order by ${seller === null ? sql`d.id` : sql`d.state in ('owed', 'reversing') desc, d.id desc`} limit ${limit}`

export const loadDebtCardsOf = (sql: Sql, payment: Id<"payment">): Promise<DebtCard[]> =>
  sql<DebtCard[]>`${cards(sql)} where d.payment = ${payment} order by d.id`

/** Those that somebody has asked to write off or to take out of a balance, and those that are being taken back for a quarter of an hour. */
export async function countDebts(sql: Sql): Promise<Waiting> {
  const [row] = await sql<Waiting[]>`
    select count(*)::float8 as count, min(row->>'updatedAt') as oldest from debts d
    where d.state = 'owed' and coalesce(d.row->'writeOff'->>'user', d.row->'take'->>'user') is not null
      or d.state = 'reversing' and (row->>'updatedAt')::timestamptz < now() - interval '15 minutes'`
  return row ?? { count: 0, oldest: null }
}
