import type { Sql, TransactionSql } from "postgres"
import {
  type Erasure,
  type ErasureState,
  erasureStates,
  erasureTransitions,
  type Hold,
} from "#contracts/erasure.ts"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import { refuse } from "#contracts/refusal.ts"
import type { Remit } from "#contracts/remit.ts"
import type { Time } from "#contracts/time.ts"
import { tradeStates, tradeTransitions } from "#contracts/trade.ts"
import { isFinal } from "#contracts/transition.ts"
import { inRegions } from "../access/remit-store.ts"
import type { FoundPlace } from "./rules.ts"

export async function loadErasure(sql: Sql, id: Id<"erasure">): Promise<Erasure | null> {
  const [found] = await sql<{ row: Erasure }[]>`select row from erasures where id = ${id}`
  return found?.row ?? null
}

/** Whether the same was asked for with the same reason and has not ended; another reason may weigh more. */
export async function isAsked(
  sql: Sql,
  { subject, field, reason }: Pick<Erasure, "subject" | "field" | "reason">,
): Promise<boolean> {
  const ended = erasureStates.filter((state) => isFinal(erasureTransitions, state))
  const found = await sql`select from erasures where subject = ${subject}
    and row->>'field' is not distinct from ${field} and row->>'reason' = ${reason} and state <> all(${ended}::text[])`
  return found.length > 0
}

export type NamedErasure = Erasure & {
  /** Of who asked, and of the subject, as long as the account is there. */
  byName: string | null
  subjectName: LocalizedText | null
  personName: string | null
  /** Where the record of the erasure itself is sealed. */
  record: number | null
}

const named = (sql: Sql) => sql`
  select e.row::jsonb || jsonb_build_object('byName', b.name, 'personName', u.name, 'subjectName', coalesce((p.row->'name')::jsonb, s.draft->'title'),
    'record', f.index) as row
  from erasures e
  left join users b on b.id = e.row->>'by'
  left join users u on u.id = e.subject
  left join parties p on p.id = e.subject
  left join products s on s.id = e.subject
  left join sealed_facts f on f.subject = e.id and f.version = (e.row->>'erasedVersion')::int`

export async function loadNamed(sql: Sql, id: Id<"erasure">): Promise<NamedErasure | null> {
  const [found] = await sql<{ row: NamedErasure }[]>`${named(sql)} where e.id = ${id}`
  return found?.row ?? null
}

/** The newest first; those in these states, of one asker where one is named. */
export async function loadErasures(
  sql: Sql,
  { states, by, after }: { states: readonly ErasureState[]; by: Id<"user"> | null; after: string | null },
  limit: number,
): Promise<NamedErasure[]> {
  const found = await sql<{ row: NamedErasure }[]>`${named(sql)}
    where e.state = any(${[...states]}::text[]) ${by ? sql`and e.row->>'by' = ${by}` : sql``}
      ${after ? sql`and e.id < ${after}` : sql``} order by e.id desc limit ${limit}`
  return found.map(({ row }) => row)
}

/** What waits for a decision: asked for, and not held. */
export async function countWaiting(sql: Sql): Promise<{ count: number; oldest: string | null }> {
  const [row] = await sql<{ count: number; oldest: string | null }[]>`
    select count(*)::float8 as count, min(row->>'requestedAt') as oldest from erasures where state = 'requested'`
  return row ?? { count: 0, oldest: null }
}

export const finalStates = tradeStates.filter((state) => isFinal(tradeTransitions, state))

/** The end of the last of these trades: null where one has not ended, `none` where there is none. */
async function endOf(sql: Sql, chosen: ReturnType<Sql>): Promise<Time | null | "none"> {
  const [row] = await sql<{ trades: number; open: number; last: Time | null }[]>`
    select count(*)::int as trades, count(*) filter (where not t.state = any(${finalStates}))::int as open,
      max(t.row->>'updatedAt') as last from trades t where ${chosen}`
  if (!row || row.trades === 0) return "none"
  return row.open > 0 ? null : row.last
}

export const lastTradeOfParty = (sql: Sql, party: Id<"party">) =>
  endOf(sql, sql`(t.buyer = ${party} or t.seller = ${party})`)

/** Of the trades that the person confirmed or otherwise acted in. */
export const lastTradeOfUser = (sql: Sql, user: Id<"user">) =>
  endOf(sql, sql`strpos(t.row::text, ${user}) > 0`)

/** The parties that the person sits in; their holds hold the account too. */
export async function partiesOfUser(sql: Sql, user: Id<"user">): Promise<Id<"party">[]> {
  const rows = await sql<{ party: Id<"party"> }[]>`select party from members where "user" = ${user}`
  return rows.map(({ party }) => party)
}

/** Parties whose only administrator the person is while others sit in them, or that still have trades under way. */
export async function orphanedBy(sql: Sql, user: Id<"user">): Promise<Id<"party">[]> {
  const rows = await sql<{ party: Id<"party"> }[]>`
    select m.party from members m where m."user" = ${user} and m.role = 'administrator'
      and not exists (select from members o where o.party = m.party and o."user" <> ${user}
        and o.role = 'administrator')
      and exists (select from parties p where p.id = m.party and p.state <> 'registered')`
  return rows.map(({ party }) => party)
}

export const userExists = async (sql: Sql, user: Id<"user">): Promise<boolean> =>
  (await sql`select 1 from users where id = ${user}`).length > 0

/** Every sealed record of a thing that has this confidential field and whose values are still there. */
export async function findPlaces(sql: Sql, subject: string, field: string): Promise<FoundPlace[]> {
  const path = `/body/${field}`
  return sql<FoundPlace[]>`
    select f.subject, f.version, f.index::float8 as index, ${path}::text as path,
      l.leaf->>'type' as type, l.leaf->>'occurredAt' as "recordedAt"
    from sealed_facts f
    cross join lateral (select convert_from(f.leaf, 'UTF8')::jsonb as leaf) l
    where f.subject = ${subject} and l.leaf->'body'->${field}::text ? 'commit'
      and exists (select from disclosures d where d.subject = f.subject and d.version = f.version)
    order by f.index`
}

/** Whether a record of the thing with this field still waits for its seal. */
export async function hasWaiting(sql: Sql, subject: string, field: string): Promise<boolean> {
  const rows = await sql`
    select 1 from pending_facts where subject = ${subject} and fact::jsonb->'body'->${field}::text ? 'commit' limit 1`
  return rows.length > 0
}

export async function loadHold(sql: Sql, id: string): Promise<Hold | null> {
  const [found] = await sql<{ row: Hold }[]>`select row from holds where id = ${id}`
  return found?.row ?? null
}

export type NamedHold = Hold & { name: LocalizedText | null }

/** Holds that stand, the newest order first, within a regulator's bounds. */
export async function loadHolds(sql: Sql, bounds: Remit | null, limit: number): Promise<NamedHold[]> {
  const found = await sql<{ row: NamedHold }[]>`
    select h.row::jsonb || jsonb_build_object('name', p.row->'name') as row from holds h
    left join parties p on p.id = h.target
    where h.state = 'active' and exists (select from parties q where ${inRegions(sql, "q", bounds)}
      and q.id = h.target)
    order by h.row->>'placedAt' desc limit ${limit}`
  return found.map(({ row }) => row)
}

export type StoredDisclosure = {
  subject: string
  version: number
  owner: Id<"party">
  sealed: Uint8Array
}

/** Of these facts, and locked. */
export async function lockDisclosures(
  sql: TransactionSql,
  facts: readonly { subject: string; version: number }[],
): Promise<StoredDisclosure[]> {
  return sql<StoredDisclosure[]>`
    select d.subject, d.version, d.owner, d.sealed from disclosures d
    join unnest(${facts.map(({ subject }) => subject)}::text[], ${facts.map(({ version }) => version)}::int[])
      as w(subject, version) on w.subject = d.subject and w.version = d.version
    order by d.subject, d.version, d.owner for update of d`
}

/** Others that by chance share the address of a key that is about to be destroyed. */
export async function lockSharing(
  sql: TransactionSql,
  addresses: readonly Uint8Array[],
): Promise<StoredDisclosure[]> {
  return sql<StoredDisclosure[]>`
    select subject, version, owner, sealed from disclosures
    where get_byte(sealed, 0) = 2 and encode(substr(sealed, 2, 4), 'hex') = any(${addresses.map((one) => Buffer.from(one).toString("hex"))}::text[])
    for update`
}

export async function writeDisclosure(
  sql: TransactionSql,
  { subject, version, owner }: StoredDisclosure,
  sealed: string | null,
): Promise<void> {
  if (sealed === null)
    await sql`delete from disclosures where subject = ${subject} and version = ${version} and owner = ${owner}`
  else
    await sql`update disclosures set sealed = decode(${sealed}, 'hex')
      where subject = ${subject} and version = ${version} and owner = ${owner}`
}

/** Keys that have to be destroyed, kept until they are: the rows that named them are gone by then. */
export async function noteKeys(
  sql: TransactionSql,
  erasure: Id<"erasure">,
  addresses: readonly Uint8Array[],
): Promise<void> {
  for (const address of addresses)
    await sql`insert into doomed_keys (erasure, address) values (${erasure}, ${Buffer.from(address)})
      on conflict do nothing`
}

export async function notedKeys(sql: Sql, erasure: Id<"erasure">): Promise<Uint8Array[]> {
  const rows = await sql<
    { address: Uint8Array }[]
  >`select address from doomed_keys where erasure = ${erasure}`
  return rows.map(({ address }) => address)
}

export async function forgetKeys(sql: Sql, erasure: Id<"erasure">): Promise<void> {
  await sql`delete from doomed_keys where erasure = ${erasure}`
}

/** The bundles that may hold values of these records of a thing, finished or being written. Answers them all. */
export async function withdrawExports(
  sql: Sql,
  subject: string,
  indexes: readonly number[],
): Promise<Id<"export">[]> {
  const failure = JSON.stringify(refuse("export_withdrawn"))
  await sql`
    update export_runs r set state = 'failed', failure = ${failure}::text::jsonb, finished_at = now()
    where r.state in ('done', 'waiting') and ${mayHold(sql, subject, indexes)}`
  const rows = await sql<{ id: Id<"export"> }[]>`
    select r.id from export_runs r where r.state = 'failed' and r.failure->>'refused' = 'export_withdrawn'
      and ${mayHold(sql, subject, indexes)}`
  return rows.map(({ id }) => id)
}

/** Everything of a range, or all of this thing; of a filtered one of something else nothing. */
const mayHold = (sql: Sql, subject: string, indexes: readonly number[]): ReturnType<Sql> => sql`
  (r."order"->>'subject' is null or r."order"->'subject'->>'id' = ${subject})
  and not exists (select from exports e where e.id = r.id
    and ((e.row->>'from')::bigint > ${Math.max(...indexes)} or (e.row->>'to')::bigint <= ${Math.min(...indexes)}))`

/** Which values of these facts were erased, and by which record; of the newest erasure where there were several. */
export async function loadErased(
  sql: Sql,
  indexes: readonly number[],
): Promise<{ index: number; path: string; at: Time; record: number | null }[]> {
  if (indexes.length === 0) return []
  return sql<{ index: number; path: string; at: Time; record: number | null }[]>`
    select distinct on (place.index, place.path) place.index::float8 as index, place.path,
      coalesce(convert_from(f.leaf, 'UTF8')::json->>'occurredAt', e.row->>'updatedAt') as at,
      f.index::float8 as record
    from erasures e cross join lateral json_to_recordset(e.row->'places') as place(index bigint, path text)
    left join sealed_facts f on f.subject = e.id and f.version = (e.row->>'erasedVersion')::int
    where place.index = any(${[...indexes]}::bigint[]) order by place.index, place.path, e.id desc`
}
