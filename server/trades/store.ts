import type { Sql } from "postgres"
import type { VersionManifest } from "#contracts/dataset.ts"
import type { Grant } from "#contracts/delivery.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Listing } from "#contracts/listing.ts"
import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import type { Billing } from "#contracts/party.ts"
import type { Payment } from "#contracts/payment.ts"
import type { Registration } from "#contracts/registration.ts"
import type { RightsPolicy } from "#contracts/rights.ts"
import type { Time } from "#contracts/time.ts"
import type { Side, Trade, TradeState } from "#contracts/trade.ts"
import type { Place, Waiting } from "../queue.ts"

export { loadProposal, loadScene, type ProposalScene } from "./scene-store.ts"

/** What a listing sells: its registration and the manifest of the registered version. */
export async function loadSubject(
  sql: Sql,
  listing: Listing,
): Promise<{ registration: Registration; manifest: VersionManifest } | null> {
  const [row] = await sql<{ registration: Registration; manifest: VersionManifest }[]>`
    select r.row as registration, v.manifest
    from registrations r join dataset_versions v on v.id = ${listing.datasetVersion}
    where r.id = ${listing.registration}`
  return row ?? null
}

export type AgreementText = { hash: string; trade: Id<"trade">; locale: Locale; text: string }

/** Texts are named by their hash, so writing one twice is the same as once. */
export async function saveAgreement(sql: Sql, { hash, trade, locale, text }: AgreementText): Promise<void> {
  await sql`insert into agreements (hash, trade, locale, text) values (${hash}, ${trade}, ${locale}, ${text})
    on conflict (hash) do nothing`
}

export async function loadAgreement(sql: Sql, hash: string): Promise<AgreementText | null> {
  const [row] = await sql<
    AgreementText[]
  >`select hash, trade, locale, text from agreements where hash = ${hash}`
  return row ?? null
}

export async function loadListingTitle(sql: Sql, trade: Id<"trade">): Promise<LocalizedText | null> {
  const [row] = await sql<{ title: LocalizedText }[]>`
    select l.row->'title' as title from trades t join listings l on l.id = t.listing where t.id = ${trade}`
  return row?.title ?? null
}

export type DueTrade = { id: Id<"trade">; state: TradeState; version: number }

/** Trades whose waiting state is over, the longest over first. */
export async function loadDueTrades(sql: Sql, now: Time, limit: number): Promise<DueTrade[]> {
  return sql<DueTrade[]>`
    select distinct t.deadline, t.id, t.state, t.version
    from reminders r join trades t on t.id = r.trade
    where r.at <= ${now} and t.deadline <= ${now} order by t.deadline, t.id limit ${limit}`
}

/** Lets go of the reminders whose trades have moved on. */
export async function dropReminders(sql: Sql, now: Time): Promise<void> {
  await sql`delete from reminders r where r.at <= ${now}
    and not exists (select from trades t where t.id = r.trade and t.deadline <= ${now})`
}

/** What lists and pages show of a trade. */
export type TradeCard = {
  trade: Trade
  payment: Payment | null
  grant: Grant | null
  title: LocalizedText
  buyerName: LocalizedText
  sellerName: LocalizedText
  verified: boolean
  /** Which ways of paying the seller can be paid by. */
  cardReady: boolean
  bankReady: boolean
}

/** The accounts that the seller and the buyer are paid on are nobody else's business. */
const cardColumns = (
  sql: Sql,
) => sql`t.row as trade, p.row::jsonb #- '{release,to}' #- '{refund,to}' #- '{refund,byBank}' as payment, g.row as grant,
  l.row->'title' as title, b.row->'name' as "buyerName", s.row->'name' as "sellerName",
  b.state = 'verified' and s.state = 'verified' as verified,
  s.row->>'payee' is not null as "cardReady", s.row->>'bankAccount' is not null as "bankReady"`

const cardTables = (sql: Sql) => sql`trades t
  join listings l on l.id = t.listing join parties b on b.id = t.buyer join parties s on s.id = t.seller
  left join payments p on p.id = t.payment left join grants g on g.id = t."grant"`

export async function loadTradeCard(sql: Sql, trade: Id<"trade">): Promise<TradeCard | null> {
  const [card] = await sql<
    TradeCard[]
  >`select ${cardColumns(sql)} from ${cardTables(sql)} where t.id = ${trade}`
  return card ?? null
}

/** A party's trades, newest first. */
export async function loadTradeCards(
  sql: Sql,
  party: Id<"party">,
  { after, side }: { after: string | null; side: Side | null },
  limit: number,
): Promise<TradeCard[]> {
  const mine =
    side === "buyer"
      ? sql`t.buyer = ${party}`
      : side === "seller"
        ? sql`t.seller = ${party}`
        : sql`(t.buyer = ${party} or t.seller = ${party})`
  return sql<TradeCard[]>`select ${cardColumns(sql)} from ${cardTables(sql)}
    where ${mine} ${after ? sql`and t.id < ${after}` : sql``} order by t.id desc limit ${limit}`
}

/** Where a dispute without a running deadline stands in the order: after all that have one. */
export const stoppedClock: Time = "9999-12-31T23:59:59.999Z"

export async function loadDisputes(sql: Sql, after: Place | null, limit: number): Promise<TradeCard[]> {
  const { at, id } = after ?? { at: "", id: "" }
  return sql<TradeCard[]>`select ${cardColumns(sql)} from ${cardTables(sql)}
    where t.state = 'disputed' and (coalesce(t.deadline, ${stoppedClock}), t.id) > (${at}, ${id})
    order by coalesce(t.deadline, ${stoppedClock}), t.id limit ${limit}`
}

export async function countDisputes(sql: Sql): Promise<Waiting> {
  const [row] = await sql<Waiting[]>`
    select count(*)::float8 as count, min(row->>'updatedAt') as oldest from trades where state = 'disputed'`
  return row ?? { count: 0, oldest: null }
}

/** One record of a trade as its page shows it: what happened, and where it is sealed (null: not yet). */
export type TradeRecord = {
  subject: string
  version: number
  index: number | null
  type: string
  at: Time
  body: Record<string, Json>
}

/** All records of a trade in order: the sealed ones by its thread, then those that still wait. */
export async function loadRecords(sql: Sql, trade: Id<"trade">): Promise<TradeRecord[]> {
  // One statement and so one snapshot: in it a fact is sealed or waits. Between two it could be missed by both.
  const rows = await sql<{ subject: string; version: number; index: number | null; fact: string }[]>`
    select f.subject, f.version, f.index::float8 as index, convert_from(f.leaf, 'UTF8') as fact, e.n as place
    from thread_entries e join sealed_facts f on f.index = e.index where e.key = ${trade}
    union all
    select subject, version, null, fact, id from pending_facts
    where subject = ${trade} or fact like ${`%"${trade}"%`}
    order by index nulls last, place`
  return rows.map(({ subject, version, index, fact }): TradeRecord => {
    const { type, occurredAt, body } = JSON.parse(fact) as {
      type: string
      occurredAt: Time
      body: Record<string, Json>
    }
    return { subject, version, index, type, at: occurredAt, body }
  })
}

/** What the invoices of a party are made out to. */
export async function loadBilling(sql: Sql, party: Id<"party">): Promise<Billing | null> {
  const [row] = await sql<
    { billing: Billing | null }[]
  >`select row->'billing' as billing from parties where id = ${party}`
  return row?.billing ?? null
}

export async function loadPolicy(sql: Sql, listing: Id<"listing">): Promise<RightsPolicy | null> {
  const [row] = await sql<
    { policy: RightsPolicy }[]
  >`select row->'policy' as policy from listings where id = ${listing}`
  return row?.policy ?? null
}
