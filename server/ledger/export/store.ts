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
  (select row->>'nonce' from payments where payments.id = source_id) as nonce`

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

/** Legs of a page; a journal has at most some dozens. */
const pageLegs = 2000

/** All journals decided after `after` and not after `until`, by source, a page at a time. */
export async function* readJournalPages(
  sql: AnySql,
  after: string,
  until: string,
): AsyncGenerator<Journal[]> {
  for (let type = "", id = ""; ; ) {
    const rows = await sql<PostingRow[]>`
      select ${postingColumns(sql)} from postings
      where (source_type, source_id) > (${type}, ${id}) and occurred_at > ${after} and occurred_at <= ${until}
      order by source_type, source_id, leg limit ${pageLegs}`
    const journals = journalsOf(rows)
    const ended = rows.length < pageLegs
    // The page may have cut its last journal: that one begins the next page.
    if (!ended) journals.pop()
    if (journals.length > 0) yield journals
    const last = journals.at(-1)
    if (ended || last === undefined) return
    type = last.source.type
    id = last.source.id
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

/** A journal by its hash, and where the fact that certifies it may be found. */
export type JournalPlace = { readonly hash: string; readonly source: string; readonly trade: string }

/** Which of these journals a sealed fact of their trade certifies; most often it is one of the source's own facts. */
export async function readCertified(sql: AnySql, places: readonly JournalPlace[]): Promise<Set<string>> {
  const facts = sql`sealed_facts f where`
  // No text within a leaf can look like this: its quotes are escaped.
  const names = sql`position(convert_to('"journalHash":"' || w.hash || '"', 'UTF8') in f.leaf) > 0`
  const rows = await sql<{ hash: string }[]>`
    select w.hash from unnest(${places.map(({ hash }) => hash)}::text[],
      ${places.map(({ source }) => source)}::text[], ${places.map(({ trade }) => trade)}::text[])
      as w(hash, source, trade)
    where (select true from ${facts} f.subject = w.source and ${names} limit 1)
      or (select true from thread_entries e, ${facts} e.key = w.trade and f.index = e.index and ${names} limit 1)`
  return new Set(rows.map(({ hash }) => hash))
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
