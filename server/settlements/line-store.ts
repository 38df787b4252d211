import type { Sql, TransactionSql } from "postgres"
import { currencies } from "#contracts/money.ts"
import type { BalanceEntry } from "../payments/provider.ts"

/** Keeps what is new of a page of the provider's book; a line is kept as it was told first. Answers how many. */
export async function keepLines(
  sql: Sql,
  provider: string,
  entries: readonly BalanceEntry[],
): Promise<number> {
  if (entries.length === 0) return 0
  const rows = entries.map(({ entry, kind, type, source, marks, amount, fee, net, at, availableAt }) => ({
    entry,
    kind,
    type,
    source,
    key: marks.key,
    payment: marks.paymentId,
    amount: amount.minor,
    fee: fee.minor,
    net: net.minor,
    currency: net.currency,
    at,
    available_at: availableAt,
  }))
  const kept = await sql`
    insert into provider_lines (provider, entry, kind, type, source, key, payment, amount, fee, net, currency, at, available_at)
    select ${provider}, entry, kind, type, source, key, payment, amount, fee, net, currency, at, available_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as told(entry text, kind text, type text,
      source text, key text, payment text, amount bigint, fee bigint, net bigint, currency text, at text, available_at text)
    on conflict do nothing`
  return kept.count
}

export type OpenLine = {
  entry: string
  kind: string
  type: string
  source: string | null
  net: string
  currency: string
}

/** Lines that this run has put into suspense. */
export async function loadSuspended(sql: Sql, settlement: string): Promise<OpenLine[]> {
  return sql<OpenLine[]>`select l.entry, l.kind, l.type, l.source, l.net::text as net, l.currency
    from line_steps s join provider_lines l using (provider, entry)
    where s.settlement = ${settlement} and s.step = 'suspended' order by l.entry limit 1000`
}

/** Lines that this run has taken out of suspense again. */
export async function loadRecovered(sql: Sql, settlement: string): Promise<string[]> {
  const rows = await sql<{ entry: string }[]>`
    select entry from line_steps where settlement = ${settlement} and step = 'cleared'`
  return rows.map(({ entry }) => entry)
}

/** Lines in a currency that is not known here, as long as nobody has been told of them. */
export async function loadForeign(sql: Sql, provider: string): Promise<OpenLine[]> {
  return sql<OpenLine[]>`select entry, kind, type, source, net::text as net, currency from provider_lines l
    where provider = ${provider} and currency <> all(${Object.keys(currencies)}::text[])
      and not exists (select from alerts where alerts.kind = 'line' and subject = l.entry)
    order by entry limit 1000`
}

export type Missing = { source: string; trade: string | null; amount: string; currency: string }

/**
 * Journals at the provider, decided before `until`, that no line of the provider's shows. Reads the whole book. The
 * provider's fee rides with its charge.
 */
export async function loadMissing(sql: Sql, until: string): Promise<Missing[]> {
  return sql<Missing[]>`
    select source_type || ' ' || source_id as source, max(trade) as trade, sum(amount)::text as amount, currency
    from postings p where account in ('provider_pending', 'provider_available') and occurred_at < ${until}
      and source_type not in ('settlement.booked', 'payment.providerFee')
      and not exists (select from line_steps s where s.step = 'matched'
        and s.source_type = p.source_type and s.source_id = p.source_id)
    group by source_type, source_id, currency having sum(amount) <> 0
    order by 1 limit 1000`
}

export type Balances = { currency: string; pending: string; available: string; total: string; book: string }[]

/** Of each currency, what the lines come to by now, pending and available, and what the book has at the provider. */
export async function loadBalances(
  sql: Sql | TransactionSql,
  provider: string,
  now: string,
): Promise<Balances> {
  return sql<Balances>`
    with lines as (
      select currency, coalesce(sum(net) filter (where available_at > ${now}), 0) as pending,
        coalesce(sum(net) filter (where available_at <= ${now}), 0) as available, sum(net) as total
      from provider_lines where provider = ${provider} group by currency),
    book as (select currency, sum(amount) as book from postings
      where account in ('provider_pending', 'provider_available') group by currency)
    select currency, coalesce(pending, 0)::text as pending, coalesce(available, 0)::text as available,
      coalesce(total, 0)::text as total, coalesce(book, 0)::text as book
    from lines full join book using (currency) order by currency`
}
