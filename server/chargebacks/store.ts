import type { Sql } from "postgres"
import type { Chargeback } from "#contracts/chargeback.ts"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { Waiting } from "../queue.ts"

export async function loadChargeback(sql: Sql, id: Id<"chargeback">): Promise<Chargeback | null> {
  const [found] = await sql<{ row: Chargeback }[]>`select row from chargebacks where id = ${id}`
  return found?.row ?? null
}

export async function loadChargebackByReference(sql: Sql, reference: string): Promise<Chargeback | null> {
  const [found] = await sql<{ row: Chargeback }[]>`select row from chargebacks where reference = ${reference}`
  return found?.row ?? null
}

export async function loadChargebacksOf(sql: Sql, trade: Id<"trade">): Promise<Chargeback[]> {
  const rows = await sql<
    { row: Chargeback }[]
  >`select row from chargebacks where trade = ${trade} order by id`
  return rows.map(({ row }) => row)
}

/** Those that the bank has not decided, as far as is known here. */
export async function loadOpenChargebacks(sql: Sql, after: string, limit: number): Promise<Chargeback[]> {
  const rows = await sql<{ row: Chargeback }[]>`
    select row from chargebacks where state in ('opened', 'answered', 'conceded') and id > ${after} order by id limit ${limit}`
  return rows.map(({ row }) => row)
}

/** A chargeback with the names of who is concerned. */
export type ChargebackCard = {
  chargeback: Chargeback
  title: LocalizedText
  buyerName: LocalizedText
  sellerName: LocalizedText
}

const columns = (sql: Sql) => sql`c.row as chargeback, l.row->'title' as title,
  b.row->'name' as "buyerName", s.row->'name' as "sellerName"`
const tables = (sql: Sql) => sql`chargebacks c join trades t on t.id = c.trade
  join listings l on l.id = t.listing join parties b on b.id = t.buyer join parties s on s.id = t.seller`

/** Those to be answered first, by their deadline; then those that the bank decides, then the others. */
export async function loadChargebackCards(sql: Sql, limit: number): Promise<ChargebackCard[]> {
  return sql<ChargebackCard[]>`select ${columns(sql)} from ${tables(sql)}
    order by array_position(array['opened', 'conceded', 'answered'], c.state), c.row->>'dueBy', c.id desc limit ${limit}`
}

export async function loadChargebackCard(sql: Sql, id: Id<"chargeback">): Promise<ChargebackCard | null> {
  const [card] = await sql<ChargebackCard[]>`select ${columns(sql)} from ${tables(sql)} where c.id = ${id}`
  return card ?? null
}

/** How many are to be answered. */
export async function countChargebacks(sql: Sql): Promise<Waiting> {
  const [row] = await sql<Waiting[]>`select count(*)::float8 as count, min(row->>'openedAt') as oldest
    from chargebacks where state = 'opened'`
  return row ?? { count: 0, oldest: null }
}
