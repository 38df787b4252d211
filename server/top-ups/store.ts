import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { TopUp } from "#contracts/top-up.ts"
import type { SeatChange } from "../decision.ts"
import type { Waiting } from "../queue.ts"

export async function loadTopUp(sql: Sql, id: Id<"topUp">): Promise<TopUp | null> {
  const [row] = await sql<{ row: TopUp }[]>`select row from top_ups where id = ${id}`
  return row?.row ?? null
}

/** Of one party, newest first. */
export async function loadTopUpsOf(sql: Sql, party: Id<"party">, limit: number): Promise<TopUp[]> {
  const rows = await sql<{ row: TopUp }[]>`
    select row from top_ups where party = ${party} order by id desc limit ${limit}`
  return rows.map(({ row }) => row)
}

export async function countOpenTopUps(sql: Sql, party: Id<"party">): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::float8 as count from top_ups where party = ${party} and state = 'started'`
  return row?.count ?? 0
}

/**
 * The ticket of the party's next top-up, by how many there were: of two that start at once the second is decided again,
 * on how many wait by then.
 */
export async function nextTopUpTicket(sql: Sql, party: Id<"party">): Promise<SeatChange> {
  const [row] = await sql<{ count: string }[]>`
    select count(*)::text as count from top_ups where party = ${party}`
  const plan = `topUp:${party}:${row?.count ?? "0"}` as const
  await sql`insert into seats (plan, free) values (${plan}, 1) on conflict do nothing`
  return { plan, take: 1 }
}

/** Top-ups that wait for their money since a while: the sweep asks what became of them. */
export const loadWaitingTopUps = (sql: Sql, after: string, limit: number): Promise<{ row: TopUp }[]> =>
  sql<{ row: TopUp }[]>`
    select row from top_ups where state = 'started' and id > ${after}
      and (row->>'updatedAt')::timestamptz < now() - interval '30 seconds' order by id limit ${limit}`

export type TopUpCard = { topUp: TopUp; partyName: LocalizedText }

/** Bank transfers that the operator has to confirm, those that wait longest first. */
export const loadTopUpQueue = (sql: Sql, after: string | null, limit: number): Promise<TopUpCard[]> =>
  sql<TopUpCard[]>`
    select t.row as "topUp", p.row->'name' as "partyName" from top_ups t join parties p on p.id = t.party
    where t.state = 'started' and t.rail = 'bank' ${after === null ? sql`` : sql`and t.id > ${after}`}
    order by t.id limit ${limit}`

export async function countTopUps(sql: Sql): Promise<Waiting> {
  const [row] = await sql<Waiting[]>`
    select count(*)::float8 as count, min(row->>'updatedAt') as oldest from top_ups
    where state = 'started' and rail = 'bank'`
  return row ?? { count: 0, oldest: null }
}
