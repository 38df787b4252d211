import type { Sql, TransactionSql } from "postgres"

/**
 * What is in one of the two books and not in the other yet, by currency: journals without a line, less lines without
 * a step. With it the two books come to the same.
 */
export async function loadWaiting(sql: Sql | TransactionSql, provider: string): Promise<Map<string, string>> {
  const rows = await sql<{ currency: string; sum: string }[]>`
    select currency, sum(amount)::text as sum from (
      select currency, amount from postings p
        where account in ('provider_pending', 'provider_available')
          and source_type not in ('settlement.booked', 'payment.providerFee')
          and not exists (select from line_steps s where s.step = 'matched'
            and s.source_type = p.source_type and s.source_id = p.source_id)
      union all
      select p.currency, p.amount from postings p
        where p.account = 'provider_pending' and p.source_type = 'payment.providerFee'
          and not exists (select from line_steps s where s.step = 'matched'
            and s.source_type = 'payment.held' and s.source_id = p.source_id)
      union all
      select currency, -net from provider_lines l where provider = ${provider}
        and not exists (select from line_steps s where s.provider = l.provider and s.entry = l.entry)) waiting
    group by currency`
  return new Map(rows.map(({ currency, sum }) => [currency, sum]))
}
