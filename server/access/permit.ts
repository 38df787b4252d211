import {
  type Action,
  type Actor,
  actions,
  type MemberRole,
  memberActions,
  type PartyRole,
  type UserActor,
} from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"

/**
 * The first line of every command and query: the actor as a user of a party whose role allows the action, and
 * whose own role in that party does, or the refusal. Whether the thing is the party's own is asked where it is
 * loaded.
 */
export function permit(actor: Actor, action: Action): UserActor | Refusal {
  if (actor.kind === "anonymous" || actor.kind === "system") return refuse("not_signed_in")
  if (actor.kind === "person") return refuse("no_party")
  if (!allows(actor.roles, action)) return refuse("role_not_allowed")
  return memberAllows(actor.memberRole, action) ? actor : refuse("member_role_not_allowed")
}

export function allows(roles: readonly PartyRole[], action: Action): boolean {
  const allowed: readonly PartyRole[] = actions[action]
  return roles.some((role) => allowed.includes(role))
}

export function memberAllows(role: MemberRole, action: Action): boolean {
  return memberActions[action]?.includes(role) ?? true
}

/** For what a person does for themselves, with a party or without: their account, registering a party. */
export function permitPerson(actor: Actor): Id<"user"> | Refusal {
  return actor.kind === "user" || actor.kind === "person" ? actor.user : refuse("not_signed_in")
}
