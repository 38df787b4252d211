import type { TransactionSql } from "postgres"
import { type Finding, finding } from "./accounts.ts"

/**
 * Each party's balance beside the book: available and reserved together are what `buyer_credit:<party>` has, neither is
 * negative, and what is reserved is what its withdrawals under way and contested top-ups wait for.
 */
export async function balanceRows(sql: TransactionSql): Promise<Finding[]> {
  const rows = await sql<
    Record<"subject" | "currency" | "available" | "reserved" | "booked" | "awaited", string>[]
  >`
    with booked as (
      select substr(account, length('buyer_credit:') + 1) as party, currency, -sum(amount) as booked from postings
      where account like 'buyer_credit:%' group by 1, 2),
    awaited as (
      select party, currency, sum(minor) as awaited from (
        select party, row->'amount'->>'currency' as currency, (row->'amount'->>'minor')::bigint as minor
          from withdrawals where state in ('asked', 'approved')
        union all
        select party, row->'contested'->'reserved'->>'currency', (row->'contested'->'reserved'->>'minor')::bigint
          from top_ups where row->'contested'->>'state' = 'open') waiting
      group by 1, 2),
    told as (
      select party, row->>'currency' as currency, (row->'available'->>'minor')::bigint as available,
        (row->'reserved'->>'minor')::bigint as reserved from balances)
    select party as subject, currency, coalesce(available, 0)::text as available, coalesce(reserved, 0)::text as reserved,
      coalesce(booked, 0)::text as booked, coalesce(awaited, 0)::text as awaited
    from told full join booked using (party, currency) full join awaited using (party, currency)
    where coalesce(available, 0) < 0 or coalesce(reserved, 0) < 0
      or coalesce(available, 0) + coalesce(reserved, 0) <> coalesce(booked, 0)
      or coalesce(reserved, 0) <> coalesce(awaited, 0)`
  return rows.map(({ subject, ...detail }) => finding("balance", subject, detail))
}
