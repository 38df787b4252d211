import type { Sql, TransactionSql } from "postgres"
import { currencies } from "#contracts/money.ts"
import type { LineKind } from "../payments/provider.ts"

/**
 * Which journal a line of each kind is, and how its thing is found: by the payment or top-up that the provider's object names,
 * by the business key of the call that made it, or by the object itself. What the object says is not enough: our own
 * row has to name the same object.
 */
const journals: readonly { kinds: LineKind[]; by: keyof typeof things; types: string[] }[] = [
  { kinds: ["charge"], by: "payment", types: ["payment.held", "topUp.received"] },
  { kinds: ["transfer"], by: "key", types: ["payment.released"] },
  { kinds: ["refund"], by: "key", types: ["payment.refunded", "refund.repaid"] },
  {
    kinds: ["refundFailed"],
    by: "key",
    types: ["refund.returned", "payment.refundReturned"],
  },
  { kinds: ["reversal"], by: "key", types: ["debt.reversed"] },
  { kinds: ["payout"], by: "key", types: ["payout.paid"] },
  { kinds: ["payoutFailed"], by: "key", types: ["payout.returned"] },
  { kinds: ["dispute"], by: "chargeback", types: ["chargeback.opened", "topUp.contested"] },
  { kinds: ["disputeReversal"], by: "chargeback", types: ["chargeback.won", "topUp.cleared"] },
]

const things = {
  payment: `coalesce((select p.id from payments p where p.id = l.payment and p.row->>'charge' = l.source),
    (select t.id from top_ups t where t.id = l.payment and t.row->>'charge' = l.source))`,
  key: "(select split_part(i.key, ':', 2) from intents i where i.key = l.key and i.reference = l.source)",
  chargeback: `coalesce((select c.id from chargebacks c where c.reference = l.source),
    (select t.id from top_ups t where t.row->'contested'->>'reference' = l.source))`,
} as const

/** What the provider takes besides a thing belongs to one of these; the first is for all others. */
const feeAccount =
  "case when l.kind in ('dispute', 'disputeReversal') then 'dispute_fees' else 'provider_fees' end"

/** The book has no accounts in others: their lines stay as they are, and are told of (`loadForeign`). */
const knownCurrencies = Object.keys(currencies)

/** Lines that nothing has become of yet; all that were told before `since` have been looked at. */
const open = (sql: TransactionSql, provider: string, since: string) => sql`
  (select * from provider_lines o where o.provider = ${provider} and o.created_at >= ${since}::timestamptz
    and o.currency = any(${knownCurrencies}::text[])
    and not exists (select from line_steps s where s.provider = o.provider and s.entry = o.entry)) l`

const columns = (sql: TransactionSql) =>
  sql`line_steps (provider, entry, step, settlement, account, currency, amount, source_type, source_id)`

export type Run = { settlement: string; provider: string; since: string; now: string; patience: number }

/** Lines in suspense: what they belong to may turn up later than anybody waited for it. */
const suspended = (sql: TransactionSql, provider: string) => sql`
  (select o.* from line_steps s join provider_lines o on o.provider = s.provider and o.entry = s.entry
    where s.step = 'suspended' and s.provider = ${provider}
      and not exists (select from line_steps c where c.provider = s.provider and c.entry = s.entry
        and c.step in ('matched', 'cleared'))
      and not exists (select from corrections c where c.state <> 'dropped' and c.reference = s.entry
        and c.row->>'provider' = s.provider)) l`

/** What two people have said to be a journal's line is so, as long as both are there alone. */
const byHand = (sql: TransactionSql, { provider, settlement }: Run) => sql`
  insert into ${columns(sql)}
  select l.provider, l.entry, 'matched', ${settlement}, ${sql.unsafe(feeAccount)}, l.currency, j.total + coalesce(fee.total, 0) - l.net,
    c.row->'journal'->>'type', c.row->'journal'->>'id'
  from corrections c join provider_lines l on l.provider = c.row->>'provider' and l.entry = c.reference
  cross join lateral (select sum(p.amount) as total from postings p
    where p.source_type = c.row->'journal'->>'type' and p.source_id = c.row->'journal'->>'id'
      and p.currency = l.currency and p.account in ('provider_pending', 'provider_available')) j
  left join lateral (select sum(p.amount) as total from postings p
    where c.row->'journal'->>'type' = 'payment.held' and p.source_type = 'payment.providerFee'
      and p.source_id = c.row->'journal'->>'id' and p.account = 'provider_pending' and p.currency = l.currency) fee on true
  where c.state = 'booked' and c.row->>'reason' = 'journal' and l.provider = ${provider} and j.total is not null
    and not exists (select from line_steps s where s.provider = l.provider and s.entry = l.entry
      and s.step = 'matched')`

/**
 * Finds each open line's journal: of its kind, of its thing, of its amount (with what the provider took of it, or
 * without), and not another line's. Where several lines and journals are alike they are taken in their order.
 */
export const matchLines = (sql: TransactionSql, run: Run): Promise<number> =>
  match(sql, run, () => open(sql, run.provider, run.since))

/**
 * The same of lines that were put into suspense, whose call or event has turned out since: they leave it again, in one
 * booking. What was said to be available already, and the journal says itself, is taken back with it.
 */
export async function recoverLines(sql: TransactionSql, run: Run): Promise<number> {
  const turnedUp = await match(sql, run, () => suspended(sql, run.provider))
  const recovered = turnedUp + (await byHand(sql, run)).count
  if (recovered === 0) return 0
  await sql`
    insert into ${columns(sql)}
    select l.provider, l.entry, 'cleared', ${run.settlement}, 'suspense', l.currency, l.net, null, null
    from ${recoveredIn(sql, run)}`
  await sql`
    insert into ${columns(sql)}
    select l.provider, l.entry, 'unsettled', ${run.settlement}, 'provider_available', l.currency, -booked.available,
      null, null
    from ${recoveredIn(sql, run)}
    join line_steps d on d.provider = l.provider and d.entry = l.entry and d.step = 'settled'
    cross join lateral (select sum(p.amount) as available from postings p
      where p.source_type = l.source_type and p.source_id = l.source_id and p.account = 'provider_available') booked
    where booked.available <> 0`
  return recovered
}

const recoveredIn = (sql: TransactionSql, { settlement }: Run) => sql`
  (select o.*, m.source_type, m.source_id from line_steps m
    join line_steps s on s.provider = m.provider and s.entry = m.entry and s.step = 'suspended'
    join provider_lines o on o.provider = m.provider and o.entry = m.entry
    where m.settlement = ${settlement} and m.step = 'matched' and s.settlement <> m.settlement) l`

async function match(sql: TransactionSql, run: Run, lines: () => ReturnType<typeof open>): Promise<number> {
  let matched = 0
  for (const { kinds, by, types } of journals) {
    const done = await sql`
      insert into ${columns(sql)}
      select provider, entry, 'matched', ${run.settlement}, account, currency, rest, source_type, source_id from (
        select l.provider, l.entry, ${sql.unsafe(feeAccount)} as account, l.currency,
          j.total + coalesce(fee.total, 0) - l.net as rest, j.source_type, j.source_id,
          dense_rank() over (partition by l.entry order by j.source_type, j.source_id) as nth_journal,
          dense_rank() over (partition by j.source_type, j.source_id order by l.at, l.entry) as nth_line
        from ${lines()}
        cross join lateral (select ${sql.unsafe(things[by])} as thing) t
        cross join unnest(${types}::text[]) as k(type)
        cross join lateral (
          select p.source_type, p.source_id, sum(p.amount) as total from postings p
          where p.source_type = k.type and p.source_id >= t.thing and p.source_id < t.thing || ';'
            and p.currency = l.currency and p.account in ('provider_pending', 'provider_available')
          group by p.source_type, p.source_id) j
        left join lateral (select sum(p.amount) as total from postings p
          where l.kind = 'charge' and p.source_type = 'payment.providerFee' and p.source_id = t.thing
            and p.account = 'provider_pending' and p.currency = l.currency) fee on true
        where l.kind = any(${kinds}::text[]) and t.thing is not null and j.total in (l.amount, l.net)
          and not exists (select from line_steps s where s.step = 'matched'
            and s.source_type = j.source_type and s.source_id = j.source_id)
          and not exists (select from corrections c where c.state <> 'dropped'
            and c.row->'journal'->>'type' = j.source_type and c.row->'journal'->>'id' = j.source_id)) pairs
      where nth_journal = nth_line`
    matched += done.count
  }
  return matched
}

/** Lines that are the platform's own affair: its float, and what the provider takes for itself. */
export async function ownLines(sql: TransactionSql, run: Run): Promise<number> {
  const done = await sql`
    insert into ${columns(sql)}
    select l.provider, l.entry, 'own', ${run.settlement},
      case l.kind when 'topUp' then 'platform_capital' else 'provider_fees' end, l.currency, -l.net, null, null
    from ${open(sql, run.provider, run.since)} where l.kind in ('topUp', 'fee')`
  return done.count
}

/** What nothing has explained in time. */
export async function suspendLines(sql: TransactionSql, run: Run): Promise<number> {
  const done = await sql`
    insert into ${columns(sql)}
    select l.provider, l.entry, 'suspended', ${run.settlement}, 'suspense', l.currency, -l.net, null, null
    from ${open(sql, run.provider, run.since)} where l.created_at <= now() - ${run.patience}::float8 * interval '1 millisecond'`
  return done.count
}

/**
 * Lines whose money is available by now: what of it their journal has not booked to `provider_available` already goes
 * there, so that the line ends there with all of its net.
 */
export async function settleLines(sql: TransactionSql, run: Run): Promise<number> {
  const done = await sql`
    insert into ${columns(sql)}
    select l.provider, l.entry, 'settled', ${run.settlement}, 'provider_available', l.currency,
      l.net - coalesce(booked.available, 0), null, null
    from provider_lines l
    join line_steps s on s.provider = l.provider and s.entry = l.entry and (s.step in ('matched', 'own')
      or s.step = 'suspended' and not exists (select from line_steps m where m.provider = s.provider
        and m.entry = s.entry and m.step = 'matched'))
    left join lateral (select sum(p.amount) as available from postings p
      where p.source_type = s.source_type and p.source_id = s.source_id and p.account = 'provider_available') booked on true
    where l.provider = ${run.provider} and l.available_at <= ${run.now}
      and (l.created_at >= ${run.since}::timestamptz or l.available_at >= ${run.since})
      and not exists (select from line_steps d where d.provider = l.provider and d.entry = l.entry and d.step = 'settled')`
  return done.count
}

export type Sum = { account: string; currency: string; amount: string }

/** What a run's steps come to, on each account. */
export async function sumSteps(
  sql: Sql,
  settlement: string,
): Promise<{ lines: number; text: string; sums: Sum[] }> {
  const sums = await sql<Sum[]>`select account, currency, sum(amount)::text as amount from line_steps
    where settlement = ${settlement} and currency = any(${knownCurrencies}::text[])
    group by account, currency having sum(amount) <> 0 order by currency, account`
  const [row] = await sql<{ lines: number; text: string | null }[]>`
    select count(*)::int as lines, encode(sha256(convert_to(string_agg(
      entry || ',' || step || ',' || account || ',' || amount || ',' || currency || chr(10), ''
      order by entry, step), 'UTF8')), 'hex') as text
    from line_steps where settlement = ${settlement}`
  return { lines: row?.lines ?? 0, text: row?.text ?? "", sums }
}
