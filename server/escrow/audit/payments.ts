import type { TransactionSql } from "postgres"
import { type Finding, finding } from "./accounts.ts"

/**
 * Each payment's row beside its journals: `held` is booked when and only when the money is there, for the amount
 * that the row says; `parted`, `released` and `refunded` when and only when the row says so.
 */
export async function paymentJournals(sql: TransactionSql): Promise<Finding[]> {
  const rows = await sql<{ id: string; state: string; booked: string; expected: string }[]>`
    with told as (
      select id, state, array_remove(array[
        case when state in ('held', 'parting', 'closed')
          then 'held ' || (row->'amount'->>'minor') || ' ' || (row->'amount'->>'currency') end,
        -- One whose held funds a chargeback took whole was never parted, and has no fee.
        case when state in ('parting', 'closed') and row->>'fee' is not null then 'parted' end,
        case when row->'refund'->>'state' = 'done' then 'refunded' end,
        -- A release that was kept back whole for a debt moves nothing.
        case when row->'release'->>'state' = 'done' and row->'release'->>'reference' is not null
          then 'released' end], null) as expected
      from payments),
    -- A payout that came back takes the one before it away; what is then left more than once is told so.
    steps as (
      select split_part(source_id, ':', 1) as id, case
          when source_type in ('payment.held', 'payment.prepaid') then 'held ' || held || ' ' || currency
          when source_type = 'payment.parted' then 'parted'
          when source_type like 'payment.release%' then 'released' else 'refunded' end as step,
        sum(case when source_type like '%Returned' then -1 else 1 end) as times
      from (select source_type, source_id, max(currency) as currency,
          -sum(amount) filter (where account like 'held:%') as held
        from postings where source_type in ('payment.held', 'payment.prepaid', 'payment.parted', 'payment.released', 'payment.refunded',
          'payment.releaseReturned', 'payment.refundReturned')
        group by source_type, source_id) journal
      group by 1, 2),
    journals as (
      select id, array_agg(case times when 1 then step else step || ' × ' || times end) as booked
      from steps where times <> 0 group by id)
    select id, coalesce(state, 'missing') as state, coalesce(array_to_string(booked, ', '), '') as booked,
      coalesce(array_to_string(expected, ', '), '') as expected
    from told full join journals using (id)
    where array(select unnest(coalesce(booked, '{}')) order by 1)
      is distinct from array(select unnest(coalesce(expected, '{}')) order by 1)`
  return rows.map(({ id, ...detail }) => finding("payment", id, detail))
}
