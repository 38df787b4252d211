import type { Actor, MemberRole } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { AddMember, ChangeMember, RemoveMember } from "#contracts/party.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import type { PartyServices } from "./commands.ts"
import { refuseAdding, refuseChanging } from "./member-rules.ts"
import { changeSeats, findUser } from "./member-store.ts"

/** Seats a person who has an account already; an unknown e-mail is `not_found`. */
export async function addMember(
  { sql }: PartyServices,
  actor: Actor,
  input: AddMember,
): Promise<Json | Refusal> {
  const administrator = permit(actor, "party.manage")
  if (isRefusal(administrator)) return administrator
  const { party } = administrator
  const command = { giver: party, id: input.commandId, action: "member.add", input }
  return changeSeats(sql, party, command, async ({ members, add }) => {
    const user = await findUser(sql, input.email)
    if (user === null) return refuse("not_found", "email")
    const refused = refuseAdding(members, user)
    if (refused) return refused
    await add(user, input.role)
    return { user, role: input.role }
  })
}

export const changeMember = (services: PartyServices, actor: Actor, input: ChangeMember) =>
  reseat(services, actor, "member.change", input, input.role)

/** Takes a seat away; everyone may give up their own. */
export const removeMember = (services: PartyServices, actor: Actor, input: RemoveMember) =>
  reseat(services, actor, "member.remove", input, null)

async function reseat(
  { sql }: PartyServices,
  actor: Actor,
  action: string,
  input: { commandId: string; user: Id<"user"> },
  role: MemberRole | null,
): Promise<Json | Refusal> {
  const leaves = role === null && actor.kind === "user" && actor.user === input.user
  const user = leaves ? actor : permit(actor, "party.manage")
  if (isRefusal(user)) return user
  const command = { giver: user.party, id: input.commandId, action, input }
  return changeSeats(sql, user.party, command, async ({ members, change, remove }) => {
    const refused = refuseChanging(members, input.user, role)
    if (refused) return refused
    await (role === null ? remove(input.user) : change(input.user, role))
    return { user: input.user, role }
  })
}
