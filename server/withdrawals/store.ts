import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import { type Withdrawal, withdrawalRoles } from "#contracts/withdrawal.ts"
import type { Waiting } from "../queue.ts"

export async function loadWithdrawal(sql: Sql, id: Id<"withdrawal">): Promise<Withdrawal | null> {
  const [row] = await sql<{ row: Withdrawal }[]>`select row from withdrawals where id = ${id}`
  return row?.row ?? null
}

/** Of one party, newest first. */
export async function loadWithdrawalsOf(sql: Sql, party: Id<"party">, limit: number): Promise<Withdrawal[]> {
  const rows = await sql<{ row: Withdrawal }[]>`
    select row from withdrawals where party = ${party} order by id desc limit ${limit}`
  return rows.map(({ row }) => row)
}

export async function countOpenWithdrawals(sql: Sql, party: Id<"party">): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::float8 as count from withdrawals
    where party = ${party} and state in ('asked', 'approved')`
  return row?.count ?? 0
}

/** How many members of the party, but for this one, may approve a withdrawal. */
export async function countOtherApprovers(sql: Sql, party: Id<"party">, user: Id<"user">): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::float8 as count from members
    where party = ${party} and "user" <> ${user} and role = any(${[...withdrawalRoles]}::text[])`
  return row?.count ?? 0
}

/** `approvals`: what the operator has to approve, for the party has no second person; `payments`: what it has to pay. */
export const withdrawalQueues = ["approvals", "payments"] as const
export type WithdrawalQueue = (typeof withdrawalQueues)[number]

/** Another member of the party who may approve it. */
const otherApprover = (sql: Sql) => sql`exists (select from members m where m.party = w.party
  and m."user" <> w.row->>'askedBy' and m.role = any(${[...withdrawalRoles]}::text[]))`

const inQueue = (sql: Sql, queue: WithdrawalQueue) =>
  queue === "payments" ? sql`w.state = 'approved'` : sql`w.state = 'asked' and not ${otherApprover(sql)}`

export type WithdrawalCard = {
  withdrawal: Withdrawal
  partyName: LocalizedText
  frozen: boolean
  /** Whether the party has another account now than when it was asked. */
  swapped: boolean
}

const columns = (sql: Sql) => sql`w.row as withdrawal, p.row->'name' as "partyName",
  p.row->>'frozenBy' is not null as frozen, p.row->>'bankAccount' is distinct from w.row->>'account' as swapped`

/** Those that wait longest first. */
export const loadWithdrawalQueue = (
  sql: Sql,
  queue: WithdrawalQueue,
  after: string | null,
  limit: number,
): Promise<WithdrawalCard[]> =>
  sql<WithdrawalCard[]>`
    select ${columns(sql)} from withdrawals w join parties p on p.id = w.party
    where ${inQueue(sql, queue)} ${after === null ? sql`` : sql`and w.id > ${after}`} order by w.id limit ${limit}`

/** Those that were paid, of late first: one may still come back. */
export const loadPaidWithdrawals = (
  sql: Sql,
  before: string | null,
  limit: number,
): Promise<WithdrawalCard[]> =>
  sql<WithdrawalCard[]>`
    select ${columns(sql)} from withdrawals w join parties p on p.id = w.party
    where w.state = 'paid' ${before === null ? sql`` : sql`and w.id < ${before}`} order by w.id desc limit ${limit}`

export async function countWithdrawals(sql: Sql): Promise<Waiting> {
  const [row] = await sql<Waiting[]>`
    select count(*)::float8 as count, min(row->>'updatedAt') as oldest from withdrawals w
    where ${inQueue(sql, "payments")} or ${inQueue(sql, "approvals")}`
  return row ?? { count: 0, oldest: null }
}
