import type { Sql } from "postgres"
import type { AccountKind, JournalType } from "#contracts/escrow.ts"
import type { Currency } from "#contracts/money.ts"
import type { Time } from "#contracts/time.ts"

export type Balance = { kind: AccountKind; currency: Currency; amount: string; accounts: number }

/** What each kind of account comes to: debits positive. Reads the whole book. */
export async function loadAccountKinds(sql: Sql): Promise<Balance[]> {
  return sql<Balance[]>`
    select split_part(account, ':', 1) as kind, currency, sum(balance)::text as amount, count(*)::int as accounts
    from (select account, currency, sum(amount) as balance from postings group by account, currency
      having sum(amount) <> 0) accounts
    group by 1, 2 order by 2, 1`
}

/** The ends of the ages by which held funds are told, in days. */
export const ageDays = [1, 7, 30, 90] as const

export type HeldByAge = { currency: Currency; age: number; payments: number; amount: string }

/** Funds that are held, by how long: `age` counts how many of the ends are passed. */
export async function loadHeldByAge(sql: Sql, now: Time): Promise<HeldByAge[]> {
  return sql<HeldByAge[]>`
    select p.row->'amount'->>'currency' as currency,
      width_bucket(extract(epoch from ${now}::timestamptz - held.at::timestamptz) / 86400, ${[...ageDays]}::float8[]) as age,
      count(*)::int as payments, sum(held.amount)::text as amount
    from payments p cross join lateral (
      select min(occurred_at) as at, -sum(amount) as amount from postings b
      where b.trade = p.trade and b.account = 'held:' || p.trade and b.currency = p.row->'amount'->>'currency') held
    where p.state = 'held' group by 1, 2 order by 1, 2`
}

export type Source = { type: string; id: string }

/** What journals are asked for: of one type, or of one thing (a trade, a payment, a refund). */
export type JournalFilter =
  | { type: JournalType }
  | { trade: string }
  | { thing: string; types: readonly string[] }

/** The newest first; `before` is the id that the last page ended with. */
export async function loadSources(
  sql: Sql,
  filter: JournalFilter,
  before: string | null,
  limit: number,
): Promise<Source[]> {
  if ("type" in filter)
    return sql<Source[]>`select source_type as type, source_id as id from postings
      where source_type = ${filter.type} and leg = 1 ${before === null ? sql`` : sql`and source_id < ${before}`}
      order by source_id desc limit ${limit}`
  if ("trade" in filter)
    return sql<Source[]>`select source_type as type, source_id as id from postings
      where trade = ${filter.trade} and leg = 1 order by occurred_at desc, source_type, source_id limit ${limit}`
  return sql<Source[]>`select source_type as type, source_id as id from postings
    where source_type = any(${[...filter.types]}::text[]) and leg = 1
      and (source_id = ${filter.thing} or source_id like ${`${filter.thing}:%`})
    order by occurred_at desc, source_type, source_id limit ${limit}`
}

/** Which sealed record certifies each of these hashes, of the things that the journals are about. */
export async function loadRecordsOf(
  sql: Sql,
  journals: readonly { subject: string; hash: string }[],
): Promise<Map<string, number>> {
  const rows = await sql<{ hash: string; index: number }[]>`
    select asked.hash, f.index::float8 as index
    from unnest(${journals.map(({ subject }) => subject)}::text[], ${journals.map(({ hash }) => hash)}::text[])
      as asked(subject, hash)
    -- What is given back of a payment is told by the payment's record.
    join sealed_facts f on f.subject in (asked.subject, (select row->>'payment' from refunds where id = asked.subject))
      and position(convert_to('"journalHash":"' || asked.hash || '"', 'UTF8') in f.leaf) > 0`
  return new Map(rows.map(({ hash, index }) => [hash, index]))
}

export type PostingLine = {
  type: string
  id: string
  leg: number
  account: string
  currency: Currency
  amount: string
  trade: string | null
  occurredAt: Time
}

const pageLines = 2_000

/** The book's postings by journal, a page at a time, so that no more than one is ever here. */
export async function* readPostings(sql: Sql, type: JournalType | null): AsyncGenerator<PostingLine[]> {
  for (let [after, id, leg] = [type ?? "", "", 0]; ; ) {
    const rows = await sql<PostingLine[]>`
      select source_type as type, source_id as id, leg, account, currency, amount::text as amount, trade,
        occurred_at as "occurredAt"
      from postings where (source_type, source_id, leg) > (${after}, ${id}, ${leg})
        ${type === null ? sql`` : sql`and source_type = ${type}`}
      order by source_type, source_id, leg limit ${pageLines}`
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageLines) return
    after = last.type
    id = last.id
    leg = last.leg
  }
}
