import type { Sql } from "postgres"
import { type Journal, journalHash } from "#contracts/escrow.ts"
import { nounTables } from "#db/nouns.ts"
import { readJournalsOf, readJournalsOfTrades } from "../../ledger/export/store.ts"

/**
 * What must be so of the book when everything has come to rest. Each check answers sentences of what is wrong; none
 * is a quiet market.
 */

type Place = "provider_pending" | "provider_available" | "bank" | "dispute_withdrawn"

export async function wrongsOfBook(
  sql: Sql,
  trades: readonly string[],
  places: Record<Place, Map<string, bigint>>,
): Promise<string[]> {
  const found = await Promise.all([
    unbalanced(sql),
    overdrawn(sql),
    leftOver(sql, trades),
    changesWithoutFacts(sql),
    journalsAndFacts(sql, trades),
    journalsAndFactsOfBalances(sql),
    ...Object.entries(places).map(([place, there]) => placeDiffers(sql, place, there)),
    alerts(sql),
  ])
  return found.flat()
}

async function unbalanced(sql: Sql): Promise<string[]> {
  const rows = await sql<{ source: string; sum: string }[]>`
    select source_type || ' ' || source_id as source, sum(amount)::text as sum
    from postings group by source_type, source_id, currency having sum(amount) <> 0`
  return rows.map(({ source, sum }) => `the journal ${source} is ${sum} off`)
}

const liabilities = ["held", "seller_payable", "refund_payable", "tax_payable", "buyer_credit"]

async function overdrawn(sql: Sql): Promise<string[]> {
  const rows = await sql<{ account: string; currency: string; sum: string }[]>`
    select account, currency, sum(amount)::text as sum from postings
    where split_part(account, ':', 1) = any(${liabilities}::text[]) group by 1, 2 having sum(amount) > 0`
  return rows.map(({ account, currency, sum }) => `${account} is overdrawn by ${sum} ${currency}`)
}

/** Nothing is held or owed to a buyer of a trade that has ended. */
async function leftOver(sql: Sql, trades: readonly string[]): Promise<string[]> {
  const rows = await sql<{ account: string; sum: string }[]>`
    select account, sum(amount)::text as sum from postings where trade = any(${[...trades]}::text[])
      and split_part(account, ':', 1) in ('held', 'refund_payable') group by 1 having sum(amount) <> 0`
  return rows.map(({ account, sum }) => `${account} ends with ${sum}`)
}

/** Each version of each certified thing has one fact, sealed or waiting, and each fact is of such a version. */
async function changesWithoutFacts(sql: Sql): Promise<string[]> {
  const things = Object.values(nounTables).map((table) => `select id::text, version from ${table}`)
  const rows = await sql.unsafe<{ id: string; version: number; facts: number }[]>(`
    with things as (${things.join(" union all ")}),
      told as (select subject, version from pending_facts union all select subject, version from sealed_facts)
    select coalesce(t.id, f.subject) as id, coalesce(t.version, 0) as version, coalesce(f.facts, 0)::int as facts
    from things t full join (select subject, count(*) as facts, max(version) as last,
      count(distinct version) as kinds from told group by 1) f on f.subject = t.id
    where t.version is distinct from f.facts or f.last is distinct from f.facts or f.kinds is distinct from f.facts`)
  return rows.map(({ id, version, facts }) => `${id} has ${version} versions and ${facts} facts`)
}

/** Journals that are part of another's event, and are named by no fact of their own. */
const beside = new Set(["payment.providerFee"])

/** Each money fact names the hash of one journal, and each journal is named by one fact. */
async function journalsAndFacts(sql: Sql, trades: readonly string[]): Promise<string[]> {
  const journals = await readJournalsOfTrades(sql, trades)
  const facts = await sql<Naming[]>`
    select fact::json->'body'->>'journalHash' as hash, fact::json->>'type' as type from pending_facts
    where fact like '%"journalHash":%' and fact::json->'body'->>'trade' = any(${[...trades]}::text[])`
  return namedOnce(journals, facts)
}

/** The same of what comes into and leaves balances, and of what is owed of it, which belongs to no trade. */
async function journalsAndFactsOfBalances(sql: Sql): Promise<string[]> {
  const sources = await sql<{ type: string; id: string }[]>`
    select distinct source_type as type, source_id as id from postings
    where trade is null and source_type ~ '^(topUp|withdrawal|debt)[.]'`
  const facts = await sql<Naming[]>`
    select fact::json->'body'->>'journalHash' as hash, fact::json->>'type' as type from pending_facts
    where fact like '%"journalHash":%' and fact::json->'body'->>'trade' is null
      and fact::json->>'type' ~ '^(topUp|withdrawal|debt)[.]'`
  return namedOnce(await readJournalsOf(sql, sources), facts)
}

type Naming = { hash: string; type: string }

function namedOnce(journals: readonly Journal[], facts: readonly Naming[]): string[] {
  const named = new Map<string, number>()
  for (const { hash } of facts) named.set(hash, (named.get(hash) ?? 0) + 1)
  const wrongs: string[] = []
  for (const journal of journals) {
    const hash = journalHash(journal)
    const times = named.get(hash) ?? 0
    named.delete(hash)
    const { type, id } = journal.source
    if (beside.has(type)) continue
    if (times !== 1) wrongs.push(`the journal ${type} ${id} is named by ${times} facts`)
  }
  for (const [hash] of named) wrongs.push(`a fact names the journal ${hash}, which is not there`)
  return wrongs
}

/** What the book says lies somewhere, and what lies there. */
async function placeDiffers(sql: Sql, place: string, there: Map<string, bigint>): Promise<string[]> {
  const rows = await sql<{ currency: string; sum: string }[]>`
    select currency, sum(amount)::text as sum from postings
    where account = ${place} group by 1`
  const book = new Map(rows.map(({ currency, sum }) => [currency, BigInt(sum)]))
  return [...new Set([...book.keys(), ...there.keys()])]
    .filter((currency) => (book.get(currency) ?? 0n) !== (there.get(currency) ?? 0n))
    .map((currency) => {
      const more = (book.get(currency) ?? 0n) - (there.get(currency) ?? 0n)
      return `${place}: the book has ${more} ${currency} more than lies there`
    })
}

/** All that the book and the states of these trades and of all balances say, in one hash. */
export async function digestOf(sql: Sql, trades: readonly string[]): Promise<string> {
  const [row] = await sql<{ digest: string }[]>`
    select md5(
      (select coalesce(string_agg(p::text, ',' order by source_type, source_id, leg), '') from postings p where trade = any(${[...trades]}::text[])) ||
      (select coalesce(string_agg(id || version, ',' order by id), '') from trades where id = any(${[...trades]}::text[])) ||
      (select coalesce(string_agg(id || version, ',' order by id), '') from payments where trade = any(${[...trades]}::text[])) ||
      (select coalesce(string_agg(id || version, ',' order by id), '') from refunds where trade = any(${[...trades]}::text[])) ||
      (select coalesce(string_agg(id || version, ',' order by id), '') from debts where trade = any(${[...trades]}::text[])) ||
      (select coalesce(string_agg(id || version, ',' order by id), '') from chargebacks where trade = any(${[...trades]}::text[])) ||
      (select coalesce(string_agg(p::text, ',' order by source_type, source_id, leg), '') from postings p where trade is null and source_type ~ '^(topUp|withdrawal|debt)[.]') ||
      (select coalesce(string_agg(id || version, ',' order by id), '') from debts where trade is null) ||
      (select coalesce(string_agg(id || version, ',' order by id), '') from top_ups) ||
      (select coalesce(string_agg(id || version, ',' order by id), '') from balances) ||
      (select coalesce(string_agg(id || version, ',' order by id), '') from withdrawals) ||
      (select coalesce(string_agg(id || version, ',' order by id), '') from payouts)) as digest`
  return row?.digest ?? ""
}

/**
 * Nothing is put before the operator where nothing is wrong; of a payout that the bank sent back they are told, of a
 * top-up that a bank takes back (which checks-top-ups.ts counts), and of commands that asked for what cannot be.
 */
async function alerts(sql: Sql): Promise<string[]> {
  const rows = await sql<{ kind: string; subject: string; code: string; detail: unknown }[]>`
    select kind, subject, code, detail from alerts where closed_at is null and kind not in ('payout', 'command')
      and code not in ('top_up_contested', 'top_up_lost') order by id limit 20`
  return rows.map(
    ({ kind, subject, code, detail }) => `alarm over ${kind} ${subject}: ${code} ${JSON.stringify(detail)}`,
  )
}
