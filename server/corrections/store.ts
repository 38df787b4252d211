import type { Sql } from "postgres"
import type { Correction } from "#contracts/correction.ts"
import { type Currency, type Money, makeMoney } from "#contracts/money.ts"
import type { LineKind } from "../payments/provider.ts"
import type { Waiting } from "../queue.ts"

export async function loadCorrection(sql: Sql, id: string): Promise<Correction | null> {
  const [found] = await sql<{ row: Correction }[]>`select row from corrections where id = ${id}`
  return found?.row ?? null
}

/** Those that wait for a second person first, then the newest. */
export async function loadCorrections(sql: Sql, limit: number): Promise<Correction[]> {
  const rows = await sql<{ row: Correction }[]>`
    select row from corrections order by state <> 'asked', id desc limit ${limit}`
  return rows.map(({ row }) => row)
}

/** How many wait for a second person. */
export async function countCorrections(sql: Sql): Promise<Waiting> {
  const [row] = await sql<Waiting[]>`select count(*)::float8 as count, min(row->>'askedAt') as oldest
    from corrections where state = 'asked'`
  return row ?? { count: 0, oldest: null }
}

export type SuspendedLine = {
  provider: string
  entry: string
  kind: LineKind
  type: string
  source: string | null
  amount: string
  net: string
  currency: Currency
  at: string
}

/** Still in suspense, and nobody has said what it is. */
const inSuspense = (
  sql: Sql,
) => sql`line_steps s join provider_lines l on l.provider = s.provider and l.entry = s.entry
  where s.step = 'suspended'
    and not exists (select from line_steps c where c.provider = s.provider and c.entry = s.entry
      and c.step in ('matched', 'cleared'))
    and not exists (select from corrections c where c.state <> 'dropped' and c.reference = s.entry
      and c.row->>'provider' = s.provider)`

const columns = (sql: Sql) => sql`l.provider, l.entry, l.kind, l.type, l.source, l.amount::text as amount,
  l.net::text as net, l.currency, l.at`

export const loadSuspense = (sql: Sql, limit: number): Promise<SuspendedLine[]> =>
  sql<SuspendedLine[]>`select ${columns(sql)} from ${inSuspense(sql)} order by l.at, l.entry limit ${limit}`

export async function loadSuspendedLine(
  sql: Sql,
  provider: string,
  entry: string,
): Promise<SuspendedLine | null> {
  const [row] = await sql<SuspendedLine[]>`select ${columns(sql)} from ${inSuspense(sql)}
    and l.provider = ${provider} and l.entry = ${entry}`
  return row ?? null
}

/** A journal at the provider that no line shows, and whose it is. */
export type LoneJournal = {
  amount: string
  currency: Currency
  buyer: Correction["owner"] | null
  seller: Correction["owner"] | null
  /** Whose top-up it is of, which no trade is in. */
  party: Correction["owner"] | null
}

/** Whose a posting is: its trade's two parties, or the one that topped up. */
const owners = (sql: Sql) => sql`left join trades t on t.id = p.trade
  left join top_ups u on u.id = split_part(p.source_id, ':', 1)`

export async function loadLoneJournal(
  sql: Sql,
  { type, id }: { type: string; id: string },
): Promise<LoneJournal | null> {
  const [row] = await sql<LoneJournal[]>`
    select sum(amount)::text as amount, currency, max(t.buyer) as buyer, max(t.seller) as seller,
      max(u.party) as party
    from postings p ${owners(sql)}
    where source_type = ${type} and source_id = ${id} and account in ('provider_pending', 'provider_available')
      and source_type not in ('settlement.booked', 'payment.providerFee')
      and not exists (select from line_steps s where s.step = 'matched'
        and s.source_type = p.source_type and s.source_id = p.source_id)
      and not exists (select from corrections c where c.state <> 'dropped'
        and c.row->'journal'->>'type' = p.source_type and c.row->'journal'->>'id' = p.source_id)
    group by currency having sum(amount) <> 0`
  return row ?? null
}

/** Whose a journal is that stands in the book, matched or not. */
export async function loadJournalOwners(
  sql: Sql,
  { type, id }: { type: string; id: string },
): Promise<Correction["owner"][]> {
  const [row] = await sql<{ owners: Correction["owner"][] }[]>`
    select array_remove(array[t.buyer, t.seller, u.party], null) as owners from postings p ${owners(sql)}
    where p.source_type = ${type} and p.source_id = ${id} limit 1`
  return row?.owners ?? []
}

/** What is owed as tax, in each currency. */
export async function loadTaxPayable(sql: Sql): Promise<Money[]> {
  const rows = await sql<{ currency: Currency; minor: string }[]>`
    select currency, greatest(-sum(amount), 0)::text as minor from postings where account = 'tax_payable'
    group by currency having sum(amount) <> 0 order by currency`
  return rows.map(({ currency, minor }) => makeMoney(BigInt(minor), currency))
}
