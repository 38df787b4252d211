import type { Sql, TransactionSql } from "postgres"
import type { Account, Journal, Posting } from "#contracts/escrow.ts"
import { type Currency, makeMoney } from "#contracts/money.ts"

type AnySql = Sql | TransactionSql

type PostingRow = {
  type: string
  id: string
  account: Account
  currency: Currency
  amount: string
  trade: string | null
  occurredAt: string
  nonce: string | null
}

const postingColumns = (sql: AnySql) => sql`source_type as type, source_id as id, account, currency,
  amount::text as amount, trade, occurred_at as "occurredAt",
  ${nonceOf(sql)} as nonce`

/**
 * The nonce of the thing that a journal's source is: a payment, also where its source counts attempts after a colon,
 * or what moves money beside it. Every noun with journals of its own is named here.
 */
const nonceOf = (sql: AnySql) => sql`(case left(source_id, 3)
  when 'pay' then (select row->>'nonce' from payments where payments.id = split_part(source_id, ':', 1))
  when 'rfd' then (select row->>'nonce' from refunds where refunds.id = split_part(source_id, ':', 1))
  when 'dbt' then (select row->>'nonce' from debts where debts.id = split_part(source_id, ':', 1))
  when 'cbk' then (select row->>'nonce' from chargebacks where chargebacks.id = source_id)
  when 'pyo' then (select row->>'nonce' from payouts where payouts.id = source_id)
  when 'cor' then (select row->>'nonce' from corrections where corrections.id = source_id)
  when 'tup' then (select row->>'nonce' from top_ups where top_ups.id = source_id)
  when 'wdr' then (select row->>'nonce' from withdrawals where withdrawals.id = source_id)
  when 'stl' then (select row->>'nonce' from settlements where settlements.id = source_id) end)`

/** The hash of a journal (contracts/escrow.ts) made where it lies, of postings that are grouped by their source. */
export const hashOf = (sql: AnySql) => sql`encode(sha256(convert_to(
  coalesce('nonce,' || ${nonceOf(sql)} || chr(10), '') || source_type || ',' || source_id || chr(10) ||
  string_agg(leg || ',' || account || ',' || amount || ',' || currency || chr(10), '' order by leg),
  'UTF8')), 'hex')`

/** Every journal of these trades, by source. */
export async function readJournalsOfTrades(sql: AnySql, trades: readonly string[]): Promise<Journal[]> {
  const rows = await sql<PostingRow[]>`
    select ${postingColumns(sql)} from postings where trade = any(${[...trades]}::text[])
    order by source_type, source_id, leg`
  return journalsOf(rows)
}

/** The journals of these sources, side by side, by source. */
export async function readJournalsOf(
  sql: AnySql,
  sources: readonly { readonly type: string; readonly id: string }[],
): Promise<Journal[]> {
  const rows = await sql<PostingRow[]>`
    select ${postingColumns(sql)} from postings where (source_type, source_id) in (
      select * from unnest(${sources.map(({ type }) => type)}::text[], ${sources.map(({ id }) => id)}::text[]))
    order by source_type, source_id, leg`
  return journalsOf(rows)
}

const pageJournals = 1000

/** A journal by its name and its hash. */
export type JournalName = { readonly type: string; readonly id: string; readonly hash: string }

/**
 * The journals decided after `after` and not after `until` that no sealed fact of their trade certifies, by source, a
 * page at a time. Their hashes (contracts/escrow.ts) are made where the journals lie: most are certified, and need
 * not be brought here to be left out. Most often it is a fact of the source itself that does it.
 */
export async function* readUncertifiedPages(
  sql: AnySql,
  after: string,
  until: string,
): AsyncGenerator<JournalName[]> {
  const facts = sql`sealed_facts f where`
  // No text within a leaf can look like this: its quotes are escaped.
  const names = sql`position(convert_to('"journalHash":"' || p.hash || '"', 'UTF8') in f.leaf) > 0`
  for (let type = "", id = ""; ; ) {
    const rows = await sql<(JournalName & { open: boolean; ends: boolean })[]>`
      with page as materialized (
        select source_type, source_id, min(trade) as trade, ${hashOf(sql)} as hash
        from postings
        where (source_type, source_id) > (${type}, ${id}) and occurred_at > ${after} and occurred_at <= ${until}
        group by source_type, source_id order by source_type, source_id limit ${pageJournals}),
      told as (
        select source_type as type, source_id as id, hash,
          row_number() over (order by source_type, source_id) = ${pageJournals} as ends,
          (select true from ${facts} f.subject = split_part(p.source_id, ':', 1) and ${names} limit 1) is null
            and (select true from thread_entries e, ${facts} e.key = p.trade and f.index = e.index and ${names}
              limit 1) is null as open
        from page p)
      select type, id, hash, open, ends from told where open or ends order by type, id`
    yield rows.filter(({ open }) => open)
    const last = rows.at(-1)
    if (!last?.ends) return
    type = last.type
    id = last.id
  }
}

function journalsOf(rows: readonly PostingRow[]): Journal[] {
  const journals: Journal[] = []
  for (const { type, id, account, currency, amount, trade, occurredAt, nonce } of rows) {
    const minor = BigInt(amount)
    const posting: Posting =
      minor >= 0n
        ? { account, debit: makeMoney(minor, currency) }
        : { account, credit: makeMoney(-minor, currency) }
    const last = journals.at(-1)
    if (last?.source.type === type && last.source.id === id) last.postings.push(posting)
    else {
      const source = { type, id }
      journals.push({ ...(nonce === null ? {} : { nonce }), source, trade, occurredAt, postings: [posting] })
    }
  }
  return journals
}

/** The hashes of the journals that facts certify which wait to be sealed. */
export async function readHashesOfPending(sql: AnySql): Promise<Set<string>> {
  const rows = await sql<{ hash: string }[]>`
    select fact::json #>> '{body,journalHash}' as hash from pending_facts where fact like '%"journalHash":"%'`
  return new Set(rows.map(({ hash }) => hash))
}

export async function readAgreements(
  sql: AnySql,
  hashes: readonly string[],
): Promise<{ hash: string; text: string; trade: string }[]> {
  return sql<{ hash: string; text: string; trade: string }[]>`
    select hash, text, trade from agreements where hash = any(${[...hashes]}::text[])`
}

/** The heads of earlier exports, oldest first: what somebody took home and may want to be compared with. */
export async function readExportedHeads(
  sql: AnySql,
  below: number,
): Promise<{ size: number; note: string }[]> {
  const rows = await sql<{ size: number; note: string }[]>`
    select c.size::float8 as size, c.note from checkpoints c
    where c.size > 0 and c.size < ${below} and c.size in (select (row->>'size')::bigint from exports)
    order by c.size desc limit 1000`
  return rows.toReversed()
}
