import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { Listing } from "#contracts/listing.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { Money } from "#contracts/money.ts"
import type { Party } from "#contracts/party.ts"
import type { Remit } from "#contracts/remit.ts"
import type { Freeze, FreezeScope, Opening } from "#contracts/supervision.ts"
import type { Time } from "#contracts/time.ts"
import { type TradeState, tradeStates, tradeTransitions } from "#contracts/trade.ts"
import { isFinal } from "#contracts/transition.ts"
import { inRegions } from "../access/remit-store.ts"

export async function loadFreeze(sql: Sql, id: Id<"freeze">): Promise<Freeze | null> {
  const [found] = await sql<{ row: Freeze }[]>`select row from freezes where id = ${id}`
  return found?.row ?? null
}

/** The freezes that are active on any of these things, the newest first. */
export async function loadActiveFreezes(sql: Sql, targets: readonly string[]): Promise<Freeze[]> {
  const found = await sql<{ row: Freeze }[]>`
    select row from freezes where target = any(${[...targets]}) and state = 'active' order by id desc`
  return found.map(({ row }) => row)
}

export async function loadExpiredFreezes(sql: Sql, now: Time, limit: number): Promise<Id<"freeze">[]> {
  const found = await sql<{ id: Id<"freeze"> }[]>`
    select id from freezes where state = 'active' and expires <= ${now} order by expires limit ${limit}`
  return found.map(({ id }) => id)
}

export async function loadListing(sql: Sql, id: string): Promise<Listing | null> {
  const [found] = await sql<{ row: Listing }[]>`select row from listings where id = ${id}`
  return found?.row ?? null
}

export async function loadParty(sql: Sql, id: string): Promise<Party | null> {
  const [found] = await sql<{ row: Party }[]>`select row from parties where id = ${id}`
  return found?.row ?? null
}

/** A freeze of a party of these regions, of its listing, or of its trade. */
const onParties = (sql: Sql, bounds: Remit) => sql`exists (
  select from parties p where ${inRegions(sql, "p", bounds)} and p.id in (
    select f.target union all select seller from listings where id = f.target
    union all select unnest(array[buyer, seller]) from trades where id = f.target))`

/** Those that hold now, or those that have ended. */
export type WhichFreezes = "active" | "ended"

/** Freezes, the newest first; `after` is the id that the last page ended with. */
export async function loadFreezes(
  sql: Sql,
  page: { after: string | null; which: WhichFreezes; bounds: Remit | null },
  limit: number,
): Promise<Freeze[]> {
  const { after, which, bounds } = page
  const found = await sql<{ row: Freeze }[]>`
    select row from freezes f where ${which === "active" ? sql`f.state = 'active'` : sql`f.state <> 'active'`}
      ${after ? sql`and f.id < ${after}` : sql``} ${bounds ? sql`and ${onParties(sql, bounds)}` : sql``}
    order by f.id desc limit ${limit}`
  return found.map(({ row }) => row)
}

const finalStates = tradeStates.filter((state) => isFinal(tradeTransitions, state))

/** The trades that a freeze of this thing reaches, through the indexes on both parties and the listing. */
const reached = (sql: Sql, scope: FreezeScope, target: string) =>
  scope === "trade"
    ? sql`t.id = ${target}`
    : scope === "listing"
      ? sql`t.listing = ${target}`
      : sql`(t.buyer = ${target} or t.seller = ${target})`

/** Trades that the freeze has still to stop: open and not frozen. By id, after the one given. */
export async function loadTradesToFreeze(
  sql: Sql,
  { scope, target }: Freeze,
  after: string,
  limit: number,
): Promise<SpreadTrade[]> {
  return sql<SpreadTrade[]>`
    select id, version from trades t where ${reached(sql, scope, target)} and t.id > ${after}
      and t.row->>'frozenBy' is null and not t.state = any(${finalStates}) order by t.id limit ${limit}`
}

export type SpreadTrade = { id: Id<"trade">; version: number }

/** Trades that a freeze that has ended still holds. */
export async function loadTradesToRelease(
  sql: Sql,
  { id, scope, target }: Freeze,
  after: string,
  limit: number,
): Promise<SpreadTrade[]> {
  return sql<SpreadTrade[]>`
    select id, version from trades t where ${reached(sql, scope, target)} and t.id > ${after}
      and t.row->>'frozenBy' = ${id} order by t.id limit ${limit}`
}

export type ReachedTrade = {
  id: Id<"trade">
  state: TradeState
  deadline: Time | null
  frozenBy: Id<"freeze"> | null
}

/**
 * What a freeze would stop: open trades, the first of them by deadline, the funds held in them by currency, and
 * the published listings that take no new trade.
 */
export async function loadReach(
  sql: Sql,
  scope: FreezeScope,
  target: string,
  limit: number,
): Promise<{ open: number; trades: ReachedTrade[]; held: Money[]; listings: number }> {
  const open = sql`${reached(sql, scope, target)} and not t.state = any(${finalStates})`
  const [trades, [count], held, [listed]] = await Promise.all([
    sql<ReachedTrade[]>`
      select t.id, t.state, t.deadline, t.row->>'frozenBy' as "frozenBy"
      from trades t where ${open} order by t.deadline nulls last, t.id limit ${limit}`,
    sql<{ open: number }[]>`select count(*)::int as open from trades t where ${open}`,
    sql<Money[]>`
      select p.row->'amount'->>'currency' as currency, sum((p.row->'amount'->>'minor')::bigint)::text as minor
      from trades t join payments p on p.trade = t.id and p.state in ('held', 'parting')
      where ${open} group by 1 order by 1`,
    sql<{ listings: number }[]>`
      select count(*)::int as listings from listings where state = 'published'
        and ${scope === "party" ? sql`seller = ${target}` : sql`id = ${target}`}`,
  ])
  return { open: count?.open ?? 0, trades: [...trades], held: [...held], listings: listed?.listings ?? 0 }
}

/** What a thing is called, for people: a party's name, a listing's title; a trade has only its id. */
export async function loadNames(sql: Sql, ids: readonly string[]): Promise<Map<string, LocalizedText>> {
  const rows = await sql<{ id: string; name: LocalizedText }[]>`
    select id, row->'name' as name from parties where id = any(${[...ids]})
    union all select id, row->'title' from listings where id = any(${[...ids]})`
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Who made these openings, for people. */
export async function loadPeople(
  sql: Sql,
  openings: readonly Pick<Opening, "id" | "by" | "party">[],
): Promise<Map<Id<"command">, { userName: string; partyName: LocalizedText }>> {
  const rows = await sql<{ id: Id<"command">; userName: string; partyName: LocalizedText }[]>`
    select o.id, u.name as "userName", p.row->'name' as "partyName"
    from unnest(${openings.map(({ id }) => id)}::text[], ${openings.map(({ by }) => by)}::text[],
      ${openings.map(({ party }) => party)}::text[]) as o(id, by, party)
    join users u on u.id = o.by join parties p on p.id = o.party`
  return new Map(rows.map(({ id, userName, partyName }) => [id, { userName, partyName }]))
}

/** Openings of confidential values, the newest first; of one party, or of all. */
export async function loadOpenings(
  sql: Sql,
  party: Id<"party"> | null,
  after: string | null,
  limit: number,
): Promise<Opening[]> {
  const found = await sql<{ row: Opening }[]>`
    select row from openings where true ${party ? sql`and row->>'party' = ${party}` : sql``}
      ${after ? sql`and id < ${after}` : sql``} order by id desc limit ${limit}`
  return found.map(({ row }) => row)
}
