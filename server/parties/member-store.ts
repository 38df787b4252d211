import { createHash } from "node:crypto"
import type { Sql, TransactionSql } from "postgres"
import type { MemberRole } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Command } from "../commit.ts"

/** A person who may act for a party. */
export type Member = { user: Id<"user">; name: string; email: string; role: MemberRole }

export async function loadMembers(sql: Sql, party: Id<"party">): Promise<Member[]> {
  return sql<Member[]>`
    select m.user, u.name, u.email, m.role
    from members m join users u on u.id = m.user
    where m.party = ${party} order by m.created_at, m.user`
}

/** A person by the e-mail they signed up with, in any case. */
export async function findUser(sql: Sql, email: string): Promise<Id<"user"> | null> {
  const [row] = await sql<{ id: Id<"user"> }[]>`select id from users where email = ${email.toLowerCase()}`
  return row?.id ?? null
}

export async function seatFirstAdministrator(sql: Sql, party: Id<"party">, user: Id<"user">): Promise<void> {
  await sql`insert into members (party, "user", role) values (${party}, ${user}, 'administrator')
    on conflict do nothing`
}

export async function dropMember(sql: Sql, party: Id<"party">, user: Id<"user">): Promise<void> {
  await sql`delete from members where party = ${party} and "user" = ${user}`
}

/** Who sits in a party now, and how to change it; inside one transaction that holds the party's seats. */
export type Seats = {
  members: ReadonlyMap<Id<"user">, MemberRole>
  add(user: Id<"user">, role: MemberRole): Promise<void>
  change(user: Id<"user">, role: MemberRole): Promise<void>
  remove(user: Id<"user">): Promise<void>
}

/**
 * Changes a party's seats once for a command's id: a repeat gets the first answer, and two changes of one party
 * go one after the other, so that two administrators cannot remove each other at the same moment. Members are
 * no certified noun, so this is their writer.
 */
export async function changeSeats(
  sql: Sql,
  party: Id<"party">,
  command: Command,
  act: (seats: Seats) => Promise<Json | Refusal>,
): Promise<Json | Refusal> {
  const digest = createHash("sha256")
    .update(JSON.stringify([command.action, command.input]))
    .digest("hex")
  const answer = await sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(hashtextextended(${`members ${party}`}, 0))`
    const [first] = await transaction<{ digest: string; result: Json }[]>`
      select digest, result from commands where giver = ${command.giver} and id = ${command.id}`
    if (first) return first.digest === digest ? first.result : refuse("command_reused")
    const result = await act(await takeSeats(transaction, party))
    // A refusal wrote nothing, and the same command may be tried again.
    if (!isRefusal(result))
      await transaction`insert into commands (giver, id, digest, result)
        values (${command.giver}, ${command.id}, ${digest}, ${JSON.stringify(result)}::text::jsonb)`
    return result
  })
  return answer as Json | Refusal
}

async function takeSeats(sql: TransactionSql, party: Id<"party">): Promise<Seats> {
  const rows = await sql<{ user: Id<"user">; role: MemberRole }[]>`
    select "user", role from members where party = ${party}`
  return {
    members: new Map(rows.map(({ user, role }) => [user, role])),
    async add(user, role) {
      await sql`insert into members (party, "user", role) values (${party}, ${user}, ${role})`
    },
    async change(user, role) {
      await sql`update members set role = ${role} where party = ${party} and "user" = ${user}`
    },
    async remove(user) {
      await sql`delete from members where party = ${party} and "user" = ${user}`
    },
  }
}
