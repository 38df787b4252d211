import type { Sql } from "postgres"
import type { MemberRole, PartyRole } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { PartyState } from "#contracts/party.ts"
import type { Remit } from "#contracts/remit.ts"
import type { Time } from "#contracts/time.ts"
import { accountKey } from "./sign-in-limit.ts"

/** A party that a person may act for. */
export type Membership = {
  party: Id<"party">
  name: LocalizedText
  roles: PartyRole[]
  state: PartyState
  memberRole: MemberRole
  /** Of a regulator. */
  remit: Remit | null
}

/** The parties of a person, the one they joined first in front. */
export async function loadMemberships(sql: Sql, user: Id<"user">): Promise<Membership[]> {
  return sql<Membership[]>`
    select m.party, p.row->'name' as name, p.row->'roles' as roles, p.state, m.role as "memberRole",
      p.row->'remit' as remit
    from members m join parties p on p.id = m.party
    where m.user = ${user} order by m.created_at, m.party`
}

/** A signed-in browser of a person, without the token that it is known by. */
export type SessionRow = {
  id: Id<"session">
  startedAt: Time
  expiresAt: Time
  address: string | null
  browser: string | null
}

const iso = `YYYY-MM-DD"T"HH24:MI:SS.MS"Z"`

export async function loadSessions(sql: Sql, user: Id<"user">): Promise<SessionRow[]> {
  return sql<SessionRow[]>`
    select id, to_char(created_at at time zone 'utc', ${iso}) as "startedAt",
      to_char(expires_at at time zone 'utc', ${iso}) as "expiresAt",
      nullif(ip_address, '') as address, nullif(user_agent, '') as browser
    from sessions where user_id = ${user} and expires_at > now() order by created_at desc, id desc`
}

/** True when there was such a session of this person. */
export async function deleteSession(sql: Sql, user: Id<"user">, session: Id<"session">): Promise<boolean> {
  const { count } = await sql`delete from sessions where id = ${session} and user_id = ${user}`
  return count > 0
}

export async function deleteSessions(sql: Sql, user: Id<"user">): Promise<void> {
  await sql`delete from sessions where user_id = ${user}`
}

export async function emailIsTaken(sql: Sql, email: string): Promise<boolean> {
  const rows = await sql`select 1 from users where email = ${email.toLowerCase()}`
  return rows.length > 0
}

/**
 * Removes a person: name, e-mail, password, sessions, seats, and the counts of their attempts to sign in. Their id
 * stays in what they did, and says nothing any more. Doing it again finds nothing.
 */
export async function deleteAccount(sql: Sql, user: Id<"user">): Promise<void> {
  await sql.begin(async (transaction) => {
    const [found] = await transaction<
      { email: string }[]
    >`select email from users where id = ${user} for update`
    for (const account of found ? [found.email, user] : [user])
      await transaction`delete from sign_in_attempts where key = ${accountKey(account)}`
    if (found) await transaction`delete from verifications where identifier = ${found.email}`
    await transaction`delete from members where "user" = ${user}`
    await transaction`delete from users where id = ${user}`
  })
}
