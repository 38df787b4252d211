import type { Sql } from "postgres"
import { type AccountKind, accountKinds } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import { type Currency, type Money, makeMoney } from "#contracts/money.ts"
import type { Payout } from "#contracts/payout.ts"
import type { Time } from "#contracts/time.ts"
import { oneAtATime } from "../one-at-a-time.ts"

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

/** What is owed out of what lies at the provider: all but what trades owe that were paid by bank only. */
const liabilities = (Object.keys(accountKinds) as AccountKind[]).filter(
  (kind) => accountKinds[kind] === "liability",
)

/**
 * What is the platform's own at the provider, in each currency in which it has money there, less what is on its way
 * out. What the provider has is one sum (escrow/audit/accounts.ts): a transfer may have left it before its charge is
 * available. So no more is the platform's than is available, and no more than stays when everybody else has theirs.
 * By the sellers' accounts a debt is kept back across both ways of paying: of one no more counts than it owes in all.
 */
export async function loadOwn(sql: Sql): Promise<Money[]> {
  const rows = await sql<{ currency: Currency; minor: string }[]>`
    with at_provider as (
      select currency, sum(amount) filter (where account = 'provider_available') as available, sum(amount) as total
      from postings where account in ('provider_available', 'provider_pending') group by currency),
    owing as (
      select account, currency, trade, -sum(amount) as minor from postings
      where split_part(account, ':', 1) = any(${liabilities}::text[]) group by account, currency, trade
      -- Nearly every trade is over and owes nothing: how it was paid is not asked.
      having sum(amount) <> 0),
    owed as (
      select currency, greatest(least(sum(minor), coalesce(sum(greatest(minor, 0)) filter (where trade is null or
          not exists (select from payments p where p.trade = owing.trade and p.state in ('held', 'parting', 'closed')
            having bool_and(p.row->>'rail' = 'bank'))), 0)), 0) as minor
      from owing group by account, currency),
    -- Of what balances owe, and trades that were paid from one: what parties paid in by bank lies there.
    prepaid as (
      select currency, greatest(least(sum(minor), coalesce((select sum(amount) from postings paid
          where paid.account = 'bank' and paid.currency = owing.currency
            and source_type in ('topUp.received', 'withdrawal.paid', 'withdrawal.returned')), 0)), 0) as minor
      from owing where account like 'buyer_credit:%'
        or exists (select from payments p where p.trade = owing.trade and p.state in ('held', 'parting', 'closed')
          having bool_and(p.row->>'rail' = 'balance'))
      group by currency),
    leaving as (
      select row->'amount'->>'currency' as currency, sum((row->'amount'->>'minor')::bigint) as minor
      from payouts where state = 'started' group by 1)
    select currency, greatest(0, least(coalesce(available, 0), total - coalesce((
        select sum(minor) from owed where owed.currency = at_provider.currency), 0)
        + coalesce((select minor from prepaid where prepaid.currency = at_provider.currency), 0))
      - coalesce((select minor from leaving where leaving.currency = at_provider.currency), 0))::text as minor
    from at_provider order by currency`
  return rows.map(({ currency, minor }) => makeMoney(BigInt(minor), currency))
}

/** One at a time decides how much is paid out, and writes it: two may not both spend what is there once. */
export const lockPayouts = <T>(sql: Sql, act: (locked: Sql) => Promise<T>) =>
  oneAtATime(sql, "payouts", (locked) => act(locked as unknown as Sql))
