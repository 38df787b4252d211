import type { Sql } from "postgres"
import { type Balance, balanceIdOf, emptyBalance } from "#contracts/balance.ts"
import type { JournalType } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import { type Currency, type Money, makeMoney } from "#contracts/money.ts"
import type { Time } from "#contracts/time.ts"

/** A party's balance in a currency; an empty one of version 0 where nothing has moved it yet. */
export async function loadBalance(
  sql: Sql,
  party: Id<"party">,
  currency: Currency,
  now: Time,
): Promise<Balance> {
  const [row] = await sql<{ row: Balance }[]>`
    select row from balances where id = ${balanceIdOf(party, currency)}`
  return row?.row ?? emptyBalance(party, currency, now)
}

/** All of a party's balances, by currency. */
export async function loadBalancesOf(sql: Sql, party: Id<"party">): Promise<Balance[]> {
  const rows = await sql<{ row: Balance }[]>`
    select row from balances where party = ${party} order by row->>'currency'`
  return rows.map(({ row }) => row)
}

/**
 * What a party owes the platform in a currency, in all: its debts that are not paid or written off, and of open
 * chargebacks of its top-ups what its balance did not suffice for; of lost ones from before that was a debt, too.
 */
export async function loadOwedSum(sql: Sql, party: Id<"party">, currency: Currency): Promise<Money> {
  const [row] = await sql<{ minor: string }[]>`
    select coalesce(sum(minor), 0)::text as minor from (
      select (row->'left'->>'minor')::bigint as minor from debts
      where seller = ${party} and state in ('reversing', 'owed') and row->'left'->>'currency' = ${currency}
      union all
      select (row->'contested'->'amount'->>'minor')::bigint - (row->'contested'->'reserved'->>'minor')::bigint
      from top_ups u where party = ${party} and (row->'contested'->>'state' = 'open'
          or row->'contested'->>'state' = 'lost'
            and not exists (select from debts d where d.seller = ${party} and d.row->>'causeId' = u.id))
        and row->'contested'->'amount'->>'currency' = ${currency}) owed`
  return makeMoney(BigInt(row?.minor ?? "0"), currency)
}

/** How a party's balance moved in the book. */
export type Movement = {
  /** What was booked, and of which thing: `topUp.received` of a top-up. */
  type: JournalType
  thing: string
  trade: Id<"trade"> | null
  /** Signed, in minor units: what came in is positive. */
  minor: string
  currency: Currency
  at: Time
  /** Where the next page begins. */
  place: string
}

/** Newest first, after the place that the page before ended with. */
export async function loadMovements(
  sql: Sql,
  party: Id<"party">,
  after: string | null,
  limit: number,
): Promise<Movement[]> {
  const place = sql`occurred_at || ' ' || source_type || ' ' || source_id`
  return sql<Movement[]>`
    select source_type as type, split_part(source_id, ':', 1) as thing, max(trade) as trade,
      (-sum(amount))::text as minor, currency, occurred_at as at, ${place} as place
    from postings where account like 'buyer_credit:%' and account = ${`buyer_credit:${party}`}
      ${after === null ? sql`` : sql`and occurred_at <= ${after.split(" ", 1)[0] ?? ""} and ${place} < ${after}`}
    group by source_type, source_id, currency, occurred_at order by occurred_at desc, ${place} desc limit ${limit}`
}
