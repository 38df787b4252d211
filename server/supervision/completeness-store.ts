import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { Remit } from "#contracts/remit.ts"
import type { TradeChoice } from "#contracts/supervision.ts"
import type { Time } from "#contracts/time.ts"
import { type TradeState, tradeStates, tradeTransitions } from "#contracts/trade.ts"
import { isFinal } from "#contracts/transition.ts"
import { inRegions } from "../access/remit-store.ts"

/** `later`: not due yet. `notNeeded`: the trade ended before it was. Only `missing` is a breach. */
export type CheckStatus = "done" | "later" | "missing" | "notNeeded"

/**
 * The duties of whoever intermediates trades in data (Data Security Law art. 33), for one trade: the provider
 * stated the data's source, the identities of both sides were verified before money or data moved, and the
 * records of review and trade were kept: each version of the trade, its payments and its grant has its fact.
 */
export type TradeChecks = {
  id: Id<"trade">
  state: TradeState
  source: CheckStatus
  buyer: CheckStatus
  seller: CheckStatus
  records: CheckStatus
  registration: Id<"registration"> | null
  registrationNumber: string | null
  /** When the identities had to be verified: the start of the first payment, or the grant of a free trade. */
  due: Time | null
  buyerVerifiedAt: Time | null
  sellerVerifiedAt: Time | null
  expectedRecords: number
  sealedRecords: number
}

const finalStates = tradeStates.filter((state) => isFinal(tradeTransitions, state))

/** The checks as one relation, so that a trade's page and the sum of all say the same. */
const checksOf = (sql: Sql, chosen: ReturnType<Sql>) => sql`
  with waiting as (select subject, count(*) as n from pending_facts group by subject),
  looked as (
    select t.id, t.state, r.id as registration, r.row->>'number' as number,
      coalesce(r.row->'evidence'->'source'->>'name', '') <> '' as "sourceStated",
      coalesce((select min(p.row->>'startedAt') from payments p where p.trade = t.id),
        (select min(g.row->>'issuedAt') from grants g where g.trade = t.id)) as due,
      b.row->'verification'->>'at' as buyer_at, s.row->'verification'->>'at' as seller_at,
      k.expected, k.sealed, k.waiting
    from trades t
    join parties b on b.id = t.buyer
    join parties s on s.id = t.seller
    left join lateral (
      select r.id, r.row from registrations r
      where r.product = t.row->>'product' and r.row->>'datasetVersion' = t.row->>'datasetVersion'
        and r.state = 'approved' order by r.id limit 1) r on true
    cross join lateral (
      select sum(v.version)::int as expected,
        sum((select count(*) from sealed_facts f where f.subject = v.id and f.version <= v.version))::int as sealed,
        sum(coalesce((select w.n from waiting w where w.subject = v.id), 0))::int as waiting
      from (select t.id, t.version
        union all select p.id, p.version from payments p where p.trade = t.id
        union all select g.id, g.version from grants g where g.trade = t.id) v) k
    where ${chosen}),
  checks as (
    select id, state, registration, number as "registrationNumber", due,
      buyer_at as "buyerVerifiedAt", seller_at as "sellerVerifiedAt",
      expected as "expectedRecords", sealed as "sealedRecords",
      case when "sourceStated" then 'done' else 'missing' end as source,
      ${identity(sql, sql`buyer_at`)} as buyer, ${identity(sql, sql`seller_at`)} as seller,
      case when sealed >= expected then 'done' when sealed + waiting >= expected then 'later' else 'missing' end
        as records
    from looked)`

const identity = (sql: Sql, at: ReturnType<Sql>) => sql`
  case when due is null and ${at} is not null then 'done'
    when due is null and state = any(${finalStates}) then 'notNeeded'
    when due is null then 'later'
    when ${at} <= due then 'done' else 'missing' end`

const columns = (
  sql: Sql,
) => sql`id, state, source, buyer, seller, records, registration, "registrationNumber",
  due, "buyerVerifiedAt", "sellerVerifiedAt", "expectedRecords", "sealedRecords"`

export async function loadTradeChecks(sql: Sql, trade: Id<"trade">): Promise<TradeChecks | null> {
  const [row] = await sql<TradeChecks[]>`
    ${checksOf(sql, sql`t.id = ${trade}`)} select ${columns(sql)} from checks`
  return row ?? null
}

const missing = (sql: Sql) => sql`('missing' in (source, buyer, seller, records))`
const later = (sql: Sql) => sql`('later' in (source, buyer, seller, records))`

export type Completeness = {
  total: number
  complete: number
  /** Nothing is missing, but something is still to come (a seal, a verification before payment). */
  underWay: number
  missing: number
}

/** A trade is of the regions of both of its sides. */
const ofRegions = (sql: Sql, bounds: Remit | null): ReturnType<Sql> =>
  sql`(${inRegions(sql, "b", bounds)} or ${inRegions(sql, "s", bounds)})`

export async function loadCompleteness(sql: Sql, bounds: Remit | null): Promise<Completeness> {
  const [row] = await sql<Completeness[]>`
    ${checksOf(sql, ofRegions(sql, bounds))}
    select count(*)::int as total, count(*) filter (where ${missing(sql)})::int as missing,
      count(*) filter (where not ${missing(sql)} and ${later(sql)})::int as "underWay",
      count(*) filter (where not ${missing(sql)} and not ${later(sql)})::int as complete
    from checks`
  return row ?? { total: 0, complete: 0, underWay: 0, missing: 0 }
}

/** Trades with their checks, the newest first; `after` is the id that the last page ended with. */
export async function loadChecked(
  sql: Sql,
  page: {
    after: string | null
    show: TradeChoice
    party: Id<"party"> | null
    bounds: Remit | null
  },
  limit: number,
): Promise<TradeChecks[]> {
  const { after, show, party, bounds } = page
  const chosen = {
    all: sql`true`,
    missing: missing(sql),
    underWay: sql`not ${missing(sql)} and ${later(sql)}`,
  }[show]
  return sql<TradeChecks[]>`
    ${checksOf(
      sql,
      sql`${after ? sql`t.id < ${after}` : sql`true`} ${party ? sql`and (t.buyer = ${party} or t.seller = ${party})` : sql``}
      and ${ofRegions(sql, bounds)}`,
    )}
    select ${columns(sql)} from checks where ${chosen} order by id desc limit ${limit}`
}
