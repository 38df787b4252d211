import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import { type Currency, type Money, makeMoney } from "#contracts/money.ts"
import type { Payout } from "#contracts/payout.ts"
import type { Time } from "#contracts/time.ts"

export async function loadPayout(sql: Sql, id: Id<"payout">): Promise<Payout | null> {
  const [found] = await sql<{ row: Payout }[]>`select row from payouts where id = ${id}`
  return found?.row ?? null
}

export async function loadPayouts(sql: Sql, limit: number): Promise<Payout[]> {
  const rows = await sql<{ row: Payout }[]>`select row from payouts order by id desc limit ${limit}`
  return rows.map(({ row }) => row)
}

/** Those under way, and those paid since then. */
export async function loadUnsurePayouts(sql: Sql, since: Time, limit: number): Promise<Payout[]> {
  const rows = await sql<{ row: Payout }[]>`select row from payouts
    where state = 'started' or (state = 'paid' and row->>'updatedAt' > ${since})
    order by state desc, id limit ${limit}`
  return rows.map(({ row }) => row)
}

/** What the book has as available at the provider and not on its way out, in each currency. */
export async function loadAvailable(sql: Sql): Promise<Money[]> {
  const rows = await sql<{ currency: Currency; minor: string }[]>`
    select currency, (sum(amount) - coalesce((select sum((row->'amount'->>'minor')::bigint) from payouts
        where state = 'started' and row->'amount'->>'currency' = currency), 0))::text as minor
    from postings where account = 'provider_available' group by currency order by currency`
  return rows.flatMap(({ currency, minor }) =>
    minor.startsWith("-") ? [] : [makeMoney(BigInt(minor), currency)],
  )
}
